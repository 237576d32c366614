"""When so many business minutes have passed, a business day later, and the end of quiet hours."""

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from domain import Hours
from insights.business_time import a_business_day_later, due_after_business, quiet_until
from insights.hours import business_minutes, waits

LONDON = ZoneInfo("Europe/London")
NINE_TO_SIX = Hours(time(9), time(18))
WORKDAYS = (*(NINE_TO_SIX,) * 5, None, None)
NIGHTS = (Hours(time(22), time(6)),) * 7

_clock = st.times().map(lambda at: at.replace(microsecond=0))
_weeks = st.tuples(*[st.one_of(st.none(), st.builds(Hours, _clock, _clock)) for _ in range(7)])
_zones = st.sampled_from(
    ["UTC", "Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"]
).map(ZoneInfo)
_moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


def london(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=LONDON).astimezone(UTC)


def test_two_hours_on_a_friday_afternoon_end_on_monday() -> None:
    """What the evening does not hold is left to the next working morning."""
    assert due_after_business(london(27, 17), 120, WORKDAYS, LONDON) == london(30, 10)
    assert due_after_business(london(28, 11), 60, WORKDAYS, LONDON) == london(30, 10)
    assert due_after_business(london(24, 10), 30, WORKDAYS, LONDON) == london(24, 10, 30)


def test_a_night_shift_reaches_into_the_next_day() -> None:
    """Hours that pass midnight belong to the day on which they begin."""
    assert due_after_business(london(24, 1), 60, NIGHTS, LONDON) == london(24, 2)
    assert due_after_business(london(24, 5), 120, NIGHTS, LONDON) == london(24, 23)


def test_the_hour_that_autumn_shows_twice_counts_twice() -> None:
    """On 25 October 2026 British clocks go from 02:00 back to 01:00."""
    week = (Hours(time(0), time(6)),) * 7
    begin = london(25, 0, month=10)
    assert due_after_business(begin, 180, week, LONDON) == begin + timedelta(hours=3)
    assert (begin + timedelta(hours=3)).astimezone(LONDON).hour == 2


def test_a_week_without_hours_counts_every_minute() -> None:
    """Nobody is forgotten because no hours were set."""
    assert due_after_business(london(24, 23), 90, (None,) * 7, LONDON) == london(25, 0, 30)


@settings(max_examples=200, deadline=None)
@given(begin=_moments, minutes=st.integers(1, 3000), week=_weeks, zone=_zones)
def test_it_is_the_inverse_of_counting(
    begin: datetime, minutes: int, week: tuple[Hours | None, ...], zone: ZoneInfo
) -> None:
    """Counted again, exactly those minutes lie between; a moment earlier it is fewer."""
    due = due_after_business(begin, minutes, week, zone)
    assert due >= begin
    if any(week):
        assert business_minutes(begin, due, week, zone) == minutes
        assert business_minutes(begin, due - timedelta(seconds=1), week, zone) < minutes


def test_a_business_day_later_is_the_same_time_on_the_next_working_day() -> None:
    """Over a weekend, and moved into the hours where it lies outside."""
    assert a_business_day_later(london(27, 15), WORKDAYS, LONDON) == london(30, 15)
    assert a_business_day_later(london(24, 20), WORKDAYS, LONDON) == london(25, 18)
    assert a_business_day_later(london(24, 7), WORKDAYS, LONDON) == london(25, 9)
    assert a_business_day_later(london(24, 7), (None,) * 7, LONDON) == london(25, 7)


def test_over_the_shift_of_the_clock_the_local_time_stays() -> None:
    """From a Friday in summer time to a Monday in winter time."""
    assert a_business_day_later(london(23, 15, month=10), WORKDAYS, LONDON) == london(
        26, 15, month=10
    )


def test_quiet_hours_over_midnight() -> None:
    """From either side of midnight they end the same morning; outside there are none."""
    quiet = Hours(time(22), time(7))
    assert quiet_until(london(24, 23), quiet, LONDON) == london(25, 7)
    assert quiet_until(london(25, 6, 59), quiet, LONDON) == london(25, 7)
    assert quiet_until(london(25, 7), quiet, LONDON) is None
    assert quiet_until(london(24, 21, 59), quiet, LONDON) is None
    assert quiet_until(london(24, 12), None, LONDON) is None
    assert quiet_until(london(24, 12), Hours(time(7), time(7)), LONDON) is None


def test_quiet_hours_end_by_the_clock_on_the_wall() -> None:
    """In the night of the shift they are an hour longer, and end at seven all the same."""
    quiet = Hours(time(22), time(7))
    assert quiet_until(london(24, 23, month=10), quiet, LONDON) == london(25, 7, month=10)
    assert london(25, 7, month=10) - london(24, 22, month=10) == timedelta(hours=10)


@settings(max_examples=100, deadline=None)
@given(at=_moments, begins=_clock, ends=_clock, zone=_zones)
def test_quiet_hours_always_end_within_a_day_or_so(
    at: datetime, begins: time, ends: time, zone: ZoneInfo
) -> None:
    """Their end is ahead and never further than a day and an hour."""
    end = quiet_until(at, Hours(begins, ends), zone)
    if end is not None:
        assert timedelta() < end - at <= timedelta(hours=25)
        assert quiet_until(end, Hours(begins, ends), zone) is None


@settings(max_examples=200, deadline=None)
@given(
    pairs=st.lists(st.tuples(_moments, st.integers(-3600, 30 * 24 * 3600)), max_size=8),
    week=_weeks,
    zone=_zones,
)
def test_many_waits_are_told_as_each_alone(
    pairs: list[tuple[datetime, int]], week: tuple[Hours | None, ...], zone: ZoneInfo
) -> None:
    """Laid out once for all of them, the hours between two moments are the same."""
    waited = [
        (begin.replace(microsecond=0), begin.replace(microsecond=0) + timedelta(seconds=seconds))
        for begin, seconds in pairs
    ]
    alone = Counter(business_minutes(begin, end, week, zone) for begin, end in waited)
    assert waits(waited, week, zone) == alone
