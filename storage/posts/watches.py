"""Watches: what is listened to, how far each has read, and how much today."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from domain import MentionKind, Watch
from storage.db.database import Transaction
from storage.db.values import KEEP, Keep, read_time_or_none

_ADD = """
INSERT INTO watches (id, kind, label, query, cap, channel, paused, seen_id)
VALUES (:id, :kind, :label, :query, :cap, :channel, :paused, :seen_id)
"""

_SAW = """
UPDATE watches SET seen_at = :at, seen_id = CASE
    WHEN seen_id IS NULL OR length(seen_id) < :digits
        OR (length(seen_id) = :digits AND seen_id < :seen_id)
    THEN :seen_id ELSE seen_id END
WHERE id = :id
"""

_COUNT = """
INSERT INTO watch_reads (watch_id, day, posts) VALUES (:id, :day, :posts)
ON CONFLICT (watch_id, day) DO UPDATE SET posts = watch_reads.posts + excluded.posts
"""


def _read_watch(row: Mapping[str, Any]) -> Watch:
    return Watch(
        id=row["id"],
        kind=MentionKind(row["kind"]),
        label=row["label"],
        query=row["query"],
        cap=row["cap"],
        channel=row["channel"],
        paused=bool(row["paused"]),
        seen_id=row["seen_id"],
        caught_at=read_time_or_none(row["caught_at"]),
    )


def add_watch(tx: Transaction, watch: Watch) -> None:
    """Store a new watch."""
    tx.execute(
        _ADD,
        {
            "id": watch.id,
            "kind": watch.kind,
            "label": watch.label,
            "query": watch.query,
            "cap": watch.cap,
            "channel": watch.channel,
            "paused": watch.paused,
            "seen_id": watch.seen_id,
        },
    )


def watches(tx: Transaction) -> list[Watch]:
    """Return every watch, the account's mentions first, then by label."""
    rows = tx.query("SELECT * FROM watches")
    found = [_read_watch(row) for row in rows]
    return sorted(found, key=lambda w: (w.kind is not MentionKind.MENTION, w.label.casefold()))


def watch(tx: Transaction, watch_id: str) -> Watch | None:
    """Return a watch."""
    row = tx.one("SELECT * FROM watches WHERE id = :id", {"id": watch_id})
    return _read_watch(row) if row else None


def watch_labelled(tx: Transaction, label: str) -> Watch | None:
    """Return the first watch with a label, in any spelling of upper and lower case."""
    wanted = label.strip().casefold()
    return next((w for w in watches(tx) if w.label.casefold() == wanted), None)


def change_watch(
    tx: Transaction,
    watch_id: str,
    *,
    label: str | Keep = KEEP,
    query: str | Keep = KEEP,
    cap: int | Keep = KEEP,
    paused: bool | Keep = KEEP,
    channel: str | Keep | None = KEEP,
) -> bool:
    """Change what is given and keep the rest; tell whether the watch is there.

    A watch with a new query begins anew: what it saw belonged to the old one.
    """
    before = watch(tx, watch_id)
    if before is None:
        return False
    fresh_query = before.query if isinstance(query, Keep) else query
    changed = tx.execute(
        "UPDATE watches SET label = :label, query = :query, cap = :cap, paused = :paused,"
        " channel = :channel, seen_id = CASE WHEN query = :query THEN seen_id END WHERE id = :id",
        {
            "id": watch_id,
            "label": before.label if isinstance(label, Keep) else label,
            "query": fresh_query,
            "cap": before.cap if isinstance(cap, Keep) else cap,
            "paused": before.paused if isinstance(paused, Keep) else paused,
            "channel": before.channel if isinstance(channel, Keep) else channel,
        },
    )
    return bool(changed)


def remove_watch(tx: Transaction, watch_id: str) -> bool:
    """Remove a watch; what it caught stays. Tell whether it was there."""
    return bool(tx.execute("DELETE FROM watches WHERE id = :id", {"id": watch_id}))


def saw(tx: Transaction, watch_id: str, *, seen_id: str, at: datetime) -> None:
    """Note the newest post id seen; a smaller one than is known changes nothing."""
    tx.execute(_SAW, {"id": watch_id, "seen_id": seen_id, "digits": len(seen_id), "at": at})


def caught(tx: Transaction, watch_id: str, *, at: datetime) -> None:
    """Note that a watch caught a post that nobody had caught before."""
    tx.execute("UPDATE watches SET caught_at = :at WHERE id = :id", {"id": watch_id, "at": at})


def count_reads(tx: Transaction, watch_id: str, day: date, posts: int) -> None:
    """Add to the posts that a watch has read on a UTC day."""
    tx.execute(_COUNT, {"id": watch_id, "day": day, "posts": posts})


def reads_on(tx: Transaction, watch_id: str, day: date) -> int:
    """Return how many posts a watch has read on a UTC day."""
    row = tx.one(
        "SELECT posts FROM watch_reads WHERE watch_id = :id AND day = :day",
        {"id": watch_id, "day": day},
    )
    return int(row["posts"]) if row else 0
