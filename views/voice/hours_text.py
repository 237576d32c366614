"""Business hours as people write them: a line for days with the same hours, and read back."""

from datetime import time

import patterns as re
from domain import Hours, Week

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_LINE = re.compile(
    r"\A(?P<first>[a-z]+)\.?(?:\s*(?:-|–|to)\s*(?P<last>[a-z]+)\.?)?\s*:?\s+(?P<hours>.+)"
)
_SPAN = re.compile(r"(\d{1,2})(?::([0-5]\d))?\s*(?:-|–|to)\s*(\d{1,2})(?::([0-5]\d))?\Z")
_CLOSED = ("closed", "off")
_MIDNIGHT = 24


def hours_words(hours: Hours) -> str:
    """Write a span of the day: "09:00–18:00"."""
    return f"{hours.begins:%H:%M}–{hours.ends:%H:%M}"


def week_lines(week: Week) -> str:
    """Write a week, one line for each run of days with the same hours."""
    lines: list[str] = []
    first = 0
    for day in range(1, len(DAYS) + 1):
        if day < len(DAYS) and week[day] == week[first]:
            continue
        days = DAYS[first] if day - first == 1 else f"{DAYS[first]}–{DAYS[day - 1]}"
        hours = week[first]
        lines.append(f"{days} {hours_words(hours) if hours else 'closed'}")
        first = day
    return "\n".join(lines)


def read_week(text: str) -> Week:
    """Read a week; days that no line names are days off.

    Raises:
        ValueError: a line cannot be read; its words are the error's.
    """
    week: list[Hours | None] = [None] * len(DAYS)
    for line in filter(None, (part.strip() for part in re.split(r"[\n;]", text))):
        found = _LINE.fullmatch(line.lower())
        if found is None:
            raise ValueError(line)
        try:
            first = _day(found["first"])
            last = _day(found["last"]) if found["last"] else first
            hours = _hours(found["hours"].strip())
        except ValueError as error:
            raise ValueError(line) from error
        for day in range(first, (last if last >= first else last + len(DAYS)) + 1):
            week[day % len(DAYS)] = hours
    return tuple(week)


def _day(name: str) -> int:
    return [day.lower() for day in DAYS].index(name[:3])


def _hours(text: str) -> Hours | None:
    if text in _CLOSED:
        return None
    span = _SPAN.fullmatch(text)
    if span is None:
        raise ValueError(text)
    return Hours(_clock(span[1], span[2]), _clock(span[3], span[4]))


def _clock(hour: str, minute: str | None) -> time:
    # Midnight at a day's end is the next day's beginning.
    full = int(hour) == _MIDNIGHT and not int(minute or 0)
    return time(0 if full else int(hour), int(minute or 0))
