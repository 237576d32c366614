"""Everything that is stored about conversations, as rows for whoever takes it along.

Jobs, notices, messages' places and the like are left out: they are machinery and mean
nothing elsewhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from storage.db.database import Transaction

_PAGE = 1000


@dataclass(frozen=True, slots=True)
class ExportTable:
    """One list of the export: its name, and the table and the columns of the key it is read by."""

    name: str
    key: tuple[str, ...]


#: What the export holds, a list each.
EXPORTED: tuple[ExportTable, ...] = (
    ExportTable("people", ("id",)),
    ExportTable("posts", ("id",)),
    ExportTable("watches", ("id",)),
    ExportTable("mentions", ("id",)),
    ExportTable("suggestions", ("id",)),
    ExportTable("decisions", ("id",)),
    ExportTable("replies", ("id",)),
    ExportTable("history", ("id",)),
    ExportTable("set_asides", ("mention_id",)),
    ExportTable("piles", ("id",)),
    ExportTable("piled", ("mention_id",)),
    ExportTable("voices", ("version",)),
    ExportTable("voice_offers", ("id",)),
    ExportTable("playbooks", ("version",)),
    ExportTable("edits", ("decision_id",)),
    ExportTable("proposals", ("id",)),
    ExportTable("person_notes", ("id",)),
    ExportTable("opt_outs", ("person_id",)),
    ExportTable("thread_answers", ("key",)),
    ExportTable("digests", ("day", "kind")),
    ExportTable("account_days", ("day",)),
    ExportTable("team_settings", ("name",)),
    ExportTable("setting_changes", ("id",)),
    ExportTable("costs", ("id",)),
    ExportTable("usage_days", ("day",)),
)
#: What the export leaves out, and why. A test asks for each table of the schema in one of the two.
LEFT_OUT: dict[str, str] = {
    "answers": "each is a decision's text beside a post's, both of which are in it",
    "billed_reads": "which ids were paid for on a day; the sums are in costs",
    "heard": "which Slack messages were dealt with",
    "held_cards": "which cards wait for the end of the quiet hours",
    "jobs": "work that is due",
    "marks": "how far the work came; of who was forgotten, a hash",
    "messages": "where our messages stand in Slack",
    "notices": "troubles that the channel was told of",
    "pile_turns": "who waits for whom while a pile grows",
    "quoted": "which of our messages quote which posts",
    "reservations": "money set aside for calls under way; what they cost is in costs",
    "spending_turns": "who waits for whom while money is set aside",
    "stream_hold": "which process holds X's stream",
    "watch_reads": "what a watch read on a day; its cost is in costs",
}


def export_rows(tx: Transaction, table: ExportTable) -> Iterator[dict[str, Any]]:
    """Yield a list's rows by their key, a page at a time: a large one never stands in memory."""
    params: dict[str, Any] = {"limit": _PAGE}
    key = ", ".join(table.key)
    after = ""
    while True:
        rows = tx.query(
            f"SELECT * FROM {table.name} {after} ORDER BY {key} LIMIT :limit",  # noqa: S608 - names of this file
            params,
        )
        yield from rows
        if len(rows) < _PAGE:
            return
        after = f"WHERE ({key}) > ({', '.join(f':{name}' for name in table.key)})"
        params |= {name: rows[-1][name] for name in table.key}
