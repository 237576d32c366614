"""When something that happens once a day is due next, in the business's own time."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


def next_daily(now: datetime, at: time, zone: ZoneInfo) -> datetime:
    """Return the first moment after `now` at which local clocks show `at`, aware UTC.

    A time that a local clock skips in spring is taken an hour later, one that it shows twice
    in autumn the first time: once for each local date.
    """
    today = now.astimezone(zone).date()
    # Two dates would do, were it not for the places that once skipped a whole one.
    moments = (
        datetime.combine(today + timedelta(days=days), at, tzinfo=zone).astimezone(UTC)
        for days in range(4)
    )
    return next(moment for moment in moments if moment > now)
