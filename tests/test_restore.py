"""`bot.py restore FILE`: going back to a backup, as a person does it."""

import os
import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from sandbox.room import PracticeRoom
from storage.db import key_values, side_files
from storage.open import lock_for_one_process, open_database
from storage.schema.migrations import STEPS
from tests.stage import Stage, open_stage, practice_settings, shown, until
from tests.storm.process import Process, environment
from tests.test_commands import Ended, bot, one_sentence

NAME = "stage.db"
NONE_LEFT = (f"{NAME}-wal", f"{NAME}-shm", f"{NAME}-journal", f"{NAME}.restoring")


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[dict[str, str]]:
    with PracticeRoom() as room:
        yield practice_settings(room, tmp_path)


def url(folder: Path) -> str:
    return f"sqlite:///{folder / NAME}"


def write(folder: Path, word: str, name: str = NAME) -> None:
    db = open_database(f"sqlite:///{folder / name}")
    with db.write() as tx:
        key_values.set_value(tx, "word", word)
    db.close()


def word(file: Path) -> str | None:
    db = open_database(f"sqlite:///{file}")
    with db.read() as tx:
        found = key_values.value(tx, "word")
    db.close()
    return found


def with_backup(folder: Path, settings: dict[str, str]) -> Path:
    """Make a database, its backup, and change it after that; return the backup."""
    write(folder, "then")
    copy = folder / "copy.db"
    assert bot("backup", str(copy), folder=folder, environment=settings).returncode == 0
    write(folder, "now")
    return copy


def kept(folder: Path) -> list[Path]:
    return sorted(folder.glob("stage.replaced-*.db"))


def refused(ended: Ended, folder: Path) -> str:
    """Return the sentence of a refusal, after which all is as it was."""
    assert ended.returncode == 1, ended.stdout
    assert not kept(folder)
    assert not (folder / f"{NAME}.restoring").exists()
    return one_sentence(ended)


def test_a_backup_takes_the_databases_place(tmp_path: Path, settings: dict[str, str]) -> None:
    """What was there is kept, everything for the owner alone, and nothing is left beside it."""
    copy = with_backup(tmp_path, settings)
    (tmp_path / NAME).chmod(0o644)
    ended = bot("restore", "copy.db", folder=tmp_path, environment=settings)
    assert ended.returncode == 0, ended.stderr
    assert not [name for name in NONE_LEFT if (tmp_path / name).exists()]
    (old,) = kept(tmp_path)
    assert str(old) in ended.stdout
    assert [file.stat().st_mode & 0o777 for file in (tmp_path / NAME, old)] == [0o600] * 2
    assert word(tmp_path / NAME) == "then"
    assert word(old) == "now"
    assert copy.is_file()


def test_killed_restored_and_started_again(empty_stage: Stage) -> None:
    """The log of the killed process goes with the old database, and Greenroom starts on the backup."""
    stage = empty_stage
    with (stage.folder / "log").open("wb") as log:
        process = Process(environment(stage), log)
        assert process.wait_until_ready()
        stage.card_with(stage.mention(), "Approve")
        copied = bot("backup", "copy.db", folder=stage.folder, environment=settings_of(stage))
        assert copied.returncode == 0, copied.stderr
        post = stage.mention("do you have oat milk?", author="ruth")
        stage.card_with(post, "Approve")
        process.kill()
    assert (stage.folder / f"{NAME}-wal").stat().st_size
    ended = bot("restore", "copy.db", folder=stage.folder, environment=settings_of(stage))
    assert ended.returncode == 0, ended.stderr
    (old,) = kept(stage.folder)
    assert old.with_name(f"{old.name}-wal").stat().st_size
    stage.open()

    def answered() -> bool:
        # The card that stood there before is drawn anew once the post is known again.
        card = stage.card(post)
        if card is not None and "Approve" in shown(card):
            stage.do("click", ts=card["ts"], text="Approve", member=stage.maya)
        return bool(stage.replies_to(post))

    until(answered, "the post that the backup did not know is caught and answered")
    keys = [m["metadata"]["event_payload"]["key"] for m in stage.messages() if m.get("metadata")]
    assert keys.count(f"card:{post}") == 1, "its card is found where it stood"
    with closing(sqlite3.connect(old)) as before:
        assert before.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert before.execute("SELECT 1 FROM mentions WHERE id = ?", [post]).fetchone()


