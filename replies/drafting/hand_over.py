"""What needs a person and no draft: grave matters, refunds above the limit, and who wants peace.

The words are data in hand_over.toml and cries.toml; the voice says which topics count for this
business.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files

import patterns as re
from domain import Voice
from replies.text.portion import whole
from replies.text.wording import plain, without_handles

REFUNDS = "refunds"
HARASSMENT = "harassment"
_LEFT_ALONE = "left_alone"
_DANGER = ("self_harm", "safety")
_AMOUNT = re.compile(
    r"(?:[$£€¥]|\b(?:usd|gbp|eur|chf)\s?)\s?"
    r"(\d(?:[\d,.]{0,20}\d)?(?: \d{3}(?!\d))*(?:[.,]\d{1,2}(?!\d))?)"
    r"|(\d(?:[\d,.]{0,20}\d)?)\s?(?:[$£€¥]|(?:usd|gbp|eur|chf|dollars?|pounds?|euros?|quid|bucks)\b)",
    re.IGNORECASE,
)
_CENTS = re.compile(r"[.,](\d{1,2})\Z")
_DEMANDS = re.compile(
    r"\b(?:i|we)(?:'d| would)? (?:want|demand|need|expect|deserve|require|am owed|are owed|like)\b"
    r"|\b(?:give|refund|reimburse|send|compensate) (?:me|us)\b|\b(?:where|when)\b.{0,30}\brefund"
    r"|\bmy (?:refund|money)\b|\b(?:can|could|may) (?:i|we) (?:please )?(?:get|have|claim)\b"
    r"|\bhow (?:do|can) (?:i|we) (?:get|claim)\b|\bstill (?:no|waiting)\b|\bowed?\b|\bchargeback"
    r"|\b(?:quiero|exijo|je veux|j'exige|ich will|ich verlange|ich möchte|voglio|quero|exijo)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PersonTopic:
    """One topic: its key, its words for people, and how it is known.

    Its `cries` are phrases that nothing excuses.
    """

    key: str
    words: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    cries: re.Pattern[str]

    def is_in(self, text: str) -> bool:
        """Tell whether a post in plain form is about this."""
        if self.cries.search(" ".join(text.split())) is not None:
            return True
        if self.pattern.search(text) is None:
            return False
        return self.unless is None or self.unless.search(text) is None


@cache
def topics() -> dict[str, PersonTopic]:
    """Return the topics that may be handed over, gravest first, by their keys."""
    return {key: topic for key, topic in _table().items() if key != _LEFT_ALONE}


def topic_for(post_text: str, voice: Voice) -> PersonTopic | None:
    """Return the topic for which a post goes to a person without a draft, or None.

    Refunds count only when the voice has a limit: for a sum above it, or a refund that is
    asked for without a sum.
    """
    text = plain(without_handles(whole(post_text)))
    for key, topic in topics().items():
        if voice.hand_over is not None and key not in voice.hand_over:
            continue
        if key == REFUNDS and not _refund_to_decide(text, voice.refund_limit):
            continue
        if topic.is_in(text):
            return topic
    return None


def goes_to_a_person(post_text: str, voice: Voice) -> bool:
    """Tell whether a post is for a person, danger whatever topics the voice hands over."""
    return topic_for(post_text, voice) is not None or in_danger(post_text)


def in_danger(post_text: str) -> bool:
    """Tell whether a post speaks of a life or a body in danger."""
    text = plain(without_handles(whole(post_text)))
    return any(topics()[key].is_in(text) for key in _DANGER)


def asks_to_be_left(post_text: str) -> bool:
    """Tell whether a person asks that we stop writing to them."""
    return _table()[_LEFT_ALONE].is_in(plain(without_handles(whole(post_text))))


def _refund_to_decide(text: str, limit: Decimal | None) -> bool:
    if limit is None:
        return False
    amounts = [found for match in _AMOUNT.finditer(text) if (found := _amount(match)) is not None]
    if amounts:
        return max(amounts) > limit
    return _DEMANDS.search(text) is not None


def _amount(match: re.Match[str]) -> Decimal | None:
    """Read a sum as people write it: 1,200 or 1.200,50 or 45.5."""
    written = (match.group(1) or match.group(2)).replace(" ", "")
    cents = _CENTS.search(written)
    whole = re.sub(r"\D", "", written[: cents.start()] if cents else written)
    try:
        return Decimal(f"{whole or 0}.{cents.group(1) if cents else 0}")
    except InvalidOperation:
        return None


@cache
def _table() -> dict[str, PersonTopic]:
    table = tomllib.loads((files(__package__) / "hand_over.toml").read_text("utf-8"))
    cries = tomllib.loads((files(__package__) / "cries.toml").read_text("utf-8"))
    return {
        key: PersonTopic(
            key,
            row["words"],
            _either(row["patterns"]),
            _either(row["unless"]),
            _phrases(phrase for said in cries.get(key, {}).values() for phrase in said),
        )
        for key, row in table.items()
    }


def _phrases(phrases: Iterable[str]) -> re.Pattern[str]:
    """Compile phrases as people write them: no part of one may match the same sign twice."""
    each = sorted(phrases, key=len, reverse=True)
    body = "|".join(
        re.escape(phrase).replace(r"\ ", " ").replace(r"\*", r"\w*").replace("'", "'?")
        for phrase in each
    )
    return re.compile(rf"(?<!\w)(?:{body})(?!\w)" if body else r"(?!)", re.IGNORECASE)


def _either(patterns: list[str]) -> re.Pattern[str]:
    body = "|".join(f"(?:{pattern})" for pattern in patterns)
    return re.compile(body or r"(?!)", re.IGNORECASE)
