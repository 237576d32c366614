"""Slack messages of ours: where each stands, so that none is posted twice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.db.database import Transaction
from storage.db.values import read_time_or_none


@dataclass(frozen=True, slots=True)
class PlacedMessage:
    """One message of ours. `digest` tells what it last looked like."""

    key: str
    channel: str
    thread_ts: str | None = None
    ts: str | None = None
    attempted_at: datetime | None = None
    digest: str | None = None


#: How the key of a mention's card begins.
CARD = "card:"
_RESERVE = """
INSERT INTO messages (key, channel, thread_ts, reserved_at)
VALUES (:key, :channel, :thread_ts, :at)
ON CONFLICT (key) DO NOTHING
"""


def _read_message(row: Mapping[str, Any]) -> PlacedMessage:
    return PlacedMessage(
        key=row["key"],
        channel=row["channel"],
        thread_ts=row["thread_ts"],
        ts=row["ts"],
        attempted_at=read_time_or_none(row["attempted_at"]),
        digest=row["digest"],
    )


def reserve(
    tx: Transaction, key: str, *, channel: str, thread_ts: str | None = None, at: datetime
) -> PlacedMessage:
    """Return the message of a key, making its row when there is none; nothing is attempted yet."""
    tx.execute(_RESERVE, {"key": key, "channel": channel, "thread_ts": thread_ts, "at": at})
    return message(tx, key) or PlacedMessage(key, channel, thread_ts)


def attempt(tx: Transaction, key: str, at: datetime) -> None:
    """Note that a request is about to go out; the first one's time stays.

    The first, because a lost answer may belong to it: a search must begin there.
    """
    tx.execute(
        "UPDATE messages SET attempted_at = COALESCE(attempted_at, :at) WHERE key = :key",
        {"key": key, "at": at},
    )


def placed(tx: Transaction, key: str, ts: str, digest: str) -> bool:
    """Note where a message stands in Slack and what it looks like now; False if it was forgotten."""
    return bool(
        tx.execute(
            "UPDATE messages SET ts = :ts, digest = :digest WHERE key = :key",
            {"key": key, "ts": ts, "digest": digest},
        )
    )


def message(tx: Transaction, key: str) -> PlacedMessage | None:
    """Return the message of a key."""
    row = tx.one("SELECT * FROM messages WHERE key = :key", {"key": key})
    return _read_message(row) if row else None


def message_at(tx: Transaction, channel: str, ts: str) -> PlacedMessage | None:
    """Return our message that stands at a place in Slack."""
    row = tx.one(
        "SELECT * FROM messages WHERE ts = :ts AND channel = :channel",
        {"channel": channel, "ts": ts},
    )
    return _read_message(row) if row else None


def cards(tx: Transaction, mention_ids: Sequence[str]) -> dict[str, PlacedMessage]:
    """Return where the cards of mentions stand, as far as they have one."""
    if not mention_ids:
        return {}
    rows = tx.query(
        "SELECT * FROM messages WHERE ts IS NOT NULL AND key IN (:keys)",
        {"keys": [f"{CARD}{mention_id}" for mention_id in mention_ids]},
    )
    found = [_read_message(row) for row in rows]
    return {placed.key.removeprefix(CARD): placed for placed in found}


def forget_message(tx: Transaction, key: str) -> bool:
    """Forget a message, so that it may be posted anew; tell whether it was known."""
    return bool(tx.execute("DELETE FROM messages WHERE key = :key", {"key": key}))


def below_card(tx: Transaction, mention_id: str) -> list[PlacedMessage]:
    """Return our messages in the thread below a mention's card, oldest first."""
    rows = tx.query(
        "SELECT below.* FROM messages below"
        " JOIN messages card ON card.ts = below.thread_ts AND card.channel = below.channel"
        " WHERE card.key = :key ORDER BY below.ts",
        {"key": f"{CARD}{mention_id}"},
    )
    return [_read_message(row) for row in rows]


def elsewhere(tx: Transaction, mention_ids: Sequence[str]) -> list[PlacedMessage]:
    """Return the copies of mentions' cards that stand in other channels."""
    found = []
    for mention_id in mention_ids:
        rows = tx.query(
            "SELECT * FROM messages WHERE key >= :first AND key < :last",
            {"first": f"elsewhere:{mention_id}:", "last": f"elsewhere:{mention_id};"},
        )
        found += [_read_message(row) for row in rows]
    return found
