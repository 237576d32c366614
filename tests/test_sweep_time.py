"""When what waits is looked up again: late in X's day, when most of it is free."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jobs.upkeep.sweep import next_sweep

_MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds it


@given(_MOMENTS)
def test_the_next_sweep_is_within_a_day_and_late_in_xs_own(now: datetime) -> None:
    """X bills a post once a UTC day, and asks that what is gone follows within 24 hours."""
    due = next_sweep(now)
    assert now < due <= now + timedelta(days=1)
    assert (due.hour, due.minute) == (22, 45)
