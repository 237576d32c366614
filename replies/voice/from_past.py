"""A voice out of the account's own best past replies; pure, and only ever an offer.

Nothing is invented: what is said about the manner is counted (replies/voice/manner.py), and what
looks like a fact is only named for somebody to check.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import patterns as re
from domain import PastReply, Voice
from replies.checks import check_text
from replies.text.similarity import Said
from replies.text.wording import own_words, words
from replies.voice.manner import manner, signs, with_lines

#: Fewer good replies than this say nothing about a manner.
FEWEST = 8
_MOST_MEASURED = 80
_EXAMPLES = 5
_CANDIDATES = 5
_SHORTEST, _LONGEST = 12, 240
_TO_BE_CHECKED = "Said in our replies; somebody should check it before it becomes a fact:"
_LEAD = "From our replies: "
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
#: Hours, prices and addresses: what a reply may have stated about the business.
_HOUR = (
    r"(?:noon|midday|midnight|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|\d{1,2}(?:[:.]\d\d)?)"
)
_STATES = re.compile(
    rf"\b\d{{1,2}}(?:[:.]\d\d)?\s?(?:am|pm)\b|\b{_HOUR}\s?(?:to|till?|until|[-–])\s?{_HOUR}\b"
    rf"|\b(?:till?|until|from)\s{_HOUR}\b|[£$€]\s?\d"
    r"|\b(?:open|closed?)\b.{0,30}\b(?:on|until|till?|from|at)\b"
    r"|\b\d+\s+\w+\s+(?:street|road|lane|avenue|st|rd)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PastVoice:
    """A voice worked out, with the lines that say why; `candidates` are facts to be checked."""

    voice: Voice
    evidence: tuple[str, ...]
    examples: tuple[str, ...]
    candidates: tuple[str, ...]
    counted: int


def best_replies(replies: Sequence[PastReply]) -> list[PastReply]:
    """Return the replies that are worth learning from, the best first.

    None has a mark of the checks, none says the same as another; those that somebody
    answered come first. X does not tell with our reads how often a reply was liked.
    """
    order = sorted(replies, key=lambda reply: (-_worth(reply), replies.index(reply)))
    chosen: list[PastReply] = []
    for reply in order:
        bare = own_words(reply.text)
        if not _SHORTEST <= len(bare) <= _LONGEST:
            continue
        if check_text(reply.text, post_text=reply.their_text):
            continue
        if Said(other.text for other in chosen).nearest(reply.text) is None:
            chosen.append(reply)
        if len(chosen) == _MOST_MEASURED:
            break
    return chosen


def voice_from_past(replies: Sequence[PastReply], now: Voice) -> PastVoice | None:
    """Work out how we talk from our past replies; None when too few of them are good.

    Args:
        replies: the account's own replies to other people, newest first.
        now: the voice as it stands; all but how we talk and who signs stays as it is.
    """
    best = best_replies(replies)
    if len(best) < FEWEST:
        return None
    texts = [reply.text for reply in best]
    how = with_lines(now.how, [_LEAD + " ".join(manner(texts))], [_LEAD])
    examples = tuple(_different(texts))
    candidates = tuple(_stated(texts, now))
    closing = tuple(dict.fromkeys([*now.signs, *signs(texts)]))
    evidence = (
        _counted(len(best), len(replies)),
        *(f"“{text}”" for text in examples),
        *([_TO_BE_CHECKED] if candidates else []),
        *(f"“{text}”" for text in candidates),
    )
    voice = replace(now, how=how, signs=closing)
    return PastVoice(voice, evidence, examples, candidates, len(best))


def _counted(used: int, known: int) -> str:
    left_out = (
        ""
        if used == known
        else " The rest was marked by the checks, very short or long, or said the same again."
    )
    return f"Counted in {used} of our {known} replies that are known here.{left_out} Such as:"


def too_few(replies: Sequence[PastReply]) -> str:
    """Say honestly why there is no offer."""
    good = len(best_replies(replies))
    return (
        f"Of our {len(replies)} replies that are known here, {good} "
        f"{'is' if good == 1 else 'are'} good enough to learn from; it takes at least {FEWEST}."
    )


def _worth(reply: PastReply) -> int:
    return 2 * reply.answered_back + bool(reply.their_text)


def _different(texts: Sequence[str]) -> list[str]:
    """Return a few texts that do not begin alike."""
    begun: set[str] = set()
    shown = []
    for text in texts:
        bare = own_words(text)
        first = " ".join(words(bare)[:2])
        if first not in begun:
            begun.add(first)
            shown.append(bare)
        if len(shown) == _EXAMPLES:
            break
    return shown


def _stated(texts: Sequence[str], now: Voice) -> list[str]:
    """Return sentences that state hours, prices or places and stand in no fact yet."""
    known = " ".join(fact.line for fact in now.facts).casefold()
    found: dict[str, str] = {}
    for text in texts:
        for match in _SENTENCE.finditer(own_words(text)):
            sentence = match.group().strip()
            if _STATES.search(sentence) and sentence.rstrip(".!").casefold() not in known:
                found.setdefault(sentence.casefold(), sentence)
    return list(found.values())[:_CANDIDATES]
