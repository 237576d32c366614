"""The door to PostgreSQL: one psycopg connection a thread, for several processes and machines."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any, ClassVar, Self

import psycopg

from errors import StorageError
from storage.db.connections import ConnectionPerThread, alone, refuse_commit_after
from storage.db.database import NO_PARAMETERS, Database
from storage.db.postgres_connection import Link, connection_settings
from storage.db.postgres_faults import storage_error
from storage.db.sql import prepare

# Said and not left to the server's defaults: compare-and-set needs the one, a snapshot the other.
_BEGIN = b"BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
_BEGIN_SNAPSHOT = b"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"

#: Applies what a database lacks, inside the transaction that is open.
Migrate = Callable[[psycopg.Cursor[dict[str, Any]]], None]


class PostgresTransaction:
    """One open transaction on one thread's connection."""

    engine = "postgresql"

    def __init__(self, link: Link) -> None:
        self._link = link
        self.failure: StorageError | None = None

    def query(self, sql: str, params: Mapping[str, Any] = NO_PARAMETERS) -> list[dict[str, Any]]:
        """Return all rows of a statement that has rows."""
        with self._run(sql, params) as cursor:
            return cursor.fetchall()

    def one(self, sql: str, params: Mapping[str, Any] = NO_PARAMETERS) -> dict[str, Any] | None:
        """Return the first row, or None."""
        with self._run(sql, params) as cursor:
            return cursor.fetchone()

    def execute(self, sql: str, params: Mapping[str, Any] = NO_PARAMETERS) -> int:
        """Run a statement and return how many rows it touched."""
        with self._run(sql, params) as cursor:
            return cursor.rowcount

    @contextmanager
    def _run(self, sql: str, params: Mapping[str, Any]) -> Iterator[psycopg.Cursor[dict[str, Any]]]:
        statement, flat = prepare(sql, params, self.engine)
        try:
            with self._link.cursor() as cursor:
                cursor.execute(statement.encode(), flat)
                yield cursor
        except psycopg.Error as error:
            self.failure = storage_error(error)
            raise self.failure from error


class PostgresDatabase(Database):
    """A database on a PostgreSQL server."""

    engine: ClassVar[str] = "postgresql"

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._links = ConnectionPerThread(lambda: Link(settings))

    @classmethod
    def open(cls, url: str, migrate: Migrate) -> Self:
        """Connect, and have the migrations applied that the database lacks, under a lock."""
        database = cls(connection_settings(url))
        try:
            link = database._links.mine()
            with alone(link), database._transaction(link, _BEGIN):
                _migrate(link, migrate)
        except BaseException:
            database.close()
            raise
        return database

    @contextmanager
    def write(self) -> Iterator[PostgresTransaction]:
        """Open a transaction that may write."""
        link = self._links.mine()
        with alone(link), self._transaction(link, _BEGIN) as transaction:
            yield transaction

    @contextmanager
    def read(self) -> Iterator[PostgresTransaction]:
        """Open a snapshot that sees one moment; writing in it is refused."""
        link = self._links.mine()
        with alone(link), self._transaction(link, _BEGIN_SNAPSHOT) as transaction:
            yield transaction

    def now(self) -> datetime:
        """Return the server's clock, which all processes share, aware UTC."""
        return self._links.mine().clock()

    def close(self) -> None:
        """Close the connections of all threads."""
        self._links.close()

    @contextmanager
    def _transaction(self, link: Link, begin: bytes) -> Iterator[PostgresTransaction]:
        link.begin(begin)
        transaction = PostgresTransaction(link)
        try:
            yield transaction
            refuse_commit_after(transaction.failure)
            try:
                link.end(b"COMMIT")
            except psycopg.Error as error:
                raise storage_error(error) from error
        except BaseException:
            with suppress(psycopg.Error):
                link.end(b"ROLLBACK")
            raise


def _migrate(link: Link, migrate: Migrate) -> None:
    try:
        with link.cursor() as cursor:
            # Another start may be migrating a large database: that is waited for.
            cursor.execute(b"SET LOCAL lock_timeout = 0")
            migrate(cursor)
    except psycopg.Error as error:
        raise storage_error(error) from error
