"""Mentions that wait and that nobody ever took."""

from datetime import datetime

from domain import DecisionKind, MentionKind, MentionState
from storage.db.database import Transaction

#: Whoever did one of these took it on, whatever became of it.
_TAKING = (
    DecisionKind.HAND_OVER,
    DecisionKind.APPROVE,
    DecisionKind.EDIT,
    DecisionKind.WRITE,
    DecisionKind.USE,
    DecisionKind.SEND_ANYWAY,
    DecisionKind.ESCALATE,
)

_NEVER_TAKEN = """
SELECT m.id FROM mentions m
WHERE m.state = :state AND m.folded = 0 AND m.kind = :kind AND m.changed_at < :before
    AND NOT EXISTS (
        SELECT 1 FROM decisions d WHERE d.mention_id = m.id AND d.kind IN (:taking)
    )
ORDER BY m.changed_at, m.id LIMIT :limit
"""


def never_taken(tx: Transaction, kind: MentionKind, before: datetime, limit: int) -> list[str]:
    """Return mentions of a kind that wait unchanged since before a time, longest first."""
    params = {"state": MentionState.WAITING, "kind": kind, "before": before, "limit": limit}
    return [row["id"] for row in tx.query(_NEVER_TAKEN, {**params, "taking": _TAKING})]
