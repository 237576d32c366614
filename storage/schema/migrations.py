"""Bring a database to the newest schema: the same numbered steps on both engines.

SQLite keeps the record of applied steps the way sqlite-utils does, PostgreSQL in
`greenroom_steps`. Each engine takes a lock first: two starts at once must not collide.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

import sqlite_utils

from errors import StorageError
from storage.db.values import time_text
from storage.schema.begun import BEGUN
from storage.schema.digests import DIGESTS
from storage.schema.finding import FINDING
from storage.schema.mentions import MENTIONS
from storage.schema.money import MONEY, RESERVED
from storage.schema.people import PEOPLE
from storage.schema.piles import PILES
from storage.schema.quoted import QUOTED
from storage.schema.retention import CHANGES, RETENTION
from storage.schema.similar import SIMILAR
from storage.schema.stats import PLAIN_FIGURES, STATS
from storage.schema.step import Step
from storage.schema.stream import STREAM
from storage.schema.team import TEAM
from storage.schema.teamwork import TEAMWORK
from storage.schema.threads import THREADS
from storage.schema.voice import VOICE
from storage.schema.words import WORDS
from storage.schema.work import WORK

#: Append only.
STEPS: tuple[Step, ...] = (
    MENTIONS,
    WORK,
    SIMILAR,
    VOICE,
    TEAM,
    PEOPLE,
    THREADS,
    FINDING,
    STATS,
    DIGESTS,
    PILES,
    TEAMWORK,
    MONEY,
    RETENTION,
    STREAM,
    QUOTED,
    RESERVED,
    BEGUN,
    WORDS,
    CHANGES,
    PLAIN_FIGURES,
)

_SET = "greenroom"
#: Any number that no other program on the same server is likely to lock.
_ADVISORY_LOCK = 6_401_875_230


class PostgresCursor(Protocol):
    """The part of a psycopg cursor that migrations need."""

    def execute(self, query: bytes, params: dict[str, str] | None = None) -> object: ...
    def fetchall(self) -> list[dict[str, str]]: ...


def apply_to_sqlite(db: sqlite_utils.Database, before: Callable[[str], None]) -> None:
    """Apply the steps that the file lacks, all of them or none.

    `before` is called under the lock with the name of the first step that a file of an earlier
    Greenroom lacks, to keep a copy of it.

    Raises:
        StorageError: a newer Greenroom wrote this file; or what `before` raises.
        sqlite3.Error: the file cannot be read or written.
    """
    migrations = _for_sqlite_utils()
    if _all_applied(step.name for step in migrations.applied(db)):
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        # Read again under the lock: another start may have been faster.
        applied = {step.name for step in migrations.applied(db)}
        if not _all_applied(applied):
            if applied:
                before(next(step.name for step in STEPS if step.name not in applied))
            migrations.apply(db)
        db.commit()
    except BaseException:
        db.rollback()
        raise


def apply_to_postgres(cursor: PostgresCursor) -> None:
    """Apply the steps that the database lacks, inside the transaction that is open.

    Raises:
        StorageError: a newer Greenroom wrote this database.
        psycopg.Error: the statements are refused.
    """
    cursor.execute(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})".encode())
    cursor.execute(
        b"CREATE TABLE IF NOT EXISTS greenroom_steps (name text PRIMARY KEY, at text NOT NULL)"
    )
    cursor.execute(b"SELECT name FROM greenroom_steps")
    applied = {row["name"] for row in cursor.fetchall()}
    if _all_applied(applied):
        return
    for step in STEPS:
        if step.name in applied:
            continue
        for statement in (*step.both, *step.postgres):
            cursor.execute(statement.encode())
        cursor.execute(
            b"INSERT INTO greenroom_steps (name, at) VALUES (%(name)s, %(at)s)",
            {"name": step.name, "at": time_text(datetime.now(UTC))},
        )


@dataclass(frozen=True, slots=True)
class Applied:
    """The steps that a database records: those of this program, and others."""

    known: frozenset[str]
    unknown: frozenset[str]


def steps_applied(db: sqlite_utils.Database) -> Applied:
    """Return which steps a SQLite file has, without applying any; none where it is not ours."""
    if "_sqlite_migrations" not in db.table_names() or "mentions" not in db.table_names():
        return Applied(frozenset(), frozenset())
    names = {step.name for step in _for_sqlite_utils().applied(db)}
    known = {step.name for step in STEPS}
    return Applied(frozenset(names & known), frozenset(names - known))


def _for_sqlite_utils() -> sqlite_utils.Migrations:
    migrations = sqlite_utils.Migrations(_SET)
    for step in STEPS:
        _register(migrations, step)
    return migrations


def _register(migrations: sqlite_utils.Migrations, step: Step) -> None:
    @migrations(name=step.name)
    def apply(db: sqlite_utils.Database) -> None:
        for statement in (*step.both, *step.sqlite):
            db.execute(statement)


def _all_applied(applied: Iterable[str]) -> bool:
    """Tell whether nothing is left to apply.

    Raises:
        StorageError: a step is recorded that this program does not know.
    """
    known = {step.name for step in STEPS}
    there = set(applied)
    if there - known:
        raise StorageError(
            "A newer Greenroom has written this database; this one does not know all of it.",
            "Update Greenroom again, or go back to the copy that was kept before the update: it "
            "lies beside the database, with “before” in its name (docs/reliability.md).",
        )
    return known == there
