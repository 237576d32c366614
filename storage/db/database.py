"""What a transaction can do, whichever engine is behind it."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from types import MappingProxyType
from typing import Any, ClassVar, Protocol

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
