"""The thin door to the database: what a transaction can do, and how a database is opened."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from types import MappingProxyType
from typing import Any, ClassVar, Protocol

from errors import StorageError
from storage.db.process_lock import ProcessLock

NO_PARAMETERS: Mapping[str, Any] = MappingProxyType({})


class Transaction(Protocol):
    """One open transaction, or read snapshot, of one thread.

    Parameters are written `:name` and given by name; times, dates, booleans, enums and
    lists are understood (storage/db/sql.py). Every method raises StorageError.
    """

    @property
    def engine(self) -> str:
        """`sqlite` or `postgresql`."""

    def query(self, sql: str, params: Mapping[str, Any] = NO_PARAMETERS) -> list[dict[str, Any]]:
        """Return all rows of a statement that has rows."""

    def one(self, sql: str, params: Mapping[str, Any] = NO_PARAMETERS) -> dict[str, Any] | None:
        """Return the first row, or None."""

    def execute(self, sql: str, params: Mapping[str, Any] = NO_PARAMETERS) -> int:
        """Run a statement and return how many rows it touched."""


class Database(ABC):
    """A database that was opened and has its newest schema. Safe to share between threads."""

    engine: ClassVar[str]

    @abstractmethod
    def write(self) -> AbstractContextManager[Transaction]:
        """Open a transaction that commits at the end, or rolls back on an exception.

        Raises:
            StorageError: the database is not there, is full, is busy for too long.
            RuntimeError: this thread has a transaction open already.
        """

    @abstractmethod
    def read(self) -> AbstractContextManager[Transaction]:
        """Open a snapshot that sees one moment and cannot write; raises as `write` does."""

    @abstractmethod
    def now(self) -> datetime:
        """Return the database's clock, aware UTC; inside a transaction too."""

    def overwrite_forgotten(self) -> bool:
        """Overwrite the places in the database's file where deleted words stood; tell whether done.

        PostgreSQL does that by itself, with the next vacuum.
        """
        return True

    @abstractmethod
    def close(self) -> None:
        """Close the connections of all threads, waiting shortly for open transactions."""


def open_database(url: str) -> Database:
    """Open the database and bring its schema up to date.

    Args:
        url: `sqlite:///relative.db`, `sqlite:////absolute.db`, `postgresql://…`, `postgres://…`.

    Raises:
        StorageError: one clear sentence; never with the password that the address may hold.
    """
    # Each engine is imported when it is wanted: the other one costs memory.
    if url.startswith(("postgresql://", "postgres://")):
        from storage.db.postgres import PostgresDatabase

        return PostgresDatabase.open(url)
    from storage.db.sqlite import SqliteDatabase
    from storage.db.sqlite_file import path_of

    return SqliteDatabase.open(path_of(url))


def open_to_work(url: str) -> tuple[Database, list[str]]:
    """Open the database to work on it, under its lock; return too which files were set aside.

    A log beside a SQLite file that belongs to another database is moved aside and named.

    Raises:
        StorageError: as `open_database`.
    """
    from storage.db.side_files import set_stale_aside

    aside = [file.name for file in set_stale_aside(url)]
    return open_database(url), aside


def open_for_command(url: str) -> Database:
    """Open the database for a command, which Greenroom may be running beside.

    Raises:
        StorageError: as `open_database`; or beside a SQLite file lies a log that is another one's.
    """
    from storage.db.side_files import refuse_stale

    refuse_stale(url)
    return open_database(url)


def lock_for_one_process(url: str) -> ProcessLock:
    """Take the database for this process alone, until the lock is released or the process ends.

    SQLite is the engine of one process. PostgreSQL is shared by several: nothing is locked.

    Raises:
        StorageError: another process has it, or its folder cannot be written.
    """
    if not url.startswith("sqlite:"):
        return ProcessLock(None)
    from storage.db.sqlite_file import path_of, refuse_missing_folder

    path = path_of(url)
    refuse_missing_folder(path)
    return ProcessLock(path)


__all__ = ["Database", "StorageError", "Transaction", "lock_for_one_process", "open_database"]
