"""Greenroom as its own process with the stage's timings: `python -m tests.quick_bot`.

What `bot.py run` does, but with the environment alone (no .env) and scaled timers, so that
a kill lands within every step of the work. The clock alone may be moved: by as many seconds as
the file says that QUICK_BOT_CLOCK names.
"""

import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from commands.logs import set_up_logs
from commands.run import StopSignal, ended
from commands.wiring.greenroom import Greenroom
from errors import GreenroomError
from settings import read_settings
from storage.db.database import Database
from storage.db.postgres import PostgresDatabase
from storage.db.sqlite import SqliteDatabase
from tests.stage import quick, tell_facts


def main() -> int:
    """Run until told to stop."""
    if "QUICK_BOT_CLOCK" in os.environ:
        move_clock(Path(os.environ["QUICK_BOT_CLOCK"]))
    settings = read_settings(os.environ)
    set_up_logs(settings.log_level)
    stop = StopSignal()
    greenroom = Greenroom(settings, timings=quick(model_deadline=timedelta(seconds=4)))
    try:
        room = greenroom.open()
        tell_facts(room.db, room.now())
        greenroom.start()
        print("ready", flush=True)
        stop.wait()
    except GreenroomError as refusal:
        print(refusal.for_person(), file=sys.stderr, flush=True)
        return 1
    finally:
        greenroom.stop()
    return ended(0)


def move_clock(off_by: Path) -> None:
    """Let the database's clock be off by what the file says, read anew each time."""

    def now(self: Database) -> datetime:  # noqa: ARG001 - its name is the signature
        seconds = float(off_by.read_text()) if off_by.exists() else 0.0
        return datetime.now(UTC) + timedelta(seconds=seconds)

    for engine in (SqliteDatabase, PostgresDatabase):
        engine.now = now  # type: ignore[method-assign]


if __name__ == "__main__":
    sys.exit(main())
