"""The checks: what speaks against sending a text, deterministic and quick.

They mark drafts and people's own edits alike. Rules that look for words are data in
replies/rules/; what has to be counted stands in replies/checks/measures.py, X's count of a
text's length in replies/checks/x_length.py. Leading handles and a closing signature are no part of
what is judged.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from domain import LONGEST_SHOWN, Check, CheckLevel, Person, Voice
from replies.checks.measures import LONGEST_REPLY, holds_link, measured
from replies.checks.own_rules import rule_checks
from replies.checks.persons import name_checks, private_checks
from replies.checks.pitch import pitch_checks
from replies.checks.promo_score import billboard_checks
from replies.checks.restating import restating_checks
from replies.checks.team_words import never_words, without_signs
from replies.checks.tone import tone_checks
from replies.checks.x_length import weighted_length
from replies.facts import fact_checks
from replies.rules import Rule, rules, topics
from replies.text.portion import portion
from replies.text.similarity import Said
from replies.text.wording import is_question, own_words, plain

__all__ = [
    "LONGEST_REPLY",
    "asked_topics",
    "check_text",
    "has_hard_stop",
    "holds_link",
    "weighted_length",
    "worst",
]

_ORDER = {CheckLevel.STOP: 0, CheckLevel.MIND: 1, CheckLevel.FINE: 2}
#: What can go out is judged whole: behind a long address, which counts little, comes more.
_WHOLE = LONGEST_SHOWN
#: Of what is too long as X counts rules look at this much; it stops at its length anyway.
_JUDGED = 600
#: Rules that forbid look further in it.
_FORBIDDEN = 4000


def check_text(
    text: str,
    *,
    post_text: str,
    recent_texts: Sequence[str] | Said = (),
    voice: Voice | None = None,
    also_known: Sequence[str] = (),
    author: Person | None = None,
    account_handle: str = "",
) -> tuple[Check, ...]:
    """Return what the checks mind about a text, the gravest first; nothing when all is fine.

    Args:
        text: the reply as it would go out.
        post_text: the post it answers.
        recent_texts: what we sent lately, to anybody; a Said where many texts are judged.
        voice: its facts, words and rules; None judges nothing against facts.
        also_known: texts whose facts count too: the conversation above, approved examples.
        author: who wrote the post.
        account_handle: our own handle, without the @.
    """
    if not own_words(text).strip():
        return (Check("empty", CheckLevel.STOP, "There is no text yet."),)
    post_text = portion(post_text)
    asked = asked_topics(post_text)
    said = recent_texts if isinstance(recent_texts, Said) else Said(recent_texts)
    shown = text[: _WHOLE if weighted_length(text) <= LONGEST_REPLY else _JUDGED]
    judged, whole = own_words(without_signs(shown, voice)), plain(text[:_FORBIDDEN])
    minded = [
        *measured(text, judged, post_text=post_text, asked=asked, said=said),
        *billboard_checks(judged, asked),
        *pitch_checks(judged, post_text, asked),
        *tone_checks(judged, post_text),
        *restating_checks(judged, post_text),
        *_private(judged, asked, voice),
        *name_checks(shown, post_text=post_text, author=author, account_handle=account_handle),
        *(
            check
            for rule in rules()
            if (check := rule.judge(whole if _forbids(rule) else judged, asked)) is not None
        ),
    ]
    if voice is not None:
        minded += never_words(judged, voice)
        name = author.name if author else ""
        minded += rule_checks(shown, voice.rules, person=name)
        minded += fact_checks(judged, post_text=post_text, voice=voice, also_known=also_known)
        minded = [check for check in minded if _heeded(check, voice)]
    return tuple(sorted(minded, key=lambda check: _ORDER[check.level]))


def _private(judged: str, asked: frozenset[str], voice: Voice | None) -> Iterable[Check]:
    """Yield what is private in a text; who asked how to reach us may be told."""
    known = [fact.line for fact in voice.facts] if voice else ()
    return private_checks(judged, known, reachable=bool(asked & {"contact", "link"}))


def _heeded(check: Check, voice: Voice) -> bool:
    """Tell whether the team wants to hear of a check; what may not go out is never silenced."""
    return check.level is CheckLevel.STOP or check.name not in voice.silenced


@lru_cache(maxsize=256)
def asked_topics(post_text: str) -> frozenset[str]:
    """Return what a post asks for; a post that asks nothing asks for nothing."""
    if not is_question(post_text):
        return frozenset()
    judged = plain(portion(post_text)).lower()
    return frozenset(topic for topic, pattern in topics().items() if pattern.search(judged))


def worst(checks: Iterable[Check]) -> CheckLevel:
    """Return the gravest level among checks."""
    return min((check.level for check in checks), key=_ORDER.__getitem__, default=CheckLevel.FINE)


def has_hard_stop(checks: Iterable[Check]) -> Check | None:
    """Return the check that forbids sending, if there is one: too long, no text, a secret."""
    return next((check for check in checks if check.level is CheckLevel.STOP), None)


def _forbids(rule: Rule) -> bool:
    return rule.level is CheckLevel.STOP