def test_put_in_place_by_hand_beside_a_killed_ones_log(empty_stage: Stage) -> None:
    """The old way: the start moves the log aside, tells it, and works on what was put there."""
    stage = empty_stage
    with (stage.folder / "log").open("wb") as log:
        process = Process(environment(stage), log)
        assert process.wait_until_ready()
        stage.card_with(stage.mention(), "Approve")
        copied = bot("backup", "copy.db", folder=stage.folder, environment=settings_of(stage))
        assert copied.returncode == 0, copied.stderr
        for number in range(30):
            stage.mention(f"is table {number} free tonight?", author=f"guest{number}")
        stage.card_with(stage.mention("do you have oat milk?", author="ruth"), "Approve")
        process.kill()
    copy, place = stage.folder / "copy.db", stage.folder / NAME
    shutil.copyfile(copy, place)
    log_file = place.with_name(f"{NAME}-wal")
    doctor = bot("doctor", folder=stage.folder, environment=settings_of(stage)).stdout
    assert "does not belong to the database beside it" in doctor
    assert log_file.stat().st_size, "doctor changes nothing"
    stage.open()
    assert list(stage.folder.glob(f"{NAME}-wal.set-aside-*"))
    until(
        lambda: any("log of another one" in message["text"] for message in stage.messages()),
        "the channel is told",
    )
    with closing(sqlite3.connect(place)) as now:
        assert now.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def settings_of(stage: Stage) -> dict[str, str]:
    return practice_settings(stage.room, stage.folder)


def test_while_greenroom_runs_it_refuses(tmp_path: Path, settings: dict[str, str]) -> None:
    """The process that runs is named, and what to do."""
    with_backup(tmp_path, settings)
    with lock_for_one_process(url(tmp_path)):
        ended = bot("restore", "copy.db", folder=tmp_path, environment=settings)
    said = refused(ended, tmp_path)
    assert f"(process {os.getpid()}) is running" in said
    assert "Stop it" in said
    assert word(tmp_path / NAME) == "now"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"Dear diary, " * 2000, "is not an SQLite database"),
        (side_files.MAGIC, "is damaged"),
        (side_files.MAGIC + b"\xff" * 9000, "is damaged"),
    ],
)
def test_what_is_no_database_is_refused(
    tmp_path: Path, settings: dict[str, str], content: bytes, words: str
) -> None:
    """Empty, something else, cut off: one sentence, and the database is as it was."""
    write(tmp_path, "now")
    (tmp_path / "copy.db").write_bytes(content)
    ended = bot("restore", "copy.db", folder=tmp_path, environment=settings)
    assert words in refused(ended, tmp_path)
    assert word(tmp_path / NAME) == "now"


def test_a_pipe_is_refused_at_once(tmp_path: Path, settings: dict[str, str]) -> None:
    """What is no file is said to be none; nobody waits for what may come out of it."""
    write(tmp_path, "now")
    os.mkfifo(tmp_path / "copy.db")
    ended = bot("restore", "copy.db", folder=tmp_path, environment=settings)
    assert "is no file" in refused(ended, tmp_path)


def test_the_way_back_can_be_typed_as_it_is_told(tmp_path: Path, settings: dict[str, str]) -> None:
    """A name with spaces stands in quotes."""
    write(tmp_path, "now")
    ended = bot("backup", "on Monday.db", folder=tmp_path, environment=settings)
    assert "`python bot.py restore 'on Monday.db'`" in ended.stdout, ended.stderr


def test_a_torn_backup_is_refused(tmp_path: Path, settings: dict[str, str]) -> None:
    """Its pages are looked at before it takes anybody's place."""
    copy = with_backup(tmp_path, settings)
    whole = bytearray(copy.read_bytes())
    whole[8192:65536] = b"\xff" * (65536 - 8192)
    copy.write_bytes(whole)
    ended = bot("restore", "copy.db", folder=tmp_path, environment=settings)
    assert "is damaged" in refused(ended, tmp_path)
    assert word(tmp_path / NAME) == "now"


def test_a_newer_greenrooms_backup_is_refused(tmp_path: Path, settings: dict[str, str]) -> None:
    """It is not put in place only to be refused by the start."""
    copy = with_backup(tmp_path, settings)
    with closing(sqlite3.connect(copy)) as newer:
        newer.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('greenroom', '9999_newer', '2030-01-01')"
        )
        newer.commit()
    ended = bot("restore", "copy.db", folder=tmp_path, environment=settings)
    assert "A newer Greenroom has written" in refused(ended, tmp_path)


def test_another_programs_database_is_refused(tmp_path: Path, settings: dict[str, str]) -> None:
    """An export, or anything else that is none of ours."""
    write(tmp_path, "now")
    with closing(sqlite3.connect(tmp_path / "copy.db")) as other:
        other.execute("CREATE TABLE recipes (name text)")
    ended = bot("restore", "copy.db", folder=tmp_path, environment=settings)
    assert "none of Greenroom's" in refused(ended, tmp_path)


def test_the_database_itself_and_what_is_not_there(
    tmp_path: Path, settings: dict[str, str]
) -> None:
    """Each is one sentence."""
    write(tmp_path, "now")
    for name, words in (
        (NAME, "is the database itself"),
        ("no.db", "is not there"),
        (".", "folder"),
    ):
        ended = bot("restore", name, folder=tmp_path, environment=settings)
        assert words in refused(ended, tmp_path)


