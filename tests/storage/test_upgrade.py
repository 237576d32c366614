"""A database of the first release comes up to date with all it holds, and there is a way back."""

import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from domain import MentionState
from errors import StorageError
from storage.db.backup import copy_before
from storage.inbox import decisions, mentions
from storage.open import open_database
from storage.schema.migrations import STEPS

_FIRST = Path(__file__).parent / "first_release"
#: The steps of the first release.
_THEN = ("0001_mentions", "0002_work", "0003_similar")
#: members went again: nobody asked it.
_TABLES = (
    "people", "posts", "watches", "watch_reads", "mentions", "history", "suggestions",
    "decisions", "replies", "jobs", "messages", "notices", "costs", "billed_reads",
    "voices", "playbooks", "marks", "answers",
)  # fmt: skip
Rows = list[dict[str, Any]]
Reading = Callable[[str], Rows]


def from_sqlite(path: Path) -> Reading:
    def read(table: str) -> Rows:
        with closing(sqlite3.connect(path)) as db:
            db.row_factory = sqlite3.Row
            return [dict(row) for row in db.execute(f"SELECT * FROM {table}")]

    return read


def from_postgres(url: str) -> Reading:
    def read(table: str) -> Rows:
        with psycopg.connect(url, row_factory=dict_row) as db:
            return list(db.execute(f"SELECT * FROM {table}".encode()).fetchall())

    return read


@pytest.fixture(params=["sqlite", "postgresql"])
def first(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Reading]:
    """A database that the first release wrote: its address, and a look into it past our door."""
    if request.param == "sqlite":
        path = first_file(tmp_path)
        return f"sqlite:///{path}", from_sqlite(path)
    url: str = request.getfixturevalue("empty_postgres")
    with psycopg.connect(url, autocommit=True) as server:
        server.execute((_FIRST / "postgres.sql").read_bytes())
    return url, from_postgres(url)


def first_file(folder: Path) -> Path:
    path = folder / "greenroom.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.executescript((_FIRST / "sqlite.sql").read_text())
    return path


def test_an_update_keeps_every_row(first: tuple[str, Reading]) -> None:
    """What the first release stored is there after the update, column by column."""
    url, read = first
    before = {table: read(table) for table in _TABLES}
    assert all(before.values())
    open_database(url).close()
    for table, rows in before.items():
        after = read(table)
        assert len(after) >= len(rows), table
        for row in rows:
            assert any(row.items() <= now.items() for now in after), (table, row)


def test_after_an_update_the_program_knows_what_was(first: tuple[str, Reading]) -> None:
    """One was answered, one waits, one waits for a hand, one was skipped; who decided is known."""
    url, read = first
    db = open_database(url)
    with db.read() as tx:
        found = [mentions.mention(tx, row["id"]) for row in read("mentions")]
        decided = [d for m in found if m for d in decisions.decisions(tx, m.id)]
    db.close()
    states = sorted(m.state for m in found if m)
    assert states.count(MentionState.ANSWERED) == 1
    assert states.count(MentionState.SKIPPED) == 1
    assert len(states) == 4
    assert len(decided) == 2
    assert all(d.member_id for d in decided)


def test_before_an_update_a_copy_is_kept_that_the_first_release_can_open(tmp_path: Path) -> None:
    """The way back: the copy has the old steps only, all rows, and nobody else may read it."""
    path = first_file(tmp_path)
    before = {table: from_sqlite(path)(table) for table in _TABLES}
    open_database(f"sqlite:///{path}").close()
    kept = copy_before(path, STEPS[len(_THEN)].name)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [row["name"] for row in from_sqlite(kept)("_sqlite_migrations")] == list(_THEN)
    assert {table: from_sqlite(kept)(table) for table in _TABLES} == before
    # Back to it, and forward again.
    shutil.copy(kept, path)
    for beside in ("-wal", "-shm"):
        path.with_name(path.name + beside).unlink(missing_ok=True)
    assert [row["name"] for row in from_sqlite(path)("_sqlite_migrations")] == list(_THEN)
    open_database(f"sqlite:///{path}").close()
    assert len(from_sqlite(path)("_sqlite_migrations")) == len(STEPS)


def test_an_older_program_refuses_and_names_the_way_back(tmp_path: Path) -> None:
    """It changes nothing, and says where the copy from before the update is."""
    path = first_file(tmp_path)
    open_database(f"sqlite:///{path}").close()
    with closing(sqlite3.connect(path)) as db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('greenroom', '9999_later', 'x')"
        )
        db.commit()
    with pytest.raises(StorageError) as refused:
        open_database(f"sqlite:///{path}")
    assert "before" in refused.value.for_person()


def test_without_room_for_the_copy_nothing_is_changed(tmp_path: Path) -> None:
    """An update that cannot be taken back is not begun."""
    path = first_file(tmp_path)
    copy_before(path, STEPS[len(_THEN)].name).symlink_to(tmp_path / "nowhere" / "copy.db")
    with pytest.raises(StorageError):
        open_database(f"sqlite:///{path}")
    assert [row["name"] for row in from_sqlite(path)("_sqlite_migrations")] == list(_THEN)


def test_a_new_database_has_no_copy(tmp_path: Path) -> None:
    """There is nothing to go back to."""
    open_database(f"sqlite:///{tmp_path}/new.db").close()
    assert not [file for file in tmp_path.iterdir() if "before" in file.name]
