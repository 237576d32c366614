"""The door to SQLite: one sqlite-utils database a thread, WAL, one writer at a time."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar, Self

import sqlite_utils

from errors import StorageError
from storage.db.backup import keep_copy
from storage.db.connections import ConnectionPerThread, alone, refuse_commit_after
from storage.db.database import NO_PARAMETERS, Database
from storage.db.sql import prepare
from storage.db.sqlite_faults import storage_error
from storage.db.sqlite_file import make_private

#: How long one writer waits for another, in seconds.
_PATIENCE = 30.0
#: How long the log's emptying may keep writers out, in milliseconds.
_MOMENT_MS = 200
_STATEMENTS_KEPT = 256
_WORD_INDEXES = ("posts_fts", "answers_fts")
_PAGES_A_STEP = 200

#: Applies what a database lacks; called before a step that changes what is stored.
Migrate = Callable[[sqlite_utils.Database, Callable[[str], None]], None]


class SqliteTransaction:
    """One open transaction on one thread's connection."""

    engine = "sqlite"

    def __init__(self, db: sqlite_utils.Database, path: Path) -> None:
        self._db = db
        self._path = path
        self.failure: StorageError | None = None

    def query(self, sql: str, params: Mapping[str, Any] = NO_PARAMETERS) -> list[dict[str, Any]]:
        """Return all rows of a statement that has rows."""
        try:
            cursor = self._db.execute(*prepare(sql, params, self.engine))
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        except sqlite3.Error as error:
            raise self._failed(error) from error

    def one(self, sql: str, params: Mapping[str, Any] = NO_PARAMETERS) -> dict[str, Any] | None:
        """Return the first row, or None."""
        rows = self.query(sql, params)
        return rows[0] if rows else None

    def execute(self, sql: str, params: Mapping[str, Any] = NO_PARAMETERS) -> int:
        """Run a statement and return how many rows it touched."""
        try:
            return self._db.execute(*prepare(sql, params, self.engine)).rowcount
        except sqlite3.Error as error:
            raise self._failed(error) from error

    def _failed(self, error: sqlite3.Error) -> StorageError:
        self.failure = storage_error(error, self._path)
        return self.failure


class _Connection:
    """One thread's connection."""

    def __init__(self, path: Path, patience: float) -> None:
        self.path = path
        self.busy = threading.Lock()
        try:
            # Only `close` is ever called from another thread.
            conn = sqlite3.connect(
                path,
                timeout=patience,
                isolation_level=None,
                check_same_thread=False,
                cached_statements=_STATEMENTS_KEPT,
            )
        except sqlite3.Error as error:
            raise storage_error(error, path) from error
        try:
            self.db = sqlite_utils.Database(conn)
            self._settle(patience)
        except sqlite3.Error as error:
            conn.close()
            raise storage_error(error, path) from error

    def _settle(self, patience: float) -> None:
        self.db.execute("PRAGMA foreign_keys=ON")
        _enable_wal(self.db, patience)
        # What is deleted is overwritten with zeros: somebody may have asked to be forgotten.
        self.db.execute("PRAGMA secure_delete=ON")
        # NORMAL would lose the last commits at a power cut: "sending" must never be among them.
        self.db.execute("PRAGMA synchronous=FULL")

    def close(self) -> None:
        """Close it, whatever it was doing."""
        with suppress(sqlite3.Error):
            self.db.close()


def _enable_wal(db: sqlite_utils.Database, patience: float) -> None:
    """Switch to WAL; SQLite does not wait by itself while another connection switches too."""
    deadline = time.monotonic() + patience
    while True:
        try:
            db.enable_wal()
        except sqlite3.OperationalError as error:
            busy = getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY
            if not busy or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


