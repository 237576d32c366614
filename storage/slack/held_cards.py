"""Cards that are not in the channel yet, because the hours are quiet."""

from datetime import datetime

from storage.db.database import Transaction

_NEWEST_FIRST = """
SELECT h.mention_id FROM held_cards h JOIN posts p ON p.id = h.mention_id
ORDER BY p.created_at DESC, length(p.id) DESC, p.id DESC LIMIT :limit
"""


def hold_card(tx: Transaction, mention_id: str, *, at: datetime) -> None:
    """Note that a mention's card waits for the end of the quiet hours."""
    tx.execute(
        "INSERT INTO held_cards (mention_id, held_at) VALUES (:id, :at)"
        " ON CONFLICT (mention_id) DO NOTHING",
        {"id": mention_id, "at": at},
    )


def held_cards(tx: Transaction, limit: int) -> list[str]:
    """Return the mentions whose cards are held, the newest posts first."""
    return [row["mention_id"] for row in tx.query(_NEWEST_FIRST, {"limit": limit})]


def let_card_go(tx: Transaction, mention_id: str) -> None:
    """Note that a mention's card is held no more."""
    tx.execute("DELETE FROM held_cards WHERE mention_id = :id", {"id": mention_id})
