"""Put a backup in the place of the database, and keep what was there.

At every moment the database is either the old one with its log or the new one: the new file is
made ready beside it, the old one gets a second name, and one rename puts the new one in its place.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlite_utils

from errors import StorageError
from storage.db.process_lock import ProcessLock
from storage.db.restored import RESTORED
from storage.db.side_files import MAGIC, SIDES, beside, time_stamp
from storage.db.sqlite_file import path_of, refuse_missing_folder
from storage.db.values import read_time, time_text
from storage.schema.migrations import steps_applied

_OWNER_ONLY = 0o600
_READY = ".restoring"
#: A backup that does not say of when it is counts as so old.
_SOME_DAYS = timedelta(days=2)
_UNCHANGED = "The database was not touched."


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put in place.

    Args:
        database: the file that it is now.
        size: in bytes.
        kept: where what was there before is kept; None when nothing was there.
        as_of: when the backup's Greenroom last looked at the clock, aware UTC; None if never.
    """

    database: Path
    size: int
    kept: Path | None
    as_of: datetime | None


def restore(url: str, file: Path) -> Restored:
    """Put a sound backup in the place of the database; nothing is removed.

    Raises:
        StorageError: Greenroom runs, the file is no sound database of this Greenroom or an earlier
            one, the disk is full, or the database is no SQLite file. Nothing was changed then.
    """
    if not url.startswith("sqlite:"):
        raise StorageError(
            "This database is on a PostgreSQL server, which restores its own copies.",
            "Stop every Greenroom, then run pg_restore --clean --if-exists --no-owner "
            f"--dbname=ADDRESS {file}, with the address of DATABASE_URL.",
        )
    named = path_of(url)
    refuse_missing_folder(named)
    database = named.absolute().resolve()
    refuse_missing_folder(database)
    _refuse_what_is_no_backup(file, database)
    with _alone(database):
        ready = beside(database, _READY)
        with _one_sentence(file):
            _forget(ready)
            try:
                as_of = _make_ready(file, ready)
                kept = _keep(database)
                ready.replace(database)
            finally:
                _forget(ready)
            if kept is not None:
                _drop_names(database)
            _settle(database.parent)
        return Restored(database, database.stat().st_size, kept, as_of)


@contextmanager
def _alone(database: Path) -> Iterator[None]:
    try:
        lock = ProcessLock(database)
    except StorageError as error:
        advice = error.advice
        if "running" in error.sentence:
            advice = "Stop it, then give the command again."
        raise StorageError(error.sentence, advice) from error
    with lock:
        yield


def _refuse_what_is_no_backup(file: Path, database: Path) -> None:
    if not file.is_file():
        # To open a pipe would wait for somebody to write into it.
        what = "is a folder" if file.is_dir() else "is no file"
        what = what if file.exists() else "is not there"
        raise StorageError(f"{file} {what}.", f"Name a file that `backup` made. {_UNCHANGED}")
    if database.exists() and file.samefile(database):
        raise StorageError(f"{file} is the database itself.", "Name a file that `backup` made.")
    try:
        with file.open("rb") as opened:
            begins = opened.read(len(MAGIC))
    except OSError as error:
        raise StorageError(f"{file} cannot be read: {error.strerror}.", _UNCHANGED) from error
    if begins != MAGIC:
        what = "is empty" if not begins else "is not an SQLite database"
        raise StorageError(f"{file} {what}.", f"Name a file that `backup` made. {_UNCHANGED}")


@contextmanager
def _one_sentence(file: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise StorageError(
            f"{file} was not put in place: {why}.",
            f"Look at the disk's free space and the folder's rights. {_UNCHANGED}",
        ) from error


def _make_ready(file: Path, ready: Path) -> datetime | None:
    """Copy the backup beside the database, as one sound file; return of when it is.

    A copied file that still has a log of its own brings it along.
    """
    _copy(file, ready)
    for end in ("-wal", "-journal"):
        if beside(file, end).is_file():
            _copy(beside(file, end), beside(ready, end))
    try:
        with closing(sqlite3.connect(ready, isolation_level=None)) as copied:
            (sound,) = copied.execute("PRAGMA integrity_check").fetchone()
            if sound == "ok":
                _refuse_unknown(file, copied)
                as_of = _last_seen(copied)
                _note_restored(copied, as_of)
                # One file that needs nothing beside it, and that says so in its header.
                copied.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise
        sound = str(error)
    if sound != "ok":
        first = str(sound).splitlines()[0]
        raise StorageError(f"{file} is damaged ({first}).", f"Take another copy. {_UNCHANGED}")
    with ready.open("rb+") as written:
        os.fsync(written.fileno())
    return as_of


def _refuse_unknown(file: Path, copied: sqlite3.Connection) -> None:
    applied = steps_applied(sqlite_utils.Database(copied))
    if not applied.known and not applied.unknown:
        raise StorageError(
            f"{file} is a database, but none of Greenroom's.",
            f"Name a file that `backup` made; an export cannot be restored. {_UNCHANGED}",
        )
    if applied.unknown:
        raise StorageError(
            f"A newer Greenroom has written {file}; this one does not know all of it.",
            f"Update Greenroom, then give the command again. {_UNCHANGED}",
        )


def _last_seen(copied: sqlite3.Connection) -> datetime | None:
    row = copied.execute("SELECT value FROM marks WHERE name = 'clock_seen'").fetchone()
    return read_time(row[0]) if row else None


def _note_restored(copied: sqlite3.Connection, as_of: datetime | None) -> None:
    """Leave a word for the next start: what was done since then is not known to it."""
    since = as_of or datetime.now(UTC) - _SOME_DAYS
    copied.execute(
        "INSERT INTO marks (name, value) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        [RESTORED, time_text(since)],
    )


def _keep(database: Path) -> Path | None:
    """Give the database that is there, and what lies beside it, a second name; return it."""
    there = [end for end in ("", *SIDES) if beside(database, end).exists()]
    if not there:
        return None
    kept = database.with_name(f"{database.stem}.replaced-{time_stamp()}{database.suffix}")
    for end in there:
        old, new = beside(database, end), beside(kept, end)
        try:
            os.link(old, new)
        except OSError:
            # A file system without second names.
            _copy(old, new)
        with suppress(OSError):
            new.chmod(_OWNER_ONLY)
    _settle(database.parent)
    return kept


def _drop_names(database: Path) -> None:
    """Take the old database's log and the rest from beside the new one; they have their new names."""
    for end in SIDES:
        beside(database, end).unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    handle = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OWNER_ONLY)
    with source.open("rb") as here, os.fdopen(handle, "wb") as there:
        shutil.copyfileobj(here, there)
        there.flush()
        os.fsync(there.fileno())


def _forget(ready: Path) -> None:
    """Remove a copy that was made ready, also one that a killed command left."""
    for end in ("", *SIDES):
        beside(ready, end).unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    """Have the folder's names on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
