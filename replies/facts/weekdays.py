"""Weekdays: the days of the week, and the holidays, that a text names."""

from dataclasses import dataclass
from functools import lru_cache

import patterns as re

_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FULL = {
    "mon": "Monday", "tue": "Tuesday", "wed": "Wednesday", "thu": "Thursday", "fri": "Friday",
    "sat": "Saturday", "sun": "Sunday", "bank holiday": "bank holidays",
}  # fmt: skip
_DAY = re.compile(
    r"\b(?P<day>(?:mon|tues|wednes|thurs|fri|satur|sun)days?|mon|tues?|thurs?|thu|fri"
    r"|(?-i:Sat|Sun|Wed)(?!\w)|(?:sat|sun|wed)(?=\s*(?:[-–&:]|\d|(?:to|and) (?:mon|tue|wed|thu|fri|sat|sun)))"
    r"|weekdays?|weekends?|every ?day(?! (?:of|for))|daily|(?:7|seven) days(?: a week)?"
    r"|(?:bank|public) holidays?|(?:christmas|boxing|new year'?s|easter) (?:day|eve|sunday|monday)"
    r"|good friday)(?:'s)?(?!\w)",
    re.IGNORECASE,
)
_TO = re.compile(r"\A\s*(?:to|till|til|until|-|–|—|bis|through|thru)\s*", re.IGNORECASE)
_DAYS_JOINED = re.compile(r"\A\s*(?:,|&|\+|/|and|or|,? ?plus)?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Days:
    """Days that stand together in a text, and where they stand."""

    start: int
    end: int
    days: frozenset[str]


def spoken(days: frozenset[str]) -> str:
    """Return days as a person names them: "Sunday", "Saturday and Sunday"."""
    names = [_FULL.get(day, day) for day in sorted(days, key=lambda day: (*_WEEK, day).index(day))]
    return " and ".join(names) if len(names) <= 2 else f"{names[0]} to {names[-1]}"  # noqa: PLR2004


@lru_cache(maxsize=256)
def days_in(text: str) -> frozenset[str]:
    """Return every day that a text names."""
    return frozenset().union(*(group.days for group in day_groups(text)))


def day_groups(text: str) -> list[Days]:
    """Return the days that a text names, those that stand together as one: "Mon-Fri", "Sat & Sun"."""
    found: list[Days] = []
    for match in _DAY.finditer(text):
        days = _meant(match["day"].casefold())
        if found:
            between = text[found[-1].end : match.start()]
            last = found[-1]
            ranged = _TO.fullmatch(between) is not None
            if ranged or _DAYS_JOINED.fullmatch(between):
                joined = last.days | (_span(last.days, days) if ranged else days)
                found[-1] = Days(last.start, match.end(), joined)
                continue
        found.append(Days(match.start(), match.end(), days))
    return found


def _span(first: frozenset[str], last: frozenset[str]) -> frozenset[str]:
    """Return the days from one to another, round the end of the week if need be."""
    starts = [_WEEK.index(day) for day in first if day in _WEEK]
    ends = [_WEEK.index(day) for day in last if day in _WEEK]
    if not starts or not ends:
        return first | last
    count = (ends[0] - max(starts)) % 7
    return frozenset(_WEEK[(max(starts) + step) % 7] for step in range(count + 1))


def _meant(name: str) -> frozenset[str]:
    if name.startswith("weekday"):
        return frozenset(_WEEK[:5])
    if name.startswith("weekend"):
        return frozenset(_WEEK[5:])
    if name.startswith(("every", "daily", "7", "seven")):
        return frozenset(_WEEK)
    if " " in name:
        return frozenset({name.replace("public", "bank").rstrip("s").replace("'s", "")})
    return frozenset({name[:3]})
