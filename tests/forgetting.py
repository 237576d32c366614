"""What tests of forgetting do and see: a sweep at once, the file's values, a command of bot.py."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from domain import MentionState
from storage.inbox import mentions
from storage.queue import jobs
from tests.stage import Stage, practice_settings
from tests.storm.process import ROOT
from tests.team import room_of


def sweep_now(stage: Stage) -> None:
    """Have the daily sweep begin."""
    room = room_of(stage)
    with room.db.write() as tx:
        jobs.make_due(tx, ["sweep", "retention"], room.now())
    room.nudge()


def state(stage: Stage, post: str) -> MentionState | None:
    with room_of(stage).db.read() as tx:
        found = mentions.mention(tx, post)
    return found.state if found else None


def everything(path: Path) -> str:
    """Return every value of every table, as a thief of the file would read it."""
    with closing(sqlite3.connect(path)) as db:
        return "\n".join(line for line in db.iterdump() if not line.startswith("CREATE"))


def holding(path: Path, word: str) -> list[str]:
    """Return the rows that hold a word: what the business itself told holds it from the start."""
    return [line for line in everything(path).splitlines() if word in line.casefold()]


def bot(stage: Stage, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command of bot.py with the stage's settings."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, str(ROOT / "bot.py"), *arguments],
        cwd=stage.folder,
        env={
            **kept,
            "PYTHONPATH": str(ROOT),
            **practice_settings(stage.room, stage.folder, **environment),
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
