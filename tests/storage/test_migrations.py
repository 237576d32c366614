"""A database gets its newest schema, once, whoever comes first."""

import sqlite3
from pathlib import Path

import psycopg
import pytest

from errors import StorageError
from storage.db import key_values
from storage.open import open_database
from storage.schema.migrations import STEPS
from tests.storage.racing import at_once


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database that was never opened."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/new.db"
    address: str = request.getfixturevalue("empty_postgres")
    return address


def run(url: str, statement: str) -> list[tuple[object, ...]]:
    """Run a statement past our door."""
    if url.startswith("sqlite"):
        connection = sqlite3.connect(url.removeprefix("sqlite:///"))
        try:
            rows = connection.execute(statement).fetchall()
            connection.commit()
            return rows
        finally:
            connection.close()
    with psycopg.connect(url, autocommit=True) as server:
        cursor = server.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


def record_of(url: str) -> str:
    return "_sqlite_migrations" if url.startswith("sqlite") else "greenroom_steps"


def test_four_starts_at_once_migrate_once(empty: str) -> None:
    """Nobody fails, and each step is recorded once."""

    def start(number: int) -> None:
        db = open_database(empty)
        try:
            with db.write() as tx:
                key_values.set_value(tx, f"start {number}", "yes")
        finally:
            db.close()

    at_once(4, start)
    names = [row[0] for row in run(empty, f"SELECT name FROM {record_of(empty)}")]
    assert sorted(map(str, names)) == sorted(step.name for step in STEPS)


def test_opening_again_changes_nothing(empty: str) -> None:
    """What was stored is there at the next start."""
    db = open_database(empty)
    with db.write() as tx:
        key_values.set_value(tx, "a", "kept")
    db.close()
    again = open_database(empty)
    with again.read() as tx:
        assert key_values.value(tx, "a") == "kept"
    again.close()


def test_a_database_of_a_newer_program_is_refused(empty: str) -> None:
    """One clear sentence, and nothing in it is touched."""
    open_database(empty).close()
    if empty.startswith("sqlite"):
        run(
            empty,
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('greenroom', '9999_later', 'x')",
        )
    else:
        run(empty, "INSERT INTO greenroom_steps VALUES ('9999_later', 'x')")
    with pytest.raises(StorageError, match="newer Greenroom"):
        open_database(empty)


def test_a_half_migrated_start_leaves_nothing_half_done(empty: str) -> None:
    """A table in the way stops the start, and after it is gone the next start succeeds."""
    run(empty, "CREATE TABLE jobs (id text)")
    with pytest.raises(StorageError):
        open_database(empty)
    run(empty, "DROP TABLE jobs")
    open_database(empty).close()


def test_the_steps_names_are_in_order() -> None:
    """Steps are appended: their names sort as they are applied."""
    names = [step.name for step in STEPS]
    assert names == sorted(set(names))
