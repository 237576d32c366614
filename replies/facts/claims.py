"""Claims: everything that a text states and that somebody could be held to."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import patterns as re
from domain import LONGEST_SHOWN
from replies.facts.clock import moments
from replies.facts.commitments import MANY_FOR_ONE, Undertaking, offers, places, policies, promises
from replies.facts.dates import Day, dates
from replies.facts.figures import Figure, lengths, numbers, prices, taken
from replies.facts.times import Moment
from replies.text.wording import plain

#: What is looked at of one text: a reply is shorter, a fact or a post seldom longer.
_LOOKED_AT = LONGEST_SHOWN
_ASIDE = re.compile(
    r"https?://\S+|\bwww\.\S+|(?<!\w)[@#]\w+|\b[\w-]{1,60}\.(?:com|net|org|io|co|uk|example)\b\S*"
    r"|\b[\w.+-]{1,60}@[\w.-]{1,60}|(?<!\w)(?:\+|0)\d(?:[ ()-]{0,2}\d){7,13}(?![\w:])"
)
#: "7 a.m. to 5 p.m." is one sentence.
_HALF_OF_DAY = re.compile(r"(?<=[\d ])([ap])\.\s?m\.?(?!\w)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?…\n])(?:\s+|\Z)|\n+|(?<=[.!?])(?=[\"”)])")
_ASKS_FIRST = re.compile(
    r"\A\W*+(?:and |but |so |or |sorry,? |oh,? |hi,? |hey,? )?(?:was|were|is|are|am|do|does|did|have|has|"
    r"had|can|could|would|will|shall|should|may|might|what|when|where|which|who|whose|why|how|any|"
    r"isn't|wasn't|weren't|don't|didn't|aren't|wouldn't|couldn't|fancy|want|need|anything|not)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"(?:,| -| –|—|;|:)\s+")
_WISH = re.compile(
    r"\A\W*+(?:i |we |really |so )?(?:hope|hoping|enjoy|have (?:a|an|fun)|happy|good luck|wish|wishing|"
    r"imagine|if only|congrat\w+)\b",
    re.IGNORECASE,
)
_OPEN_TALK = re.compile(
    r"\b(?:open(?:s|ing)?|closed?|closes|closing|shut|hours|available|back in|in stock|"
    r"start(?:s|ing)?|finish\w*|fresh|deliver\w*|bake\w*|roast\w*|run(?:s|ning)?|arriv\w*|"
    r"go(?:es)? out|ship\w*|serv\w+|here|do (?:it|them|that|those))\b",
    re.IGNORECASE,
)
_AS_A_RULE = re.compile(
    r"\b(?:on|every|most|only|always)\s+(?:bank|public|week|mon|tues|wednes|thurs|fri|satur|sun)"
    r"\w*|\b\w+days\b|\bweekends\b|\bweekdays\b|\bdaily\b|\bevery ?day\b|\bdays a week\b",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"\b(?:i|my|mine|your|yours|you're|you were|i'[a-z]+|hate|love)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Claims:
    """What a text states, each kind in the order in which it stands there."""

    figures: tuple[Figure, ...] = ()
    dates: tuple[Day, ...] = ()
    moments: tuple[Moment, ...] = ()
    undertakings: tuple[Undertaking, ...] = ()


def stated(text: str) -> str:
    """Return the sentences of a text that state something: no questions, no wishes."""
    return " ".join(part for part, asks in sentences(text) if not asks and not _WISH.match(part))


def sentences(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the sentences of a text, and whether each asks; "We shut at 4, is that ok?" is two."""
    for part in _SENTENCE_END.split(text):
        sentence = (part or "").strip()
        if not sentence.rstrip("\"”') ").endswith(("?", "？")):
            if sentence:
                yield sentence, False
            continue
        gaps = () if _ASKS_FIRST.match(sentence) else tuple(_CLAUSE.finditer(sentence))
        if gaps:
            yield sentence[: gaps[-1].start()] + ".", False
        yield sentence[gaps[-1].end() if gaps else 0 :], True


@lru_cache(maxsize=2048)
def claims_in(text: str, *, everything: bool = False) -> Claims:
    """Return what a text states.

    Args:
        text: a reply, or something that facts are taken from.
        everything: take questions, wishes and talk of others in, too; so known texts are read.
    """
    whole = _HALF_OF_DAY.sub(r"\1m", _ASIDE.sub(" ", plain(text[:_LOOKED_AT])))
    told = whole if everything else stated(whole)
    named = tuple(places(told))
    for place in named:
        told = taken(told, place.start, place.start + len(place.words))
    for many in MANY_FOR_ONE.finditer(told):
        told = taken(told, many.start(), many.end())
    figures = list(prices(told))
    told = _without(told, figures)
    days = tuple(dates(told))
    for day in days:
        told = taken(told, day.start, day.end)
    spans = list(moments(told))
    times = tuple(
        moment
        for start, end, moment in spans
        if everything or moment.timed or _claims_day(told, start, end)
    )
    for start, end, moment in spans:
        told = taken(told, start, end) if moment.timed else told
    found = list(lengths(told))
    told = _without(told, found)
    figures += [*(figure for figure in found if not figure.idle), *_counted(told)]
    acts = _acts(whole, everything=everything)
    return Claims(tuple(figures), days, times, (*named, *acts))


def _acts(whole: str, *, everything: bool) -> Iterator[Undertaking]:
    """Yield promises, offers and policies; a free cup is offered in a question, too."""
    for sentence, asks in sentences(whole):
        if everything or not asks:
            yield from promises(sentence)
            yield from policies(sentence)
        yield from offers(sentence)


def _counted(told: str) -> Iterator[Figure]:
    for sentence, _ in sentences(told):
        yield from numbers(sentence)


def _claims_day(told: str, start: int, end: int) -> bool:
    """Tell whether a day without a time is stated of the business: "closed on Mondays"."""
    begin = max(told.rfind(mark, 0, start) for mark in ".!?\n") + 1
    stops = [place for mark in ".!?\n" if (place := told.find(mark, end)) >= 0]
    sentence = told[begin : min(stops, default=len(told))]
    if _OPEN_TALK.search(sentence):
        return _OF_OTHERS.search(sentence) is None or " we" in f" {sentence.casefold()}"
    return bool(_AS_A_RULE.search(sentence)) and _OF_OTHERS.search(sentence) is None


def _without(text: str, found: list[Figure]) -> str:
    for figure in found:
        text = taken(text, figure.start, figure.start + len(figure.words))
    return text
