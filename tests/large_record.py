"""A large made-up record, loaded in bulk: an account that many people write to for months.

The rows are made in a fixed order from a seed. `write` puts them into a migrated database past our own
storage; only the figures are tested and measured on it.
"""

import random
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg

from domain import Move
from storage.db.database import Database
from storage.db.key_values import set_value

ACCOUNT = "900"
_STATES = ("answered", "answered", "waiting", "skipped", "set_aside", "expired")
_TABLES = ("people", "posts", "mentions", "suggestions", "decisions", "replies")
_COLUMNS = {
    "people": ("id", "handle", "name"),
    "posts": (
        "id", "text", "author_id", "created_at", "conversation_id", "in_reply_to_id",
        "in_reply_to_author_id", "mentioned_ids", "linked",
    ),
    "mentions": (
        "id", "kind", "watch_id", "watch_label", "state", "lane", "asked_at", "caught_at",
        "changed_at", "folded",
    ),
    "suggestions": (
        "id", "mention_id", "round", "place", "text", "source", "move", "created_at",
    ),
    "decisions": (
        "id", "mention_id", "place", "kind", "member_id", "member_name", "at", "text",
        "suggestion_id",
    ),
    "replies": (
        "id", "mention_id", "place", "decision_id", "text", "state", "due_at", "member_id",
        "member_name", "post_id",
    ),
}  # fmt: skip
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Record:
    """How large: so many mentions by so many people, over the days before `until`.

    Each mention stands in one of the states, drawn by chance.
    """

    mentions: int
    people: int
    until: datetime
    days: int = 90
    seed: int = 1
    states: tuple[str, ...] = _STATES


def write(db: Database, url: str, record: Record) -> None:
    """Load the record."""
    with db.write() as tx:
        set_value(tx, "account_id", ACCOUNT)
    rows = _rows(record)
    if url.startswith("sqlite"):
        _into_sqlite(url, rows)
    else:
        _into_postgres(url, rows)


def _rows(record: Record) -> dict[str, list[Row]]:
    """Make all rows, table by table."""
    dice = random.Random(record.seed)
    rows: dict[str, list[Row]] = {table: [] for table in _TABLES}
    rows["people"] = [(ACCOUNT, "barn", "The Barn")]
    rows["people"] += [(str(1000 + n), f"p{n}", f"P {n}") for n in range(record.people)]
    begin = record.until - timedelta(days=record.days)
    step = timedelta(days=record.days) / (record.mentions + 1)
    for number in range(record.mentions):
        _mention(rows, dice, record, number, begin + step * number)
    return rows


def _mention(
    rows: dict[str, list[Row]], dice: random.Random, record: Record, number: int, asked: datetime
) -> None:
    """Add one mention with what became of it; every twentieth we also posted of ourselves."""
    # Few people write often, many once.
    person = str(1000 + int(record.people * dice.random() ** 2))
    post = str(10_000_000 + number * 10)
    # Sometimes it goes on where our last reply stands.
    last = rows["posts"][-1] if rows["posts"] else None
    follows = last is not None and last[2] == ACCOUNT and last[6] and dice.random() < 0.4
    if follows and last is not None:
        person, conversation, above = last[6], last[4], last[0]
    else:
        conversation, above = post, None
    caught = _text(asked)
    rows["posts"].append(
        (post, "hello @barn", person, caught, conversation, above,
         ACCOUNT if above else None, f'["{ACCOUNT}"]', 0)
    )  # fmt: skip
    state = dice.choice(record.states)
    folded = int(dice.random() < 0.02)
    answered = asked + timedelta(minutes=dice.expovariate(1 / 90))
    rows["mentions"].append(
        (post, "mention", "mentions", "Mentions", "new" if folded else state, "send", caught,
         caught, _text(answered), folded)
    )  # fmt: skip
    if not folded and state in {"answered", "skipped"} and answered < record.until:
        _decided(rows, dice, post, person, conversation, state, answered)
    if number % 20 == 0:
        rows["posts"].append(
            (str(int(post) + 5), "about us", ACCOUNT, caught, str(int(post) + 5), None, None, "[]",
             int(number % 60 == 0))
        )  # fmt: skip


