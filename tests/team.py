"""The team's settings, changed under a Greenroom that runs, and work that is due sooner."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from domain import Hours, JobKind, ReplyState
from jobs.engine.context import JobContext
from storage.inbox import replies
from storage.queue import jobs
from storage.team.team_settings import set_team_setting
from tests.stage import Stage, until

#: Business hours that never end, so that tests do not depend on the time of day.
ALWAYS = (Hours(time(0), time(0)),) * 7


def room_of(stage: Stage) -> JobContext:
    """Return the room of the Greenroom that runs on the stage."""
    assert stage.greenroom is not None
    return stage.greenroom.room


def set_team(stage: Stage, **settings: Any) -> None:
    """Set some of the team's settings, as the Home tab does."""
    room = room_of(stage)
    with room.db.write() as tx:
        for name, value in settings.items():
            set_team_setting(
                tx,
                name,
                value,
                told=("before", "after"),
                member_id=stage.maya,
                member_name="Maya",
                at=room.now(),
            )
    room.team.refresh()


def quiet_now() -> Hours:
    """Return quiet hours around this moment, in UTC."""
    now = datetime.now(UTC)
    return Hours((now - timedelta(hours=1)).time(), (now + timedelta(hours=1)).time())


def hurry(stage: Stage, kind: JobKind, key: str) -> None:
    """Make a job that waits due now."""
    room = room_of(stage)
    with room.db.write() as tx:
        job = jobs.job(tx, key)
        assert job is not None, key
        jobs.add_job(tx, kind, key=key, subject=job.subject, payload=job.payload, due_at=room.now())
    room.nudge()


def due_within(stage: Stage, post: str, moment: timedelta) -> None:
    """Wait until an approved reply is due within a moment."""
    room = room_of(stage)

    def soon() -> bool:
        with room.db.read() as tx:
            reply = replies.last_reply(tx, post)
        return reply is not None and reply.due_at <= room.now() + moment

    until(soon, f"the reply is due within {moment}")


def end_undo(stage: Stage, post: str) -> None:
    """End the time in which an approval can be taken back."""
    room = room_of(stage)
    with room.db.write() as tx:
        reply = replies.last_reply(tx, post)
        assert reply is not None
        state = {ReplyState.APPROVED}
        replies.move_reply(
            tx, reply.id, before=state, to=ReplyState.APPROVED, due_at=min(reply.due_at, room.now())
        )
        jobs.make_due(tx, [JobKind.SEND], room.now())
    room.nudge()


def end_sleep(stage: Stage, post: str) -> None:
    """Let the time come until which a mention sleeps."""
    room = room_of(stage)
    with room.db.write() as tx:
        tx.execute(
            "UPDATE mentions SET snoozed_until = :at WHERE id = :id",
            {"id": post, "at": room.now()},
        )
        jobs.make_due(tx, [JobKind.WAKE], room.now())
    room.nudge()


def thread_of(stage: Stage, card: dict[str, Any]) -> list[str]:
    """Return what stands in a card's thread."""
    return [m["text"] for m in stage.messages() if m["thread_ts"] == card["ts"]]
