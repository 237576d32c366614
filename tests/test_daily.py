"""What happens once a day happens once for each local date, daylight saving and all."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from work.daily import next_daily

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-11-24T16:59:59+00:00", "2026-11-24T17:00:00+00:00"),
        ("2026-11-24T17:00:00+00:00", "2026-11-25T17:00:00+00:00"),
        ("2026-07-01T15:59:00+00:00", "2026-07-01T16:00:00+00:00"),
        # The clocks change between the two.
        ("2026-10-24T16:30:00+00:00", "2026-10-25T17:00:00+00:00"),
        ("2026-03-28T17:30:00+00:00", "2026-03-29T16:00:00+00:00"),
    ],
)
def test_the_next_five_in_the_afternoon(now: str, due: str) -> None:
    """Local clocks show five, whatever UTC is."""
    found = next_daily(datetime.fromisoformat(now), time(17), LONDON)
    assert found == datetime.fromisoformat(due)


@pytest.mark.parametrize(
    "zone", ["Europe/London", "America/New_York", "Pacific/Apia", "Asia/Tokyo"]
)
@given(
    day=st.dates(date(2011, 12, 1), date(2027, 1, 1)),
    at=st.times().map(lambda at: at.replace(microsecond=0)),
)
def test_every_local_date_has_its_turn(zone: str, day: date, at: time) -> None:
    """Never twice for one date, no date left out but one that never was."""
    here = ZoneInfo(zone)
    moments = [datetime.combine(day, time(), tzinfo=UTC)]
    for _ in range(5):
        moments.append(next_daily(moments[-1], at, here))
    for earlier, later in pairwise(moments[1:]):
        assert (
            timedelta(hours=22) <= later - earlier <= timedelta(hours=26) or zone == "Pacific/Apia"
        )
    dates = [moment.astimezone(here).date() for moment in moments[1:]]
    assert len(set(dates)) == len(dates)
