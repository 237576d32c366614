"""Which of our messages quote which posts, where nothing else says so."""

from collections.abc import Collection

from storage.database import Transaction
from storage.messages import PlacedMessage, message


def note_quotes(tx: Transaction, key: str, post_ids: Collection[str]) -> None:
    """Note that the message of a key quotes posts."""
    for post_id in sorted(set(post_ids)):
        tx.execute(
            "INSERT INTO quoted (key, post_id) VALUES (:key, :post) ON CONFLICT DO NOTHING",
            {"key": key, "post": post_id},
        )


def messages_quoting(tx: Transaction, post_ids: Collection[str]) -> list[PlacedMessage]:
    """Return our messages that quote any of the posts."""
    if not post_ids:
        return []
    rows = tx.query(
        "SELECT DISTINCT key FROM quoted WHERE post_id IN (:ids) ORDER BY key",
        {"ids": sorted(post_ids)},
    )
    found = [message(tx, str(row["key"])) for row in rows]
    return [placed for placed in found if placed is not None]


def forget_quotes(tx: Transaction, key: str) -> None:
    """Note that a message quotes nothing any more."""
    tx.execute("DELETE FROM quoted WHERE key = :key", {"key": key})
