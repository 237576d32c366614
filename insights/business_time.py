"""When things may be asked of people: after some business minutes, and not in quiet hours.

All times are aware; what is returned is UTC. A week without any hours counts every minute.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain import Hours, Week
from insights.hours import open_spans

_DAY = timedelta(days=1)
#: Every weekday has come once within a week and a day.
_A_WEEK = 8 * _DAY
#: However short the hours are: what is due later than this is never due.
_EVER = 3650 * _DAY


def due_after_business(begin: datetime, minutes: float, week: Week, zone: ZoneInfo) -> datetime:
    """Return when so many business minutes have passed since `begin`, aware UTC.

    The inverse of `business_minutes` (insights/hours.py). Minutes are real ones: an hour that
    a clock skips in spring is not counted, one that it shows twice in autumn counts twice.
    """
    left = timedelta(minutes=minutes)
    reached = begin.astimezone(UTC)
    spans = open_spans(reached, reached + _EVER, week, zone) if any(week) else ()
    for opens, closes in spans:
        # A shift that passes midnight may reach into the next day's.
        since = max(reached, opens)
        if since >= closes:
            continue
        if left <= closes - since:
            return since + left
        left -= closes - since
        reached = closes
    return reached + left


def a_business_day_later(at: datetime, week: Week, zone: ZoneInfo) -> datetime:
    """Return the same local time on the next business day, moved into its hours, aware UTC."""
    local = at.astimezone(zone)
    for opens, closes in open_spans(at, at + _A_WEEK, week, zone):
        day = opens.astimezone(zone).date()
        if day > local.date():
            return max(opens, min(closes, _utc(day, local.time(), zone)))
    return _utc(local.date() + _DAY, local.time(), zone)


def quiet_until(at: datetime, quiet: Hours | None, zone: ZoneInfo) -> datetime | None:
    """Return when the quiet hours end that `at` lies in, aware UTC; None when it lies in none.

    Hours that begin and end at the same time are none at all.
    """
    if quiet is None or quiet.begins == quiet.ends:
        return None
    today = at.astimezone(zone).date()
    for day in (today - _DAY, today):
        last = day + _DAY if quiet.ends < quiet.begins else day
        begins, ends = _utc(day, quiet.begins, zone), _utc(last, quiet.ends, zone)
        if begins <= at < ends:
            return ends
    return None


def _utc(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)