def _decided(
    rows: dict[str, list[Row]],
    dice: random.Random,
    post: str,
    person: str,
    conversation: str,
    state: str,
    at: datetime,
) -> None:
    suggestion = _suggestion(rows, dice, post)
    kind = "skip" if state == "skipped" else dice.choice(["approve", "approve", "edit", "use"])
    decision = f"d{post}"
    time = _text(at)
    rows["decisions"].append(
        (decision, post, 0, kind, "U1", "Mia", time, None if kind == "skip" else "hi",
         None if kind == "skip" else suggestion)
    )  # fmt: skip
    if kind == "skip":
        return
    own = str(int(post) + 3)
    if kind != "use":
        rows["replies"].append(
            (f"r{post}", post, 0, decision, "hi", "sent", time, "U1", "Mia", own)
        )
    if dice.random() < 0.95:  # the others a member says they posted
        rows["posts"].append((own, "hi", ACCOUNT, time, conversation, post, person, "[]", 0))


def _suggestion(rows: dict[str, list[Row]], dice: random.Random, post: str) -> str:
    """Return one of a few suggestions, which the first mentions bring along."""
    if len(rows["suggestions"]) < 2 * len(Move):
        number = len(rows["suggestions"])
        move = list(Move)[number % len(Move)]
        rows["suggestions"].append(
            (f"s{number}", post, 1, number, "hi" if number % 2 else "hello", "model", str(move),
             _text(datetime(2026, 1, 1, tzinfo=UTC)))
        )  # fmt: skip
    return str(dice.choice(rows["suggestions"])[0])


def _text(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.000000Z")


def _into_sqlite(url: str, rows: dict[str, list[Row]]) -> None:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as file:
        file.execute("PRAGMA synchronous=OFF")
        file.execute("PRAGMA cache_size=-200000")
        kept = _laid_aside(file)
        file.execute("BEGIN")
        for table in _TABLES:
            columns = _COLUMNS[table]
            marks = ", ".join("?" * len(columns))
            file.executemany(
                f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows[table]
            )
        for statement in kept:
            file.execute(statement)
        # No ANALYZE: Greenroom never asks SQLite for one, and plans differ with it.
        file.execute("COMMIT")


def _laid_aside(file: sqlite3.Connection) -> list[str]:
    """Drop indexes and triggers of the loaded tables; return how to make them again."""
    found = file.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger')"
        " AND sql IS NOT NULL AND tbl_name IN (SELECT value FROM json_each(?))",
        (f"[{', '.join(chr(34) + t + chr(34) for t in _TABLES)}]",),
    ).fetchall()
    for kind, name, _ in found:
        file.execute(f"DROP {kind} {name}")
    return [statement for _, _, statement in sorted(found)]


def _into_postgres(url: str, rows: dict[str, list[Row]]) -> None:
    with psycopg.connect(url) as connection:
        kept = _laid_aside_there(connection)
        for table in _TABLES:
            _copy(connection, table, rows[table])
        for statement in kept:
            connection.execute(statement.encode())
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def _laid_aside_there(connection: psycopg.Connection[Row]) -> list[str]:
    """Switch triggers and foreign keys off and drop indexes; return how to make those again."""
    connection.execute("SET session_replication_role = replica")
    found = connection.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s)"
        " AND indexname NOT IN (SELECT conname FROM pg_constraint)",
        (list(_TABLES),),
    ).fetchall()
    for name, _ in found:
        connection.execute(f"DROP INDEX {name}".encode())
    return [statement for _, statement in found]


def _copy(connection: psycopg.Connection[Row], table: str, rows: Sequence[Row]) -> None:
    columns = ", ".join(_COLUMNS[table])
    with connection.cursor().copy(f"COPY {table} ({columns}) FROM STDIN".encode()) as copy:
        for row in rows:
            copy.write_row(row)
