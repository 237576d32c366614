"""What happens once a day happens once for each local date, daylight saving and all."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.daily import last_turn, moment_on, next_turn, turn_before

LONDON = ZoneInfo("Europe/London")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00")


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-11-24T16:59:59", "2026-11-24T17:00:00"),
        ("2026-11-24T17:00:00", "2026-11-25T17:00:00"),
        ("2026-07-01T15:59:00", "2026-07-01T16:00:00"),
        # The clocks change between the two.
        ("2026-10-24T16:30:00", "2026-10-25T17:00:00"),
        ("2026-03-28T17:30:00", "2026-03-29T16:00:00"),
    ],
)
def test_the_next_five_in_the_afternoon(now: str, due: str) -> None:
    """Local clocks show five, whatever UTC is."""
    assert next_turn(utc(now), time(17), LONDON).at == utc(due)


@pytest.mark.parametrize(
    ("zone", "day", "at", "due"),
    [
        ("Europe/London", "2026-03-29", "01:30", "2026-03-29T01:00:00"),
        ("Europe/London", "2026-03-29", "01:00", "2026-03-29T01:00:00"),
        ("Europe/London", "2026-03-29", "00:59", "2026-03-29T00:59:00"),
        ("America/New_York", "2026-03-08", "02:59", "2026-03-08T07:00:00"),
        # Half an hour, on an island; and clocks that jump over midnight.
        ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:30:00"),
        ("America/Sao_Paulo", "2018-11-04", "00:20", "2018-11-04T03:00:00"),
        ("America/Toronto", "1919-03-30", "23:45", "1919-03-31T04:30:00"),
    ],
)
def test_a_time_that_does_not_exist_comes_right_after_the_gap(
    zone: str, day: str, at: str, due: str
) -> None:
    """In spring the first instant after the gap takes the place of what clocks skip."""
    found = moment_on(date.fromisoformat(day), time.fromisoformat(at), ZoneInfo(zone))
    assert found == utc(due)


@pytest.mark.parametrize(
    ("zone", "day", "at", "due"),
    [
        ("Europe/London", "2026-10-25", "01:30", "2026-10-25T00:30:00"),
        ("America/New_York", "2026-11-01", "01:00", "2026-11-01T05:00:00"),
        ("Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45:00"),
    ],
)
def test_a_time_that_comes_twice_counts_the_first_time(
    zone: str, day: str, at: str, due: str
) -> None:
    """In autumn the summary comes at the first of the two, and not again at the second."""
    here, local = ZoneInfo(zone), time.fromisoformat(at)
    turn = next_turn(utc(due) - timedelta(minutes=1), local, here)
    assert (turn.day.isoformat(), turn.at) == (day, utc(due))
    assert next_turn(turn.at, local, here).day == turn.day + timedelta(days=1)
    assert last_turn(turn.at + timedelta(hours=3), local, here) == turn


def test_a_date_that_never_was_has_no_turn() -> None:
    """Samoa went from the 29th to the 31st of December 2011."""
    apia = ZoneInfo("Pacific/Apia")
    assert moment_on(date(2011, 12, 30), time(9), apia) is None
    first = last_turn(moment_on(date(2011, 12, 29), time(9), apia) or utc(""), time(9), apia)
    following = next_turn(first.at, time(9), apia)
    assert (first.day, following.day) == (date(2011, 12, 29), date(2011, 12, 31))
    assert turn_before(following, time(9), apia) == first


ZONES = [
    "Europe/London",
    "America/New_York",
    "America/Sao_Paulo",
    "Africa/Cairo",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Asia/Tokyo",
    "Asia/Kathmandu",
]


@pytest.mark.parametrize("zone", ZONES)
@given(
    day=st.dates(date(2011, 12, 1), date(2027, 1, 1)),
    at=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)
def test_every_local_date_has_its_one_turn(zone: str, day: date, at: time) -> None:
    """Never twice for one date, no date left out but one that never was."""
    here = ZoneInfo(zone)
    turns = [next_turn(datetime.combine(day, time(), tzinfo=UTC), at, here)]
    for _ in range(5):
        turns.append(next_turn(turns[-1].at, at, here))
    for earlier, later in pairwise(turns):
        assert last_turn(later.at - timedelta(seconds=1), at, here) == earlier
        assert turn_before(later, at, here) == earlier
        assert timedelta(hours=22) <= later.at - earlier.at <= timedelta(hours=26)
        ahead = (later.day - earlier.day).days
        assert ahead == 1 or (zone == "Pacific/Apia" and ahead == 2)
