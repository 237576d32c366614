"""Everything that is stored about conversations, as rows for whoever takes it along.

Jobs, notices, messages' places and the like are left out: they are machinery and mean
nothing elsewhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from storage.database import Transaction

_PAGE = 1000


@dataclass(frozen=True, slots=True)
class ExportTable:
    """One list of the export: its name, and the table and key that it is read by."""

    name: str
    key: str


#: What the export holds, a list each.
EXPORTED: tuple[ExportTable, ...] = (
    ExportTable("people", "id"),
    ExportTable("posts", "id"),
    ExportTable("watches", "id"),
    ExportTable("mentions", "id"),
    ExportTable("suggestions", "id"),
    ExportTable("decisions", "id"),
    ExportTable("replies", "id"),
    ExportTable("history", "id"),
    ExportTable("set_asides", "mention_id"),
    ExportTable("voices", "version"),
    ExportTable("playbooks", "version"),
    ExportTable("edits", "decision_id"),
    ExportTable("proposals", "id"),
    ExportTable("person_notes", "id"),
    ExportTable("opt_outs", "person_id"),
    ExportTable("thread_answers", "key"),
    ExportTable("setting_changes", "id"),
    ExportTable("costs", "id"),
)


def export_rows(tx: Transaction, table: ExportTable) -> Iterator[dict[str, Any]]:
    """Yield a list's rows by their key, a page at a time: a large one never stands in memory."""
    params: dict[str, Any] = {"limit": _PAGE}
    after = ""
    while True:
        rows = tx.query(
            f"SELECT * FROM {table.name} {after} ORDER BY {table.key} LIMIT :limit",  # noqa: S608 - names of this file
            params,
        )
        yield from rows
        if len(rows) < _PAGE:
            return
        after = f"WHERE {table.key} > :after"
        params["after"] = rows[-1][table.key]
