"""The export: every list, on both engines alike, page by page, and nothing undecided."""

import json
import re
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from domain import DigestKind
from errors import StorageError
from storage.db import key_values
from storage.db.database import Database, Transaction
from storage.inbox import suggestions
from storage.posts.redact import WORDS
from storage.privacy.export import EXPORTED, LEFT_OUT, export_rows
from storage.privacy.export_file import export_file
from tests.storage.made import ACCOUNT, NOW, a_draft, caught
from tests.storage.test_forget import tables


def test_each_table_is_exported_or_left_out_for_a_reason(db: Database) -> None:
    """A new table must be decided on."""
    with db.read() as tx:
        there = tables(tx)
    exported = [table.name for table in EXPORTED]
    assert sorted([*exported, *LEFT_OUT]) == there
    assert all(LEFT_OUT.values())


#: Columns of text that hold no words of people: ids, names of states, times, addresses of ours.
_NO_WORDS = re.compile(
    r"id|.*_id|.*_at|at|key|kind|state|.*_state|came_from|lane|day|day_hour|name|value|move|source|"
    r"prompt_version|service|purpose|ts|.*_ts|channel|digest|language|label|.*_label|origin|"
    r"outcome|choice|advice|assignee|.*_by|.*_until|.*_value|member_name|handle|picture_url|"
    r"subject|lease_owner|owner|covers|team_id|tz|rule|query|mentioned_ids|fact_state|words|words_of"
)


def test_each_column_with_words_is_known_to_forgetting(db: Database) -> None:
    """A new column of text is either searched for a person's handle, or holds no words."""
    with db.read() as tx:
        found = {table: columns(tx, table) for table in tables(tx)}
    known = {table: set(words) for table, _, words in WORDS}
    left = {
        f"{table}.{name}"
        for table, names in found.items()
        for name in names - known.get(table, set())
        if not _NO_WORDS.fullmatch(name)
    }
    assert left == set()
    assert all(words <= found[table] for table, words in known.items())


def columns(tx: Transaction, table: str) -> set[str]:
    """Return a table's columns of text."""
    asked = {
        "sqlite": "SELECT name FROM pragma_table_info(:table) WHERE type = 'text' OR type = 'TEXT'",
        "postgresql": "SELECT column_name AS name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND table_name = :table AND data_type = 'text'",
    }
    return {str(row["name"]) for row in tx.query(asked[tx.engine], {"table": table})}


def test_lists_are_read_page_by_page(db: Database) -> None:
    """More rows than a page of a thousand come once each, where the key has two columns too."""
    days = [NOW.date() + timedelta(days=number) for number in range(700)]
    with db.write() as tx:
        people = [(str(number), f"p{number}", "P") for number in range(2500)]
        tx.execute("INSERT INTO people (id, handle, name) VALUES :rows", {"rows": people})
        made = [(day, kind, "made", "{}", NOW, NOW) for day in days for kind in DigestKind]
        tx.execute(
            "INSERT INTO digests (day, kind, state, facts, due_at, made_at) VALUES :rows",
            {"rows": made},
        )
    with db.read() as tx:
        rows = {table.name: list(export_rows(tx, table)) for table in EXPORTED}
    assert len(rows["people"]) == len({row["id"] for row in rows["people"]}) == len(people)
    assert (
        len(rows["digests"]) == len({(r["day"], r["kind"]) for r in rows["digests"]}) == len(made)
    )


def test_the_file_holds_what_the_lists_hold(db: Database, tmp_path: Path) -> None:
    """Every row of every list, with its links; a file that is there already stays as it is."""
    with db.write() as tx:
        key_values.set_value(tx, key_values.ACCOUNT_ID, ACCOUNT.id)
        caught(tx, "1001", "1002")
        suggestions.add_round(tx, "1001", [(a_draft(), [])], NOW)
    path = tmp_path / "out.db"
    with db.read() as tx:
        counts = export_file(tx, path)
        lists = {table.name: list(export_rows(tx, table)) for table in EXPORTED}
        with pytest.raises(StorageError, match="is there already"):
            export_file(tx, path)
    assert counts == {name: len(rows) for name, rows in lists.items()}
    with closing(sqlite3.connect(path)) as out:
        out.row_factory = sqlite3.Row
        stored = {
            row["name"]
            for row in out.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        assert stored == {name for name, number in counts.items() if number}
        for name in stored:
            found = [dict(row) for row in out.execute(f"SELECT * FROM {name}")]
            assert json.dumps(found, sort_keys=True) == json.dumps(lists[name], sort_keys=True)