def test_a_disk_that_is_full_leaves_all_as_it_was(tmp_path: Path, settings: dict[str, str]) -> None:
    """The copy that was being made is removed again."""
    with_backup(tmp_path, settings)
    ended = bot("restore", "copy.db", folder=tmp_path, environment=settings, limit=20_000)
    assert "was not put in place" in refused(ended, tmp_path)
    assert word(tmp_path / NAME) == "now"


def test_a_folder_that_only_the_backup_survived(tmp_path: Path, settings: dict[str, str]) -> None:
    """Nothing was there: nothing is kept, and the backup works."""
    with_backup(tmp_path, settings)
    for file in tmp_path.glob(f"{NAME}*"):
        file.unlink()
    ended = bot("restore", "copy.db", folder=tmp_path, environment=settings)
    assert ended.returncode == 0, ended.stderr
    assert "kept in" not in ended.stdout
    assert word(tmp_path / NAME) == "then"


def test_a_linked_database_stays_linked(tmp_path: Path, settings: dict[str, str]) -> None:
    """Where DATABASE_URL names a link, the file behind it is replaced."""
    elsewhere = tmp_path / "volume"
    elsewhere.mkdir()
    (tmp_path / NAME).symlink_to(elsewhere / "real.db")
    with_backup(tmp_path, settings)
    ended = bot("restore", "copy.db", folder=tmp_path, environment=settings)
    assert ended.returncode == 0, ended.stderr
    assert (tmp_path / NAME).is_symlink()
    assert word(elsewhere / "real.db") == "then"
    (old,) = elsewhere.glob("real.replaced-*.db")
    assert word(old) == "now"


def test_a_backup_that_brings_its_own_log(tmp_path: Path, settings: dict[str, str]) -> None:
    """A database that was copied file by file, what was kept by `restore` among them, is whole."""
    write(tmp_path, "now")
    code = (
        "import os, sys; from storage.open import open_database; from storage.db import key_values\n"
        "db = open_database(sys.argv[1])\n"
        "with db.write() as tx: key_values.set_value(tx, 'word', 'in the log')\n"
        "os.kill(os.getpid(), 9)"
    )
    root = Path(__file__).parent.parent
    killed = subprocess.run(
        [str(root / ".venv/bin/python"), "-c", code, f"sqlite:///{tmp_path}/copy.db"],
        cwd=root,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    log = (tmp_path / "copy.db-wal").read_bytes()
    assert log
    ended = bot("restore", "copy.db", folder=tmp_path, environment=settings)
    assert ended.returncode == 0, ended.stderr
    assert word(tmp_path / NAME) == "in the log"
    assert (tmp_path / "copy.db-wal").read_bytes() == log


def test_an_older_greenrooms_backup_is_brought_up_to_date(
    tmp_path: Path, settings: dict[str, str]
) -> None:
    """At the next start, as any older database is."""
    first = Path(__file__).parent / "storage" / "first_release" / "sqlite.sql"
    with closing(sqlite3.connect(tmp_path / "copy.db")) as old:
        old.executescript(first.read_text())
    ended = bot("restore", "copy.db", folder=tmp_path, environment=settings)
    assert ended.returncode == 0, ended.stderr
    open_database(url(tmp_path)).close()
    with closing(sqlite3.connect(tmp_path / NAME)) as now:
        (steps,) = now.execute("SELECT COUNT(*) FROM _sqlite_migrations").fetchone()
    assert steps == len(STEPS)


def test_on_postgres_it_says_what_to_run(tmp_path: Path, settings: dict[str, str]) -> None:
    """The server's own program does it; the address, and its password, is not repeated."""
    more = {**settings, "DATABASE_URL": "postgresql://me:secret@db.example/greenroom"}
    ended = bot("restore", "green.dump", folder=tmp_path, environment=more)
    said = one_sentence(ended)
    assert ended.returncode == 1
    assert "pg_restore" in said
    assert "green.dump" in said
    assert "secret" not in said


def test_killed_between_the_two_files(tmp_path: Path, settings: dict[str, str]) -> None:
    """The new file stands beside the old log: the next start, or the next restore, sees to it."""
    copy = with_backup(tmp_path, settings)
    place = tmp_path / NAME
    (tmp_path / f"{NAME}-wal").write_bytes(b"\x37\x7f\x06\x82" + b"\x00" * 4092)
    shutil.copyfile(copy, place)
    (tmp_path / f"{NAME}.restoring").write_bytes(b"half")
    assert side_files.is_stale(place)
    ended = bot("restore", "copy.db", folder=tmp_path, environment=settings)
    assert ended.returncode == 0, ended.stderr
    assert not [name for name in NONE_LEFT if (tmp_path / name).exists()]
    assert word(place) == "then"


@pytest.fixture
def empty_stage(tmp_path: Path) -> Iterator[Stage]:
    with open_stage(tmp_path) as stage:
        yield stage
