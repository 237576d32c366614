"""Other senses: headlines, other fields and other languages that a keyword drags in."""

from functools import cache

from replies.triage.reading import PostReading
from replies.triage.tables import Finder, table
from replies.triage.verdicts import Verdict, aside

#: Latin letters with all their marks end here.
_LAST_LATIN = 0x24F
_ENOUGH = 2


def judge_headline(reading: PostReading) -> Verdict | None:
    """Set aside what reads like a news feed: nobody speaks in it and nobody is asked."""
    found = _headline().find(reading.said)
    if found is None or reading.first_person or reading.plea is not None:
        return None
    return aside("news feed", "It reads like a headline: {found}.", found)


def judge_sense(reading: PostReading) -> Verdict | None:
    """Set aside a post from a field in which the keyword means something else."""
    for name, finder in _fields():
        if found := finder.find(reading.said):
            return aside("other sense", f"It is about {name}: {{found}}.", found)
    return None


def judge_language(reading: PostReading) -> Verdict | None:
    """Set aside a post in another language that asks nothing and speaks to nobody."""
    if set("?？¿") & set(reading.said) or not _is_foreign(reading):
        return None
    return aside(
        "other language", "It is in another language and asks nothing: {found}.", reading.said
    )


def is_closing(reading: PostReading) -> bool:
    """Tell whether a post ends a talk, so that nothing is left to say."""
    return _closing().find(reading.said) is not None


def _is_foreign(reading: PostReading) -> bool:
    """Tell by script or by small words; short words that English has too count for little."""
    letters = [char for char in reading.said if char.isalpha()]
    if letters and sum(ord(char) > _LAST_LATIN for char in letters) * 2 > len(letters):
        return True
    english, total = sum(word in _english() for word in reading.words), len(reading.words)
    hits = max(sum(word in known for word in reading.words) for known in _languages())
    return hits >= _ENOUGH and hits * 4 >= total and hits > english


@cache
def _english() -> frozenset[str]:
    return frozenset(table("disambiguation")["english"]["words"].split())


@cache
def _languages() -> tuple[frozenset[str], ...]:
    return tuple(
        frozenset(words.split()) for words in table("disambiguation")["languages"].values()
    )


@cache
def _fields() -> tuple[tuple[str, Finder], ...]:
    return tuple((row["name"], Finder.of(row)) for row in table("disambiguation")["field"])


@cache
def _headline() -> Finder:
    return Finder.of(table("disambiguation")["headline"])


@cache
def _closing() -> Finder:
    return Finder.of(table("disambiguation")["closing"])
