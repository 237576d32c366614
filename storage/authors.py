"""Who wrote a text, and whether the team wants a second member to approve what somebody wrote."""

import json

from domain import DecisionKind, Source
from storage.database import Transaction

_WRITTEN = """
SELECT member_id FROM suggestions
WHERE mention_id = :mention_id AND text = :text AND source = :member AND member_id IS NOT NULL
UNION
SELECT member_id FROM decisions
WHERE mention_id = :mention_id AND text = :text AND kind IN (:writing)
"""
#: The decisions whose text is the member's own words.
_WRITING = (DecisionKind.EDIT, DecisionKind.WRITE)


def second_approver_on(tx: Transaction) -> bool:
    """Tell whether nobody sends words of their own without another member's approval.

    Read where the decision is written: another process may have changed it a moment ago.
    """
    row = tx.one("SELECT value FROM team_settings WHERE name = :name", {"name": "second_approver"})
    return row is not None and json.loads(row["value"]) is True


def is_drafted(tx: Transaction, mention_id: str, text: str) -> bool:
    """Tell whether Greenroom suggested exactly this text for a mention."""
    row = tx.one(
        "SELECT id FROM suggestions WHERE mention_id = :mention_id AND text = :text"
        " AND source <> :member LIMIT 1",
        {"mention_id": mention_id, "text": text, "member": Source.MEMBER},
    )
    return row is not None


def authors_of(tx: Transaction, mention_id: str, text: str) -> frozenset[str]:
    """Return the ids of the members who wrote exactly this text for a mention."""
    params = {"mention_id": mention_id, "text": text, "member": Source.MEMBER, "writing": _WRITING}
    return frozenset(str(row["member_id"]) for row in tx.query(_WRITTEN, params))
