"""The export as one SQLite file, which Datasette, sqlite-utils or any SQLite program opens."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import sqlite_utils

from errors import StorageError
from storage.db.database import Transaction
from storage.db.sqlite_file import make_new
from storage.privacy.export import EXPORTED, ExportTable, export_rows

#: What points where, so that Datasette makes links of it.
_POINTS = (
    ("posts", "author_id", "people"),
    ("mentions", "id", "posts"),
    ("suggestions", "mention_id", "mentions"),
    ("decisions", "mention_id", "mentions"),
    ("replies", "mention_id", "mentions"),
    ("history", "mention_id", "mentions"),
    ("set_asides", "mention_id", "mentions"),
    ("piled", "mention_id", "mentions"),
    ("piled", "pile_id", "piles"),
    ("edits", "mention_id", "mentions"),
    ("thread_answers", "mention_id", "mentions"),
    ("person_notes", "person_id", "people"),
    ("opt_outs", "person_id", "people"),
)


def export_file(tx: Transaction, target: Path) -> dict[str, int]:
    """Write everything that is stored about conversations into a new file; return rows by table.

    Raises:
        StorageError: the file exists or cannot be written; nothing is left of it.
    """
    make_new(target)
    try:
        with closing(sqlite3.connect(target)) as connection:
            return _fill(tx, sqlite_utils.Database(connection))
    except (sqlite3.Error, OSError) as error:
        with suppress(OSError):
            target.unlink()
        raise StorageError(
            f"The export was not written: {error}.", "Look at the disk's free space, and try again."
        ) from error


def _fill(tx: Transaction, out: sqlite_utils.Database) -> dict[str, int]:
    counts = {}
    for table in EXPORTED:
        rows = out.table(table.name)
        rows.insert_all(
            _plain(tx, table), pk=table.key if len(table.key) > 1 else table.key[0], batch_size=500
        )
        counts[table.name] = rows.count if rows.exists() else 0
    for table_name, column, other in _POINTS:
        if counts[table_name] and counts[other]:
            out.table(table_name).add_foreign_key(column, other, "id", ignore=True)
    out.vacuum()
    return counts


def _plain(tx: Transaction, table: ExportTable) -> Iterator[dict[str, Any]]:
    """Yield rows of texts and numbers only, whatever the engine gives."""
    for row in export_rows(tx, table):
        yield {
            name: value
            if value is None or isinstance(value, str | int | float)
            else json.dumps(value, default=str)
            for name, value in row.items()
        }
