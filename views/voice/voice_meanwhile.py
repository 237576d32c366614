"""What is told when somebody else changed the voice while a window was open."""

from collections.abc import Sequence

from domain import Voice
from views.blocks.formatting import escape, one_line, shorten
from views.voice.voice_texts import TOPIC_WORDS


def meanwhile_notes(name: str, changed: str, theirs: Voice, both: Sequence[str]) -> list[str]:
    """Say who changed the voice while somebody wrote, and what stands where both wrote.

    Args:
        name: who was first.
        changed: what that version changed, in a few words.
        theirs: the voice that is stored now.
        both: the parts that both changed; there this member's words stand in the window.
    """
    who = escape(shorten(one_line(name), 60))
    what = f" ({escape(shorten(changed, 200))})" if changed else ""
    head = (
        f"*{who} changed this while you wrote*{what}. Both are in here now: look it over and "
        "save again."
    )
    return [
        head,
        *(
            f"You both changed “{_LABELS[part]}”. {who} has: "
            f"{escape(shorten(one_line(_as_words(theirs, part)), 500)) or 'nothing'}"
            for part in both
        ),
    ]


def _as_words(voice: Voice, part: str) -> str:
    value = getattr(voice, part)
    match part:
        case "who" | "how":
            return str(value)
        case "facts":
            return "; ".join(fact.line for fact in value)
        case "rules":
            return "; ".join(rule.text for rule in value)
        case "hand_over":
            return ", ".join(TOPIC_WORDS.get(key, key) for key in value or TOPIC_WORDS)
        case "refund_limit":
            return "" if value is None else f"{value:f}"
        case _:
            return ", ".join(value)


_LABELS = {
    "who": "Who we are",
    "how": "How we talk",
    "facts": "Facts we may state",
    "use": "Words we use",
    "avoid": "Words we never use",
    "signs": "Initials that may close a reply",
    "hand_over": "A person decides on",
    "refund_limit": "Refunds",
    "rules": "Rules of our own",
    "silenced": "Checks we do not want to hear",
}
