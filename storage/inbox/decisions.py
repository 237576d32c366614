"""Decisions: who did what, when, with which text; written once and never changed."""

from collections.abc import Collection, Mapping
from typing import Any

from domain import Decision, DecisionKind
from storage.db.database import Transaction
from storage.db.values import read_time
from storage.posts.similar_answers import keep_answer, withdraw_answer

_RECORD = """
INSERT INTO decisions (id, mention_id, place, kind, member_id, member_name, at, text,
    suggestion_id, change)
VALUES (:id, :mention_id, (SELECT COUNT(*) FROM decisions WHERE mention_id = :mention_id),
    :kind, :member_id, :member_name, :at, :text, :suggestion_id, :change)
"""

#: Decisions by which a member takes a text for the answer.
TAKING_A_TEXT = frozenset(
    {
        DecisionKind.APPROVE,
        DecisionKind.EDIT,
        DecisionKind.SEND_ANYWAY,
        DecisionKind.USE,
        DecisionKind.POSTED,
    }
)


def _read_decision(row: Mapping[str, Any]) -> Decision:
    return Decision(
        id=row["id"],
        mention_id=row["mention_id"],
        kind=DecisionKind(row["kind"]),
        member_id=row["member_id"],
        member_name=row["member_name"],
        at=read_time(row["at"]),
        text=row["text"],
        suggestion_id=row["suggestion_id"],
        change=row["change"],
    )


def record(tx: Transaction, decision: Decision) -> None:
    """Store a decision; a text that it takes serves as an example from now on."""
    tx.execute(
        _RECORD,
        {
            "id": decision.id,
            "mention_id": decision.mention_id,
            "kind": decision.kind,
            "member_id": decision.member_id,
            "member_name": decision.member_name,
            "at": decision.at,
            "text": decision.text,
            "suggestion_id": decision.suggestion_id,
            "change": decision.change,
        },
    )
    if decision.kind is DecisionKind.UNDO:
        withdraw_answer(tx, decision.mention_id)
    elif decision.kind in TAKING_A_TEXT and decision.text:
        keep_answer(tx, decision.mention_id, decision.text, decision.at)


def decisions(tx: Transaction, mention_id: str) -> list[Decision]:
    """Return what members did with a mention, first to last."""
    rows = tx.query(
        "SELECT * FROM decisions WHERE mention_id = :id ORDER BY place, at", {"id": mention_id}
    )
    return [_read_decision(row) for row in rows]


def last_decision(
    tx: Transaction, mention_id: str, kinds: Collection[DecisionKind] | None = None
) -> Decision | None:
    """Return the last decision on a mention, or the last of some kinds."""
    row = tx.one(
        "SELECT * FROM decisions WHERE mention_id = :id AND kind IN (:kinds)"
        " ORDER BY place DESC, at DESC LIMIT 1",
        {"id": mention_id, "kinds": sorted(DecisionKind if kinds is None else kinds)},
    )
    return _read_decision(row) if row else None
