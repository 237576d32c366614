"""What members are called, as far as their deeds tell it."""

from collections.abc import Collection

from storage.db.database import Transaction

_NAMES = """
SELECT member_id, member_name FROM decisions
WHERE mention_id = :mention_id AND member_id IN (:ids)
UNION SELECT member_id, member_name FROM playbooks WHERE member_id IN (:ids)
UNION SELECT member_id, member_name FROM voices WHERE member_id IN (:ids)
"""


def names_of(tx: Transaction, mention_id: str, ids: Collection[str]) -> dict[str, str]:
    """Return the names of members whose words are suggested, as far as their deeds tell them."""
    if not ids:
        return {}
    rows = tx.query(_NAMES, {"mention_id": mention_id, "ids": sorted(ids)})
    return {row["member_id"]: row["member_name"] for row in rows if row["member_name"]}
