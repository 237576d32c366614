"""Edits: each text that differs from the suggestion it came from, as a difference.

They are kept for good, an undone one too: the edit happened. As evidence for a habit only the
last text that the team took for a mention counts, and none that was taken back.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain import DecisionKind, Source, TakenText
from storage.db.database import Transaction
from storage.db.values import json_text, read_time


@dataclass(frozen=True, slots=True)
class Edit:
    """One difference: the suggestion, the text taken instead, the words changed, the traits."""

    decision_id: str
    mention_id: str
    before: str
    after: str
    changes: tuple[tuple[str, str, str], ...]
    traits: frozenset[str]
    at: datetime


_KEEP = """
INSERT INTO edits (decision_id, mention_id, before_text, after_text, changes, traits, at)
VALUES (:decision_id, :mention_id, :before, :after, :changes, :traits, :at)
ON CONFLICT (decision_id) DO UPDATE SET
    after_text = excluded.after_text, changes = excluded.changes, traits = excluded.traits,
    at = excluded.at
"""

# What a member wrote is no suggestion that was kept as it was, unless it was made of one.
_TAKEN = """
SELECT COALESCE(e.before_text, s.text) AS before, COALESCE(e.after_text, d.text) AS after,
    d.at, a.name AS person,
    COALESCE(e.traits, '[]') AS traits
FROM decisions d
JOIN suggestions s ON s.id = d.suggestion_id
JOIN posts p ON p.id = d.mention_id
JOIN people a ON a.id = p.author_id
LEFT JOIN edits e ON e.decision_id = d.id
WHERE d.at >= :since AND d.kind IN (:taking) AND d.text IS NOT NULL
    AND (s.source <> :member OR e.decision_id IS NOT NULL) AND NOT EXISTS (
    SELECT 1 FROM decisions later
    WHERE later.mention_id = d.mention_id AND later.place > d.place
        AND (later.kind = :undo OR later.kind IN (:taking))
)
ORDER BY d.at, d.id
"""

_TAKING_A_SUGGESTION = (DecisionKind.APPROVE, DecisionKind.EDIT, DecisionKind.USE)


def _read_edit(row: Mapping[str, Any]) -> Edit:
    return Edit(
        decision_id=row["decision_id"],
        mention_id=row["mention_id"],
        before=row["before_text"],
        after=row["after_text"],
        changes=tuple((tag, gone, come) for tag, gone, come in json.loads(row["changes"])),
        traits=frozenset(json.loads(row["traits"])),
        at=read_time(row["at"]),
    )


def keep_edit(
    tx: Transaction,
    decision_id: str,
    mention_id: str,
    *,
    before: str,
    after: str,
    changes: Sequence[Sequence[str]],
    traits: Collection[str],
    at: datetime,
) -> None:
    """Store what a decision changed in its suggestion; words seen later on X replace the text.

    `changes` are the steps from one text to the other: [tag, removed, added].
    """
    tx.execute(
        _KEEP,
        {
            "decision_id": decision_id,
            "mention_id": mention_id,
            "before": before,
            "after": after,
            "changes": json_text([list(step) for step in changes]),
            "traits": json_text(sorted(traits)),
            "at": at,
        },
    )


def edit(tx: Transaction, decision_id: str) -> Edit | None:
    """Return what a decision changed, or None when it took its suggestion as it was."""
    row = tx.one("SELECT * FROM edits WHERE decision_id = :id", {"id": decision_id})
    return _read_edit(row) if row else None


def edits_of(tx: Transaction, mention_id: str) -> list[Edit]:
    """Return the edits of a mention's suggestions, first to last, undone ones too."""
    rows = tx.query(
        "SELECT * FROM edits WHERE mention_id = :id ORDER BY at, decision_id", {"id": mention_id}
    )
    return [_read_edit(row) for row in rows]


def taken_texts(tx: Transaction, since: datetime) -> list[TakenText]:
    """Return the suggestions decided on since a time and what was made of each, oldest first.

    One for each mention: the last text that was taken, unless it was taken back.
    """
    params = {"taking": _TAKING_A_SUGGESTION, "undo": DecisionKind.UNDO, "member": Source.MEMBER}
    rows = tx.query(_TAKEN, {"since": since, **params})
    return [
        TakenText(
            before=row["before"],
            after=row["after"],
            at=read_time(row["at"]),
            person=row["person"],
            traits=frozenset(json.loads(row["traits"])),
        )
        for row in rows
    ]
