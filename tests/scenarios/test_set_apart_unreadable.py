"""A job of any kind that meets a text too long to read three times is set apart and told."""

from datetime import UTC, datetime, timedelta
from typing import cast

import pytest

from domain import JobKind
from errors import ReadTooLong
from jobs.engine.context import JobContext
from jobs.engine.set_apart import set_apart
from jobs.engine.worker import Worker, WorkerPool
from storage.inbox import replies
from storage.queue import jobs, suspects
from storage.queue.jobs import Job
from tests.scenarios.test_after_restore import sends
from tests.stage import Stage, quick, until
from tests.team import room_of

#: Kinds that Greenroom's own pools leave to ours.
ENDLESS, SHORT = cast("JobKind", "endless"), cast("JobKind", "short")


def test_what_is_too_long_to_read_three_times_is_set_apart_and_told(empty_stage: Stage) -> None:
    """The channel hears the cause once, and what comes after it is done."""
    stage = empty_stage
    stage.open(quick(apart_least=timedelta(hours=1), apart_most=timedelta(hours=1)))
    room = room_of(stage)
    tried: list[int] = []
    done: list[str] = []

    def endless(job: Job, room: JobContext) -> None:
        del room
        tried.append(job.attempts)
        raise ReadTooLong

    def short(job: Job, room: JobContext) -> None:
        with room.finishing(job):
            done.append(job.key)

    worker = Worker(
        room, {ENDLESS: endless, SHORT: short}, (WorkerPool("reading", (ENDLESS, SHORT), 1),)
    )
    worker.start()
    try:
        with room.db.write() as tx:
            jobs.add_job(tx, ENDLESS, key="endless", due_at=datetime.now(UTC))
        until(lambda: _told(stage, "Three times a text took too long to read"), "it is told")
        with room.db.write() as tx:
            jobs.add_job(tx, SHORT, key="short", due_at=datetime.now(UTC))
        until(lambda: done == ["short"], "the next job is done")
    finally:
        worker.stop()
    assert tried == [1, 2, 3]
    assert len(_told(stage, "took too long to read")) == 1
    assert not _told(stage, "stopped three times")
    with room.db.read() as tx:
        assert [job.key for job, _ in suspects.set_apart(tx)] == ["endless"]


@pytest.mark.parametrize("too_long", [True, False])
def test_the_card_of_a_reply_that_did_not_go_says_why(empty_stage: Stage, too_long: bool) -> None:
    """Its sentence is true for the cause: a text too long to read, or a process that died."""
    stage = empty_stage
    stage.open(UNDO_SECONDS="600")
    post = stage.mention()
    stage.press(stage.card_with(post, "Approve"), "Approve")
    stage.card_with(post, "Undo")
    room = room_of(stage)
    with room.db.write() as tx:
        reply = replies.reply_of(tx, post)
        assert reply is not None
        job = jobs.job(tx, f"send:{reply.decision_id}")
        assert job is not None
        set_apart(tx, room, suspects.given_up(tx, job), too_long=too_long)
    told = "a text took too long to read" if too_long else "Greenroom stopped three times"
    stage.card_with(post, told)
    assert not sends(stage)


def _told(stage: Stage, words: str) -> list[str]:
    return [each["text"] for each in stage.messages() if words in each["text"]]