class SqliteDatabase(Database):
    """A database in one file, for one process with many threads."""

    engine: ClassVar[str] = "sqlite"

    def __init__(self, path: Path, patience: float = _PATIENCE) -> None:
        self._path = path
        self._patience = patience
        self._connections = ConnectionPerThread(lambda: _Connection(path, patience))
        # SQLite's own waiting sleeps up to 0.1 s at a time; a lock wakes the next writer at once.
        self._writing = threading.Lock()

    @classmethod
    def open(cls, path: Path, migrate: Migrate, patience: float = _PATIENCE) -> Self:
        """Make the file private, open it, and have the migrations applied that it lacks.

        `patience` is how many seconds one writer waits for another.
        """
        path = path.absolute()
        make_private(path)
        database = cls(path, patience)
        try:
            connection = database._connections.mine()
            try:
                migrate(connection.db, lambda step: keep_copy(path, step))
            except sqlite3.Error as error:
                raise storage_error(error, path) from error
            make_private(path)
        except BaseException:
            database.close()
            raise
        return database

    @contextmanager
    def write(self) -> Iterator[SqliteTransaction]:
        """Open a transaction that may write; writers of this process queue up."""
        connection = self._connections.mine()
        with alone(connection):
            if not self._writing.acquire(timeout=self._patience):
                raise StorageError(
                    f"The database {self._path} was busy for {self._patience:g} seconds.",
                    "Greenroom tries again by itself.",
                )
            try:
                with self._transaction(connection, "BEGIN IMMEDIATE") as transaction:
                    yield transaction
            finally:
                self._writing.release()

    @contextmanager
    def read(self) -> Iterator[SqliteTransaction]:
        """Open a snapshot; it never waits for writers, and writing in it is refused."""
        connection = self._connections.mine()
        with (
            alone(connection),
            _reading_only(connection),
            self._transaction(connection, "BEGIN") as transaction,
        ):
            yield transaction

    def now(self) -> datetime:
        """Return the machine's clock: this engine has one machine."""
        return datetime.now(UTC)

    def overwrite_forgotten(self) -> bool:
        """Merge the words' indexes, in which deleted words live on, and empty the write-ahead log.

        In small steps, so that other writers come between. False when a reader is in the way of
        the last one: then it is worth another try later.
        """
        for index in _WORD_INDEXES:
            # A negative number marks all of the index for merging, the others do so many pages.
            pages = -_PAGES_A_STEP
            while self._merge(index, pages):
                pages = _PAGES_A_STEP
        connection = self._connections.mine()
        with alone(connection):
            try:
                return self._empty_log(connection.db)
            except sqlite3.Error as error:
                raise storage_error(error, self._path) from error

    def _empty_log(self, db: sqlite_utils.Database) -> bool:
        """Empty the write-ahead log; tell whether it is empty.

        While it waits for readers SQLite keeps every writer out: so it waits for a moment only.
        """
        db.execute(f"PRAGMA busy_timeout={_MOMENT_MS}")
        try:
            row = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            db.execute(f"PRAGMA busy_timeout={round(self._patience * 1000)}")
        return row is not None and row[0] == 0

    def _merge(self, index: str, pages: int) -> bool:
        """Merge a part of a full-text index; tell whether there was anything to merge.

        SQLite's own measure: fewer than two changes say that it is done (fts5.html, 6.7).
        """
        with self.write() as tx:
            connection = self._connections.mine().db.conn
            before = connection.total_changes
            tx.execute(
                f"INSERT INTO {index} ({index}, rank) VALUES ('merge', :pages)",  # noqa: S608 - names of this file
                {"pages": pages},
            )
            return bool(connection.total_changes - before > 1)

    def close(self) -> None:
        """Close the connections of all threads."""
        self._connections.close()

    @contextmanager
    def _transaction(self, connection: _Connection, begin: str) -> Iterator[SqliteTransaction]:
        db = connection.db
        try:
            db.execute(begin)
        except sqlite3.Error as error:
            raise storage_error(error, self._path) from error
        transaction = SqliteTransaction(db, self._path)
        try:
            yield transaction
            refuse_commit_after(transaction.failure)
            try:
                db.commit()
            except sqlite3.Error as error:
                raise storage_error(error, self._path) from error
        except BaseException:
            with suppress(sqlite3.Error):
                db.rollback()
            raise


@contextmanager
def _reading_only(connection: _Connection) -> Iterator[None]:
    """Refuse writes: a snapshot that began to write could fail at once when another wrote."""
    try:
        connection.db.execute("PRAGMA query_only=ON")
    except sqlite3.Error as error:
        raise storage_error(error, connection.path) from error
    try:
        yield
    finally:
        with suppress(sqlite3.Error):
            connection.db.execute("PRAGMA query_only=OFF")
