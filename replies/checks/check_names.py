"""The names of the checks that a team may silence."""

from domain import CheckLevel
from replies.rules import rules

#: Checks that count or compare instead of looking for phrases; tests hold them to the code.
_COUNTED = (
    "cheerful-to-sad",
    "emoji",
    "exclamations",
    "fact",
    "handle",
    "hashtag",
    "joke-to-complaint",
    "link",
    "own-handle",
    "pitch",
    "private",
    "restates-the-post",
    "said-before",
    "shouting",
    "sounds-like-a-billboard",
    "wrong-handle",
    "wrong-name",
)


def silenceable() -> tuple[str, ...]:
    """Return the names of all checks but those that stop a text, in no special order."""
    worded = (rule.name for rule in rules() if rule.level is CheckLevel.MIND)
    return tuple(dict.fromkeys([*worded, *_COUNTED]))
