"""A copy made while Greenroom works, and going back to it."""

import sqlite3
import subprocess
import sys
from pathlib import Path

from storage.inbox import mentions
from storage.open import open_database
from tests.stage import Stage, practice_settings
from tests.test_commands import BOT, CLEAN


def backup(stage: Stage, file: Path) -> subprocess.CompletedProcess[str]:
    """Run the command with the stage's settings."""
    return subprocess.run(
        [sys.executable, str(BOT), "backup", str(file)],
        cwd=stage.folder,
        env={**CLEAN, **practice_settings(stage.room, stage.folder)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_copy_is_whole_private_and_can_be_gone_back_to(stage: Stage) -> None:
    """Made while posts come in; with it in place Greenroom knows what it knew."""
    post = stage.mention("do you have oat milk?")
    stage.press(stage.card_with(post, "Approve"), "Approve")
    stage.card_with(post, "Answered by")
    copy = stage.folder / "copy.db"
    told = backup(stage, copy)
    assert told.returncode == 0, told.stderr
    assert "the copy is sound" in told.stdout
    assert copy.stat().st_mode & 0o777 == 0o600
    assert sorted(p.name for p in stage.folder.glob("copy.db*")) == ["copy.db"]
    later = stage.mention("and are you open on Sundays?", author="ruth")
    stage.card_with(later, "Approve")
    assert stage.greenroom is not None
    stage.greenroom.stop()
    for beside in stage.folder.glob("stage.db*"):
        beside.unlink()
    copy.rename(stage.folder / "stage.db")

    stage.open()
    stage.card_with(later, "Approve")
    db = open_database(f"sqlite:///{stage.folder / 'stage.db'}")
    with db.read() as tx:
        known = mentions.mention(tx, post)
    db.close()
    assert known is not None
    assert known.state == "answered"
    assert len(stage.replies_to(post)) == 1


def test_a_file_that_is_there_is_left_alone(stage: Stage) -> None:
    """Nobody's file is written over; the refusal is one sentence."""
    there = stage.folder / "mine.txt"
    there.write_text("mine")
    told = backup(stage, there)
    assert told.returncode != 0
    assert "is there already" in told.stderr
    assert "Traceback" not in told.stderr
    assert there.read_text() == "mine"


def test_without_a_database_it_says_so(empty_stage: Stage) -> None:
    """No empty file is left behind."""
    copy = empty_stage.folder / "copy.db"
    told = backup(empty_stage, copy)
    assert "There is no database" in told.stderr
    assert not copy.exists()


def test_a_copy_is_what_the_file_was(stage: Stage) -> None:
    """Table by table the same rows."""
    stage.card_with(stage.mention("are you open?"), "Approve")
    assert stage.greenroom is not None
    stage.greenroom.stop()
    copy = stage.folder / "copy.db"
    assert backup(stage, copy).returncode == 0
    assert dump(copy) == dump(stage.folder / "stage.db")


def dump(path: Path) -> list[str]:
    """Return the statements that make a database anew."""
    with sqlite3.connect(path) as connection:
        return sorted(line for line in connection.iterdump() if "sqlite_sequence" not in line)
