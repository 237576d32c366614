"""What a person reads when the SQLite file cannot be used, and that nothing is lost by it."""

import os
import shutil
import sqlite3
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from errors import StorageError
from storage.db import key_values
from storage.db.database import Database
from storage.db.sqlite import SqliteDatabase
from storage.open import lock_for_one_process, open_database
from storage.schema.migrations import apply_to_sqlite
from tests.storage.racing import in_thread

NOBODY = 65534


def url_of(path: Path) -> str:
    return f"sqlite:///{path}"


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@contextmanager
def as_nobody() -> Iterator[None]:
    """Lose root's rights for a moment, where the tests run as root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.parametrize("content", [b"hello", b"Dear diary, " * 2000])
def test_a_file_that_is_not_a_database(tmp_path: Path, content: bytes) -> None:
    """The sentence names the file, and the file is left as it was."""
    path = tmp_path / "diary.db"
    path.write_bytes(content)
    with pytest.raises(StorageError, match=r"diary\.db is not an SQLite database"):
        open_database(url_of(path))
    assert path.read_bytes() == content


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    """The sentence names the folder."""
    with pytest.raises(StorageError, match="nowhere for the database does not exist"):
        open_database(url_of(tmp_path / "nowhere" / "greenroom.db"))


def test_a_folder_in_the_files_place(tmp_path: Path) -> None:
    """The sentence says what it is."""
    with pytest.raises(StorageError, match="is a folder"):
        open_database(url_of(tmp_path))


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may enter, which pytest's own is not."""
    with tempfile.TemporaryDirectory(prefix="greenroom-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def use(path: Path) -> None:
    """Open a database and write into it."""
    db = open_database(url_of(path))
    try:
        with db.write() as tx:
            key_values.set_value(tx, "a", "1")
    finally:
        db.close()


def refused_to_nobody(path: Path) -> StorageError:
    with as_nobody(), pytest.raises(StorageError) as raised:
        use(path)
    assert "Let the account that runs Greenroom" in raised.value.advice
    return raised.value


def test_a_file_that_may_not_be_read(open_folder: Path) -> None:
    """The sentence says that it cannot be opened, and the advice what to do."""
    path = open_folder / "locked.db"
    open_database(url_of(path)).close()
    path.chmod(0)
    assert "cannot be opened" in refused_to_nobody(path).sentence


def test_a_file_that_may_only_be_read(open_folder: Path) -> None:
    """The sentence says that it cannot be written."""
    path = open_folder / "theirs.db"
    open_database(url_of(path)).close()
    path.chmod(0o444)
    open_folder.chmod(0o555)
    assert refused_to_nobody(path).sentence
    open_folder.chmod(0o755)


def test_a_folder_that_may_not_be_entered(open_folder: Path) -> None:
    """Not even looking for the file is possible, and that is a sentence too."""
    inside = open_folder / "closed"
    inside.mkdir(mode=0)
    assert "Permission denied" in refused_to_nobody(inside / "greenroom.db").sentence


def test_a_folder_that_may_not_be_written(open_folder: Path) -> None:
    """A new database cannot be made there."""
    open_folder.chmod(0o555)
    assert "Permission denied" in refused_to_nobody(open_folder / "greenroom.db").sentence
    open_folder.chmod(0o755)


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:///:memory:",
        "sqlite://greenroom.db",
        "sqlite:///",
        "mysql://me:secret@host/db",
        "greenroom.db",
    ],
)
def test_an_address_of_another_kind(url: str) -> None:
    """The sentence shows what an address looks like and does not repeat a password."""
    with pytest.raises(StorageError) as raised:
        open_database(url)
    assert "sqlite:///greenroom.db" in raised.value.advice
    assert "secret" not in str(raised.value)


