"""Open a database: its engine, its lock, and the migrations that it lacks."""

from storage.db.database import Database
from storage.db.process_lock import ProcessLock
from storage.db.side_files import refuse_stale, set_stale_aside
from storage.db.sqlite_file import path_of, refuse_missing_folder
from storage.schema.migrations import apply_to_postgres, apply_to_sqlite


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

        return PostgresDatabase.open(url, apply_to_postgres)
    from storage.db.sqlite import SqliteDatabase

    return SqliteDatabase.open(path_of(url), apply_to_sqlite)


def open_to_work(url: str) -> tuple[Database, list[str]]:
    """Open the database to work on it, under its lock; return too which files were set aside.

    A log beside a SQLite file that belongs to another database is moved aside and named.

    Raises:
        StorageError: as `open_database`.
    """
    aside = [file.name for file in set_stale_aside(url)]
    return open_database(url), aside


def open_for_command(url: str) -> Database:
    """Open the database for a command, which Greenroom may be running beside.

    Raises:
        StorageError: as `open_database`; or beside a SQLite file lies a log that is another one's.
    """
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
    path = path_of(url)
    refuse_missing_folder(path)
    return ProcessLock(path)
