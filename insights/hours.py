"""Time by the clock on the wall of a business: how much of its hours lies between two moments."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain import Hours, Week

_DAY = timedelta(days=1)


def business_minutes(begin: datetime, end: datetime, week: Week, zone: ZoneInfo) -> int:
    """Return the whole minutes of business hours between two moments, 0 when they run backwards.

    Hours are local: on a day with a shift of the clock, a span that the shift falls into is an
    hour shorter or longer, as it is for the people who work it. Spans that overlap (a night that
    reaches into the next day's morning) count once. A week without any hours counts every minute.

    Args:
        begin: aware.
        end: aware; not in it.
        week: seven spans from Monday on, None for a day off.
        zone: of the hours.
    """
    if not any(week):
        return max(timedelta(), end - begin) // timedelta(minutes=1)
    counted = timedelta()
    reached = begin
    for opens, closes in open_spans(begin, end, week, zone):
        since = max(opens, reached)
        until = min(closes, end)
        if until > since:
            counted += until - since
            reached = until
    return counted // timedelta(minutes=1)


def waits(pairs: Sequence[tuple[datetime, datetime]], week: Week, zone: ZoneInfo) -> dict[int, int]:
    """Return how many pairs of moments have how many `business_minutes` between them.

    For tens of thousands of pairs: the hours are laid out once. Moments count in whole seconds.
    """
    if not pairs:
        return {}
    begin, end = min(asked for asked, _ in pairs), max(answered for _, answered in pairs)
    opens, closes, before = _laid_out(begin, end, week, zone)

    def open_until(at: datetime) -> int:
        second = int(at.timestamp())
        place = bisect_right(opens, second) - 1
        return before[place] + min(second, closes[place]) - opens[place] if place >= 0 else 0

    minutes = (max(0, open_until(answered) - open_until(asked)) // 60 for asked, answered in pairs)
    return dict(Counter(minutes))


def _laid_out(
    begin: datetime, end: datetime, week: Week, zone: ZoneInfo
) -> tuple[list[int], list[int], list[int]]:
    """Return when hours open and close, apart from each other, and how long was open before each."""
    spans = open_spans(begin, end, week, zone) if any(week) else iter([(begin, end)])
    opens: list[int] = []
    closes: list[int] = []
    before: list[int] = []
    for span in spans:
        since, until = (int(at.timestamp()) for at in span)
        since = max(since, closes[-1]) if closes else since
        if until > since:
            before.append(before[-1] + closes[-1] - opens[-1] if before else 0)
            opens.append(since)
            closes.append(until)
    return opens, closes, before


def open_spans(
    begin: datetime, end: datetime, week: Week, zone: ZoneInfo
) -> Iterator[tuple[datetime, datetime]]:
    """Yield the business hours that may touch a stretch of time, aware UTC, by their beginnings.

    A span that begins on the day before is among them: it may pass midnight.
    """
    day = begin.astimezone(zone).date() - _DAY
    last = end.astimezone(zone).date()
    while day <= last:
        hours = week[day.weekday()]
        if hours is not None:
            yield _span(day, hours, zone)
        day += _DAY


def _span(day: date, hours: Hours, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return a day's hours in UTC; those that end when they begin last the whole day."""
    ends_on = day + _DAY if hours.ends <= hours.begins else day
    opens = datetime.combine(day, hours.begins, tzinfo=zone).astimezone(UTC)
    closes = datetime.combine(ends_on, hours.ends, tzinfo=zone).astimezone(UTC)
    return opens, closes
