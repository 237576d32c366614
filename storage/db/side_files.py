"""The write-ahead log beside a SQLite file, and one that belongs to another database.

SQLite takes whatever log lies there for the file's own and lays its pages over it: a backup that
was put in place beside the log of a killed Greenroom is "damaged", or is not what was put there.
"""

import logging
import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from errors import StorageError
from storage.db.sqlite_file import path_of

log = logging.getLogger("greenroom.storage")

#: What SQLite keeps beside a file that it works on.
SIDES = ("-wal", "-shm", "-journal")
MAGIC = b"SQLite format 3\x00"
#: Of a database's header (sqlite.org/fileformat2.html, 1.3): page size, and how it is written.
_PAGE_SIZE = slice(16, 18)
_WRITE_VERSION = 18
_WITH_A_LOG = 2
_HEADER = 100
#: Of a log's header (4.1): what it begins with, and its page size.
_LOG_MAGIC = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")
_LOG_PAGE_SIZE = slice(8, 12)
_LOG_HEADER = 32
#: In seconds.
_RIGHT_AFTER = 1.0


def beside(database: Path, end: str) -> Path:
    """Return the file of that ending beside a database."""
    return database.with_name(database.name + end)


def is_stale(database: Path) -> bool:
    """Tell whether a log lies there that cannot be the database's own.

    Sure signs only: no database at all, one that keeps no log (so Greenroom's backups are made), or
    pages of another size. Not for a process that has the file open: reading it here and closing it
    would drop the locks that SQLite holds.
    """
    wal = beside(database, "-wal")
    if not wal.is_file() or not wal.stat().st_size:
        return False
    if not database.is_file() or not database.stat().st_size:
        return True
    header, of_log = _first(database, _HEADER), _first(wal, _LOG_HEADER)
    if not header.startswith(MAGIC) or len(header) < _HEADER:
        return False
    if header[_WRITE_VERSION] != _WITH_A_LOG:
        return True
    readable = of_log.startswith(_LOG_MAGIC) and len(of_log) == _LOG_HEADER
    return readable and _size(header[_PAGE_SIZE]) != int.from_bytes(of_log[_LOG_PAGE_SIZE])


def refuse_stale(url: str) -> None:
    """Keep a command from reading a database through a log that is not its own.

    Raises:
        StorageError: there is one; names it, and what mends it.
    """
    if not url.startswith("sqlite:"):
        return
    database = path_of(url).absolute().resolve()
    if is_stale(database) or _spoils(database):
        raise StorageError(
            f"{beside(database, '-wal')} does not belong to the database beside it: "
            "a copy was put in place of an older file.",
            "Start Greenroom, which moves it aside, or use `python bot.py restore FILE`.",
        )


def set_stale_aside(url: str) -> list[Path]:
    """Move a log that is not the database's own aside, with what belongs to it; return where to.

    Only under the process lock, and before the file is opened: SQLite would write such a log into
    it as soon as it closes it.
    """
    if not url.startswith("sqlite:"):
        return []
    database = path_of(url).absolute().resolve()
    if not is_stale(database) and not _spoils(database):
        return []
    stamp = time_stamp()
    moved = []
    for end in SIDES:
        file = beside(database, end)
        if not file.is_file():
            continue
        target = beside(file, f".set-aside-{stamp}")
        try:
            file.rename(target)
        except OSError as error:
            raise StorageError(
                f"{file} does not belong to the database beside it and cannot be moved: "
                f"{error.strerror}.",
                "Move it away, then start again.",
            ) from error
        moved.append(target)
        log.warning("%s does not belong to the database beside it: moved to %s", file, target)
    return moved


def time_stamp() -> str:
    """Return the present UTC time for a file's name."""
    return datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")


def _looks_replaced(database: Path) -> bool:
    """Tell whether a file changed, in place or name, when its log had long been written.

    SQLite moves a log's pages into the file right after it wrote them.
    """
    wal = beside(database, "-wal")
    if not wal.is_file() or not wal.stat().st_size:
        return False
    return database.stat().st_ctime - wal.stat().st_mtime > _RIGHT_AFTER


def _spoils(database: Path) -> bool:
    """Tell whether a file that looks put in place later is sound alone, and damaged with the log."""
    return (
        _looks_replaced(database)
        and _is_sound(database, "mode=ro&immutable=1")
        and not _is_sound(database, "mode=ro")
    )


def _is_sound(database: Path, how: str) -> bool:
    try:
        with closing(sqlite3.connect(f"{database.as_uri()}?{how}", uri=True)) as opened:
            return bool(opened.execute("PRAGMA integrity_check").fetchone() == ("ok",))
    except sqlite3.Error:
        return False


def _first(file: Path, count: int) -> bytes:
    handle = os.open(file, os.O_RDONLY)
    try:
        return os.read(handle, count)
    finally:
        os.close(handle)


def _size(two_bytes: bytes) -> int:
    said = int.from_bytes(two_bytes)
    return 65536 if said == 1 else said
