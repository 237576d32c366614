"""A clock that was wrong and is set right: nothing waits until it is that late again."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.moved_clock import MovedDatabase, open_at
from tests.stage import Stage


@pytest.mark.parametrize("hours", [1, -1])
def test_an_approved_reply_goes_out_when_the_clock_is_set_right(
    empty_stage: Stage, hours: int
) -> None:
    """Approved while the clock was an hour off, it is sent once, and the card says so."""
    greenroom = open_at(empty_stage, datetime.now(UTC), UNDO_SECONDS="1")
    clock = greenroom.room.db
    assert isinstance(clock, MovedDatabase)
    clock.set_clock(ahead=timedelta(hours=hours))
    post = empty_stage.mention()
    empty_stage.press(empty_stage.card_with(post, "Approve"), "Approve")
    empty_stage.card_with(post, "Undo")
    clock.set_clock(ahead=timedelta())
    empty_stage.reply_to(post)
    empty_stage.card_with(post, "Answered by")


def test_what_a_wrong_clock_put_off_is_done_after_a_restart(empty_stage: Stage) -> None:
    """The time is written down, so that the next start knows that it was wrong."""
    greenroom = open_at(empty_stage, datetime.now(UTC) + timedelta(hours=1), UNDO_SECONDS="5")
    post = empty_stage.mention()
    empty_stage.press(empty_stage.card_with(post, "Approve"), "Approve")
    empty_stage.card_with(post, "Undo")
    greenroom.stop()
    open_at(empty_stage, datetime.now(UTC), UNDO_SECONDS="5")
    empty_stage.reply_to(post, seconds=25)
