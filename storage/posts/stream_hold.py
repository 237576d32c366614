"""The hold on X's filtered stream: one process has it for a while, and says what it covers."""

import json
from collections.abc import Collection
from datetime import datetime, timedelta

from storage.db.database import Transaction

_NAME = "x"

_TAKE = """
INSERT INTO stream_hold (name, owner, held_until, covers)
VALUES (:name, :owner, :until, '[]')
ON CONFLICT (name) DO UPDATE SET
    held_until = excluded.held_until,
    covers = CASE WHEN stream_hold.owner = excluded.owner THEN stream_hold.covers ELSE '[]' END,
    owner = excluded.owner
WHERE stream_hold.owner = excluded.owner
    OR stream_hold.held_until <= :now
    OR stream_hold.held_until > :far
"""


def take(tx: Transaction, owner: str, *, now: datetime, lease: timedelta) -> bool:
    """Take the hold, or keep it, for one lease; False while another process has it.

    A hold that reaches further than a lease was written by a wrong clock and counts for nothing.
    """
    until = now + lease
    return bool(
        tx.execute(
            _TAKE,
            {
                "name": _NAME,
                "owner": owner,
                "until": until,
                "now": now,
                "far": until + lease,
            },
        )
    )


def cover(tx: Transaction, owner: str, watch_ids: Collection[str]) -> bool:
    """Say which watches the stream covers now; False when the hold is another's."""
    return bool(
        tx.execute(
            "UPDATE stream_hold SET covers = :covers WHERE name = :name AND owner = :owner",
            {"name": _NAME, "owner": owner, "covers": json.dumps(sorted(watch_ids))},
        )
    )


def let_go(tx: Transaction, owner: str) -> None:
    """Let another process take the hold at once."""
    tx.execute(
        "DELETE FROM stream_hold WHERE name = :name AND owner = :owner",
        {"name": _NAME, "owner": owner},
    )


def forget(tx: Transaction) -> None:
    """Forget whoever had the hold, where no other process can be running."""
    tx.execute("DELETE FROM stream_hold WHERE name = :name", {"name": _NAME})


def covered(tx: Transaction, now: datetime) -> frozenset[str]:
    """Return the ids of the watches that the stream brings posts for now."""
    row = tx.one(
        "SELECT covers FROM stream_hold WHERE name = :name AND held_until > :now",
        {"name": _NAME, "now": now},
    )
    return frozenset(json.loads(row["covers"])) if row else frozenset()
