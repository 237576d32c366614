"""A log that lies beside a SQLite file and is another one's is known before SQLite reads it."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from errors import StorageError
from storage.db.backup import back_up
from storage.db.side_files import is_stale, set_stale_aside
from storage.open import open_for_command, open_to_work

ROOT = Path(__file__).parent.parent.parent
#: Writes, is copied, writes more than a log holds, and is killed: its log is left behind.
_LIFE = """
import os, sqlite3, sys
from pathlib import Path
from storage.db import key_values
from storage.db.backup import back_up
from storage.open import open_database
url, copy, how = sys.argv[1:]
db = open_database(url)
def write(name, times):
    for number in range(times):
        with db.write() as tx:
            key_values.set_value(tx, f"{name} {number}", name * 3000)
write("a", 300)
if how == "backup":
    back_up(url, Path(copy))
else:
    with sqlite3.connect(url.removeprefix("sqlite:///")) as here, sqlite3.connect(copy) as there:
        here.backup(there)
write("b", 700)
os.kill(os.getpid(), 9)
"""


def killed(folder: Path, how: str = "backup") -> tuple[Path, Path]:
    """Return a database whose process was killed, and a copy from its midst."""
    place, copy = folder / "greenroom.db", folder / "copy.db"
    words = [sys.executable, "-c", _LIFE, f"sqlite:///{place}", str(copy), how]
    subprocess.run(words, cwd=ROOT, check=False, timeout=120)
    assert place.with_name("greenroom.db-wal").stat().st_size
    return place, copy


def counted(place: Path) -> tuple[int, int, str]:
    """Return how many marks of each half there are, and whether the database is sound."""
    with closing(sqlite3.connect(place)) as db:
        a, b = (
            db.execute("SELECT COUNT(*) FROM marks WHERE name LIKE ?", [f"{name} %"]).fetchone()[0]
            for name in "ab"
        )
        return a, b, db.execute("PRAGMA integrity_check").fetchone()[0]


@pytest.mark.parametrize("how", ["backup", "another program's copy"])
def test_a_copy_put_in_place_is_what_was_copied(tmp_path: Path, how: str) -> None:
    """The killed process's log is moved aside, whole, and named."""
    place, copy = killed(tmp_path, how)
    log = place.with_name("greenroom.db-wal")
    words = log.read_bytes()
    # It is put there a while after the kill.
    os.utime(log, (log.stat().st_mtime - 60,) * 2)
    shutil.copyfile(copy, place)
    db, aside = open_to_work(f"sqlite:///{place}")
    db.close()
    assert (tmp_path / aside[0]).read_bytes() == words
    assert aside[0].startswith("greenroom.db-wal.set-aside-")
    assert counted(place) == (300, 0, "ok")


def test_a_killed_ones_own_log_is_kept(tmp_path: Path) -> None:
    """Also where the whole folder was copied to another machine: nothing committed is lost."""
    place, _ = killed(tmp_path)
    there = tmp_path / "moved"
    there.mkdir()
    for file in tmp_path.glob("greenroom.db*"):
        shutil.copy2(file, there / file.name)
    os.utime(there / "greenroom.db-wal", (1_000_000, 1_000_000))
    for database in (place, there / "greenroom.db"):
        db, aside = open_to_work(f"sqlite:///{database}")
        db.close()
        assert aside == []
        assert counted(database) == (300, 700, "ok")


def test_a_log_without_its_database(tmp_path: Path) -> None:
    """SQLite would throw it away: it is moved aside, and a new database is begun."""
    place, _ = killed(tmp_path)
    words = place.with_name("greenroom.db-wal").read_bytes()
    for content in (None, b""):
        place.unlink()
        if content is not None:
            place.write_bytes(content)
        place.with_name("greenroom.db-wal").write_bytes(words)
        db, aside = open_to_work(f"sqlite:///{place}")
        db.close()
        assert (tmp_path / aside[0]).read_bytes() == words


def test_pages_of_another_size(tmp_path: Path) -> None:
    """The log of a database that is written otherwise."""
    place = tmp_path / "other.db"
    with closing(sqlite3.connect(place)) as db:
        db.execute("PRAGMA page_size=8192")
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("CREATE TABLE t (x)")
    killed_one, _ = killed(tmp_path)
    shutil.copyfile(killed_one.with_name("greenroom.db-wal"), tmp_path / "other.db-wal")
    assert is_stale(place)


def test_shared_memory_alone_is_harmless(tmp_path: Path) -> None:
    """SQLite makes it anew."""
    place, copy = killed(tmp_path)
    place.with_name("greenroom.db-wal").unlink()
    shutil.copyfile(copy, place)
    assert place.with_name("greenroom.db-shm").exists()
    db, aside = open_to_work(f"sqlite:///{place}")
    db.close()
    assert aside == []
    assert counted(place) == (300, 0, "ok")


def test_commands_say_it_and_touch_nothing(tmp_path: Path) -> None:
    """A command may run beside Greenroom: it moves nothing, and reads nothing through such a log."""
    place, copy = killed(tmp_path)
    shutil.copyfile(copy, place)
    before = place.read_bytes(), place.with_name("greenroom.db-wal").read_bytes()
    with pytest.raises(StorageError, match="does not belong") as raised:
        open_for_command(f"sqlite:///{place}")
    assert "restore FILE" in raised.value.advice
    with pytest.raises(StorageError, match="does not belong"):
        back_up(f"sqlite:///{place}", tmp_path / "second.db")
    assert (place.read_bytes(), place.with_name("greenroom.db-wal").read_bytes()) == before


def test_a_running_ones_log_is_its_own(tmp_path: Path) -> None:
    """Commands beside a Greenroom that works open its database as ever."""
    url = f"sqlite:///{tmp_path}/greenroom.db"
    db, _ = open_to_work(url)
    assert not is_stale(tmp_path / "greenroom.db")
    open_for_command(url).close()
    db.close()
    assert set_stale_aside("postgresql://x/y") == []