def test_a_relative_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three slashes name a file in the working folder; %20 is a space."""
    monkeypatch.chdir(tmp_path)
    open_database("sqlite:///our%20green.db").close()
    assert (tmp_path / "our green.db").is_file()


def test_only_the_owner_may_read_the_files(tmp_path: Path) -> None:
    """Database, log and shared memory are 0600 from the first moment, whatever the umask."""
    path = tmp_path / "private.db"
    before = os.umask(0)
    try:
        db = open_database(url_of(path))
    finally:
        os.umask(before)
    with db.write() as tx:
        key_values.set_value(tx, "a", "1")
    names = ("private.db", "private.db-wal", "private.db-shm")
    assert [mode_of(tmp_path / name) for name in names] == [0o600] * 3
    db.close()


def test_a_file_that_others_may_read_is_narrowed(tmp_path: Path) -> None:
    """A database from before, or copied in, becomes 0600 at the start."""
    path = tmp_path / "wide.db"
    open_database(url_of(path)).close()
    path.chmod(0o644)
    db = open_database(url_of(path))
    assert mode_of(path) == 0o600
    db.close()


def fill(db: Database, letters: int) -> None:
    """Store a long text in a new row."""
    with db.write() as tx:
        row = tx.one("SELECT COUNT(*) AS marks FROM marks")
        assert row is not None
        key_values.set_value(tx, f"mark {row['marks']}", "x" * letters)


def count(db: Database) -> int:
    with db.read() as tx:
        row = tx.one("SELECT COUNT(*) AS marks FROM marks")
    assert row is not None
    return int(row["marks"])


def test_a_full_database_loses_nothing(tmp_path: Path) -> None:
    """The write that finds no room is refused whole; what was there stays, and more fits later."""
    db = open_database(url_of(tmp_path / "full.db"))
    fill(db, 10)
    with db.read() as tx:
        pages = tx.query("PRAGMA page_count")[0]["page_count"]
        tx.query(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(StorageError, match="is full"):
        fill(db, 200_000)
    assert count(db) == 1
    with db.read() as tx:
        tx.query("PRAGMA max_page_count = 100000")
    fill(db, 200_000)
    assert count(db) == 2
    db.close()


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte, where the tests may mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    done = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)],
        capture_output=True,
        check=False,
    )
    if not done or done.returncode:
        pytest.skip("no file system can be mounted here; the page limit test stands for this one")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_loses_nothing(tiny_disk: Path) -> None:
    """On a truly full disk each write is refused with one sentence, and reading goes on."""
    db = open_database(url_of(tiny_disk / "greenroom.db"))
    stored = 0
    with pytest.raises(StorageError) as raised:  # noqa: PT012
        while stored < 200:
            fill(db, 20_000)
            stored += 1
    assert "disk" in raised.value.sentence
    assert count(db) == stored > 0
    db.close()


def test_a_disk_that_may_only_be_read(tiny_disk: Path) -> None:
    """A container with a read-only root: the sentence says so, and where a database may lie."""
    remount = ["mount", "-o", "remount,ro", str(tiny_disk)]
    if subprocess.run(remount, capture_output=True, check=False).returncode:
        pytest.skip("nothing can be mounted read-only here")
    for start in (lock_for_one_process, open_database):
        with pytest.raises(StorageError, match="Read-only file system") as raised:
            start(url_of(tiny_disk / "greenroom.db"))
        assert "DATABASE_URL" in raised.value.advice


def test_a_disk_that_is_full_at_the_start(tiny_disk: Path) -> None:
    """A first start without room says so."""
    subprocess.run(
        ["dd", "if=/dev/zero", f"of={tiny_disk}/ballast", "bs=4k"], capture_output=True, check=False
    )
    with pytest.raises(StorageError, match="disk"):
        open_database(url_of(tiny_disk / "greenroom.db"))


def test_another_program_that_keeps_writing(tmp_path: Path) -> None:
    """After its patience a write says who is in the way; reading goes on, and later writing too."""
    path = tmp_path / "busy.db"
    db = SqliteDatabase.open(path, apply_to_sqlite, patience=0.1)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageError, match="held by another program"):
        fill(db, 1)
    assert count(db) == 0
    other.execute("COMMIT")
    other.close()
    fill(db, 1)
    db.close()


def test_a_thread_that_keeps_writing(tmp_path: Path) -> None:
    """After its patience another thread's write says that the database was busy."""
    db = SqliteDatabase.open(tmp_path / "busy.db", apply_to_sqlite, patience=0.1)

    def write() -> None:
        fill(db, 1)

    with db.write(), pytest.raises(StorageError, match=r"was busy for 0\.1 seconds"):
        in_thread(write)
    in_thread(write)
    db.close()


def test_a_damaged_file(tmp_path: Path) -> None:
    """A database whose pages are torn is called damaged, not something else."""
    path = tmp_path / "torn.db"
    db = open_database(url_of(path))
    fill(db, 50_000)
    db.close()
    whole = bytearray(path.read_bytes())
    whole[4096:40960] = b"\xff" * (40960 - 4096)
    path.write_bytes(whole)
    with pytest.raises(StorageError, match="damaged"):
        fill(open_database(url_of(path)), 1)
