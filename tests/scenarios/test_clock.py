"""A clock that was wrong and is set right: nothing waits until it is that late again."""

from datetime import UTC, datetime, timedelta

import pytest

from jobs.engine.clock_watch import CLOCK_SEEN
from storage.db.key_values import value
from storage.db.values import read_time
from storage.queue import jobs
from storage.queue.enqueue import enqueue_suggestions
from tests.moved_clock import MovedDatabase, open_at
from tests.stage import Stage, until
from tests.team import due_within, end_undo


@pytest.mark.parametrize("hours", [1, -1])
def test_an_approved_reply_goes_out_when_the_clock_is_set_right(
    empty_stage: Stage, hours: int
) -> None:
    """Approved while the clock was an hour off, it is sent once, and the card says so."""
    greenroom = open_at(empty_stage, datetime.now(UTC), UNDO_SECONDS="60")
    clock = greenroom.room.db
    assert isinstance(clock, MovedDatabase)
    clock.set_clock(ahead=timedelta(hours=hours))
    post = empty_stage.mention()
    empty_stage.press(empty_stage.card_with(post, "Approve"), "Approve")
    empty_stage.card_with(post, "Undo")
    clock.set_clock(ahead=timedelta())
    due_within(empty_stage, post, timedelta(minutes=2))
    end_undo(empty_stage, post)
    empty_stage.reply_to(post)
    empty_stage.card_with(post, "Answered by")


def test_what_a_wrong_clock_put_off_is_done_after_a_restart(empty_stage: Stage) -> None:
    """The time is written down, so that the next start knows that it was wrong."""
    greenroom = open_at(empty_stage, datetime.now(UTC) + timedelta(hours=1), UNDO_SECONDS="60")
    post = empty_stage.mention()
    empty_stage.press(empty_stage.card_with(post, "Approve"), "Approve")
    empty_stage.card_with(post, "Undo")
    greenroom.stop()
    open_at(empty_stage, datetime.now(UTC), UNDO_SECONDS="60")
    due_within(empty_stage, post, timedelta(minutes=2))
    end_undo(empty_stage, post)
    empty_stage.reply_to(post)


def test_what_was_begun_with_the_wrong_time_and_stored_later_is_done_too(
    empty_stage: Stage,
) -> None:
    """A poll that took an hour too late a time commits after the clock was set right."""
    greenroom = open_at(empty_stage, datetime.now(UTC))
    clock = greenroom.room.db
    assert isinstance(clock, MovedDatabase)
    empty_stage.card_with(empty_stage.mention(), "Approve")
    clock.set_clock(ahead=timedelta(hours=1))
    until(lambda: noted(clock) > datetime.now(UTC) + timedelta(minutes=30), "the jump is noted")
    until(lambda: is_wrong(due(clock, "listen:mentions")), "a poll is due by the wrong time")
    clock.set_clock(ahead=timedelta())
    until(lambda: not is_wrong(due(clock, "listen:mentions")), "it is brought forward")
    wrong = datetime.now(UTC) + timedelta(hours=1)
    with clock.write() as tx:
        enqueue_suggestions(tx, "7", at=wrong)
    # The mention is none: done, the job is gone.
    until(lambda: due(clock, "suggest:7") is None, "it is done")


def is_wrong(at: datetime | None) -> bool:
    return at is not None and at > datetime.now(UTC) + timedelta(minutes=30)


def noted(clock: MovedDatabase) -> datetime:
    with clock.read() as tx:
        return read_time(value(tx, CLOCK_SEEN) or "2000-01-01T00:00:00Z")


def due(clock: MovedDatabase, key: str) -> datetime | None:
    with clock.read() as tx:
        found = jobs.job(tx, key)
    return found.due_at if found else None
