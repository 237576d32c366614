"""Which of our messages quote which posts, where nothing else says so."""

from collections.abc import Collection

from storage.db.database import Transaction
from storage.slack.messages import CARD, PlacedMessage, message, message_at


def note_quotes(
    tx: Transaction, key: str, ids: Collection[str], cards: Collection[tuple[str, str]] = ()
) -> None:
    """Note what the message of a key shows.

    Args:
        tx: a transaction that may write.
        key: the message's.
        ids: of posts and of people.
        cards: channel and ts of cards that it leads to, and whose posts it may quote.
    """
    led_to = [message_at(tx, channel, ts) for channel, ts in cards]
    quoted = {each.key.removeprefix(CARD) for each in led_to if each and each.key.startswith(CARD)}
    for post_id in sorted({*ids, *quoted}):
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
