"""Dates: the days of a month that a text states."""

from collections.abc import Iterator
from dataclasses import dataclass

import patterns as re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_OF = {name: number for number, name in enumerate(_MONTHS, start=1)}
_MONTH = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_DATE = re.compile(
    rf"\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m1>{_MONTH})\b(?:,? \d{{4}})?"
    rf"|\b(?P<m2>{_MONTH})\.? (?:the )?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.]\d|\s?[ap]m)(?:,? \d{{4}})?"
    r"|\b(?P<y3>\d{4})-(?P<m3>\d\d)-(?P<d3>\d\d)\b"
    r"|(?<![\d/])(?P<d4>\d{1,2})[/.](?P<m4>\d{1,2})[/.]\d{2,4}(?![\d/])"
    r"|(?:(?<=on )|(?<=until )|(?<=till )|(?<=from )|(?<=since )|(?<=by ))"
    r"(?P<d5>\d{1,2})/(?P<m5>\d{1,2})(?![\d/])"
    r"|(?:(?<=\bin )|(?<=until )|(?<=till )|(?<=from )|(?<=since )|(?<=by )|(?<=of )|(?<=before ))"
    r"(?:early |mid-?|late |next )?(?P<m6>(?-i:January|February|March|April|May|June|July|August|September|"
    r"October|November|December))\b(?! I\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month that a text states; no day: the month alone."""

    words: str
    start: int
    end: int
    pairs: frozenset[tuple[int, int | None]]


def dates(text: str) -> Iterator[Day]:
    """Yield the dates; figures such as 3/4 can mean two of them."""
    for match in _DATE.finditer(text):
        got = {key[0] + "x": value for key, value in match.groupdict().items() if value}
        if "mx" not in got:
            continue
        month, day = got["mx"], int(got["dx"]) if "dx" in got else None
        pairs: set[tuple[int, int | None]] = set()
        if not month.isdigit():
            pairs.add((_MONTH_OF[month[:3].casefold()], day))
        elif day is not None:
            pairs |= {(int(month), day), (day, int(month))}
        yield Day(match.group(), match.start(), match.end(), frozenset(pairs))
