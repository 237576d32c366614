"""A clock that is ahead: what people write meanwhile is caught all the same."""

from datetime import UTC, datetime, timedelta

from tests.moved_clock import MovedDatabase, open_at
from tests.stage import Stage, until


def test_posts_of_the_time_that_a_wrong_clock_passed_over_are_caught(empty_stage: Stage) -> None:
    """How far a watch has read is told by X's clock: one that is ahead here skips nobody."""
    greenroom = open_at(empty_stage, datetime.now(UTC) + timedelta(hours=1))
    clock = greenroom.room.db
    assert isinstance(clock, MovedDatabase)
    empty_stage.card_with(empty_stage.mention(), "Approve")
    polls = len(empty_stage.calls("x", "mentions"))
    until(lambda: len(empty_stage.calls("x", "mentions")) > polls + 1, "empty polls have ended")
    clock.set_clock(ahead=timedelta())
    later = empty_stage.mention("do you have oat milk?", author="ruth")
    empty_stage.card_with(later, "Approve")
