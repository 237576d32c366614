"""How many posts a day a query would bring, from the newest that it finds."""

from datetime import UTC, datetime, timedelta

from insights.query_rate import query_rate

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def ago(**span: float) -> datetime:
    return NOW - timedelta(**span)


def test_all_posts_of_the_week_are_a_count() -> None:
    """Eight posts in seven days are rounded up to two a day."""
    rate = query_rate([ago(hours=n * 20) for n in range(8)], more=False, now=NOW)
    assert (rate.found, rate.a_day, rate.counted) == (8, 2, True)


def test_where_x_has_more_the_newest_tell_how_close_together_they_are() -> None:
    """Ten posts in the last hour are 240 a day."""
    rate = query_rate([ago(minutes=6 * n) for n in range(1, 11)], more=True, now=NOW)
    assert (rate.a_day, rate.counted) == (240, False)


def test_nothing_found_brings_nothing() -> None:
    """No posts, no cost."""
    assert query_rate([], more=False, now=NOW).a_day == 0


def test_posts_of_this_second_do_not_make_an_endless_rate() -> None:
    """A burst is taken as a minute long."""
    assert query_rate([NOW] * 10, more=True, now=NOW).a_day == 14_400
