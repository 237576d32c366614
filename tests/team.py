"""The team's settings, changed under a Greenroom that runs, and work that is due sooner."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from domain import Hours, JobKind
from storage import jobs
from storage.team_settings import set_team_setting
from tests.stage import Stage
from work.room import Room

#: Business hours that never end, so that tests do not depend on the time of day.
ALWAYS = (Hours(time(0), time(0)),) * 7


def room_of(stage: Stage) -> Room:
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


def thread_of(stage: Stage, card: dict[str, Any]) -> list[str]:
    """Return what stands in a card's thread."""
    return [m["text"] for m in stage.messages() if m["thread_ts"] == card["ts"]]
