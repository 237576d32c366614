"""The waits before the stream is opened again are those that X documents."""

from datetime import UTC, datetime, timedelta

from errors import XPaused, XRateLimited, XUnavailable
from jobs.engine.timings import Timings
from jobs.listening.stream_waits import StreamWaits

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
BROKEN = XUnavailable("X's stream broke off.")
IN_TROUBLE = XUnavailable("X is in trouble (HTTP 503).", status=503)


def waits(error: Exception, times: int) -> list[float]:
    """Return the seconds after each of so many failures in a row."""
    counted = StreamWaits(Timings())
    return [counted.after(error, NOW).total_seconds() for _ in range(times)]


def test_a_broken_line_is_opened_at_once_and_then_a_little_later_each_time() -> None:
    """250 ms more each time, up to 16 s."""
    found = waits(BROKEN, 80)
    assert found[:4] == [0, 0.25, 0.5, 0.75]
    assert found[64:] == [16] * 16


def test_after_trouble_the_wait_doubles() -> None:
    """From 5 s up to 320 s."""
    assert waits(IN_TROUBLE, 9) == [5, 10, 20, 40, 80, 160, 320, 320, 320]


def test_a_rate_limit_waits_a_minute_and_more() -> None:
    """Doubling, and never shorter than X asks for."""
    soon = XRateLimited("Later.", until=NOW + timedelta(seconds=5))
    assert waits(soon, 6) == [60, 120, 240, 480, 960, 960]
    late = XRateLimited("Later.", until=NOW + timedelta(minutes=10))
    assert waits(late, 1) == [600]


def test_without_money_it_is_tried_as_often_as_polling_is() -> None:
    """Every quarter of an hour."""
    assert waits(XPaused("No credit.", why="credits", status=402), 2) == [900, 900]


def test_a_sign_of_life_begins_anew() -> None:
    """Yesterday's trouble does not slow today's next try."""
    counted = StreamWaits(Timings())
    for error in (BROKEN, BROKEN, IN_TROUBLE, IN_TROUBLE):
        counted.after(error, NOW)
    counted.forget()
    assert counted.after(BROKEN, NOW) == timedelta()
    assert counted.after(IN_TROUBLE, NOW) == timedelta(seconds=5)
