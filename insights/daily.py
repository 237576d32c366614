"""When something that happens once a local date is due, daylight saving and all."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_A_SECOND = timedelta(seconds=1)
#: Two dates around now would do, were it not for the places that once skipped a whole one.
_DAYS_AROUND = 3


@dataclass(frozen=True, slots=True)
class Turn:
    """The turn of one local date: the date, and the aware UTC moment at which it comes."""

    day: date
    at: datetime


def moment_on(day: date, at: time, zone: ZoneInfo) -> datetime | None:
    """Return when local clocks show `at` on a date, aware UTC; None for a date that never was.

    A time that clocks skip in spring comes at the first instant after the gap, one that they
    show twice in autumn the first time.
    """
    asked = datetime.combine(day, at, tzinfo=zone)
    moment = asked.astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == asked.replace(tzinfo=None):
        return moment
    ends = _end_of_gap(asked)
    around = (ends.astimezone(zone).date(), (ends - _A_SECOND).astimezone(zone).date())
    return ends if day in around else None


def next_turn(now: datetime, at: time, zone: ZoneInfo) -> Turn:
    """Return the first turn after `now`."""
    return next(turn for turn in _turns(now, at, zone) if turn.at > now)


def last_turn(now: datetime, at: time, zone: ZoneInfo) -> Turn:
    """Return the turn that came last, at `now` or before."""
    return [turn for turn in _turns(now, at, zone) if turn.at <= now][-1]


def turn_before(turn: Turn, at: time, zone: ZoneInfo) -> Turn:
    """Return the turn of the local date before another's."""
    return [other for other in _turns(turn.at, at, zone) if other.day < turn.day][-1]


def _turns(now: datetime, at: time, zone: ZoneInfo) -> Iterator[Turn]:
    today = now.astimezone(zone).date()
    for days in range(-_DAYS_AROUND, _DAYS_AROUND + 1):
        day = today + timedelta(days=days)
        moment = moment_on(day, at, zone)
        if moment is not None:
            yield Turn(day, moment)


def _end_of_gap(asked: datetime) -> datetime:
    """Return the instant at which local clocks jumped over a time, aware UTC.

    Read by the clock of before the jump such a time lies after it, by that of afterwards
    before it (PEP 495): the jump is between the two.
    """
    late = asked.replace(fold=0).astimezone(UTC)
    early = asked.replace(fold=1).astimezone(UTC)
    zone = asked.tzinfo
    after = late.astimezone(zone).utcoffset()
    while late - early > _A_SECOND:
        middle = early + (late - early) // 2
        middle = middle.replace(microsecond=0)
        if middle <= early:
            break
        if middle.astimezone(zone).utcoffset() == after:
            late = middle
        else:
            early = middle
    return late.replace(microsecond=0)
