"""Abuse: threats, hatred, and insults with nothing in them to answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import patterns as re
from replies.triage.reading import PostReading
from replies.triage.tables import table
from replies.triage.verdicts import Verdict, aside

RULE = "abuse"
_WHY = "Abuse leaves nothing to answer: {found}."
#: So short a post with an insult in it is nothing else.
_BARE_WORDS = 6
_LIST = re.compile(r"<([a-z]+)>")


@dataclass(frozen=True, slots=True)
class _Family:
    """One kind of abuse, and which posts it leaves alone."""

    spares_grievance: bool
    spares_own_words: bool
    patterns: tuple[re.Pattern[str], ...]


def judge_abuse(reading: PostReading) -> Verdict | None:
    """Set abuse aside; anger about an order, a wait or a bill is a complaint instead."""
    aggrieved = _grievance().search(reading.said) is not None
    own_words = reading.first_person or reading.asks or not reading.named
    for family in _families():
        if (aggrieved and family.spares_grievance) or (own_words and family.spares_own_words):
            continue
        for pattern in family.patterns:
            if found := pattern.search(reading.said):
                return aside(
                    RULE, _WHY, found.group().strip(" ,.;!"), sure=not family.spares_own_words
                )
    if aggrieved or own_words:
        return None
    bare = _bare().search(reading.said) if len(reading.words) <= _BARE_WORDS else None
    return aside(RULE, _WHY, bare.group(), sure=False) if bare else None


@cache
def _families() -> tuple[_Family, ...]:
    rows = table("abuse")
    return tuple(
        _Family(
            spares_grievance="spares" in row,
            spares_own_words=row.get("spares") == "own words",
            patterns=tuple(_compiled(pattern, rows) for pattern in row["patterns"]),
        )
        for row in rows["family"]
    )


@cache
def _grievance() -> re.Pattern[str]:
    return re.compile(table("abuse")["grievance"]["pattern"], re.IGNORECASE)


@cache
def _bare() -> re.Pattern[str]:
    return _compiled(r"(?<![\w@])(?<!some )(?<!what )(?<!which )<insult>(?!\w)", table("abuse"))


def _compiled(pattern: str, lists: Mapping[str, Any]) -> re.Pattern[str]:
    """Compile a pattern with the words of the lists that it names."""
    return re.compile(_LIST.sub(lambda name: _any(lists[name.group(1)]), pattern), re.IGNORECASE)


def _any(words: Sequence[str]) -> str:
    each = (re.escape(word) for word in sorted(words, key=len, reverse=True))
    return f"(?:{'|'.join(each)})".replace(r"\*", "[a-z]*")
