"""One process on one SQLite file: a lock that the system lets go when the process ends."""

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from errors import StorageError
from storage.db.sqlite_file import what_to_do

_OWNER_ONLY = 0o600


class ProcessLock:
    """Hold a lock file beside the database, from construction to `release`.

    A file of its own: closing any handle of the database file would drop the locks that
    SQLite itself holds on it (sqlite.org/howtocorrupt.html, 2.2).

    Raises:
        StorageError: another process holds it, or the file cannot be made.
    """

    def __init__(self, database: Path | None) -> None:
        self._handle = None if database is None else _take(database.resolve())

    def release(self) -> None:
        """Let the next process in; the file stays, so that nobody locks a removed one."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def _take(database: Path) -> int:
    path = database.with_name(database.name + ".lock")
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, _OWNER_ONLY)
    except OSError as error:
        raise StorageError(
            f"The lock file {path} cannot be opened: {error.strerror}.",
            what_to_do(error),
        ) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        holder = _holder(handle)
        os.close(handle)
        raise StorageError(
            f"Another Greenroom{holder} is running on {database}.",
            "Stop that one first; several processes at once need PostgreSQL.",
        ) from error
    with suppress(OSError):
        # Only a help for whoever looks: on a full disk the lock holds all the same.
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
    return handle


def _holder(handle: int) -> str:
    with suppress(OSError):
        number = os.pread(handle, 20, 0).decode("ascii", "replace").strip()
        if number.isdecimal():
            return f" (process {number})"
    return ""
