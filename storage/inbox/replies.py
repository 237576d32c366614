"""Approved texts on their way to X: at most one of a mention open or sent."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from domain import Reply, ReplyState
from errors import AlreadyDecided
from storage.db.database import Transaction
from storage.db.values import KEEP, Keep, read_time, read_time_or_none

#: The states of which a mention has one reply at most; one_open_reply in the schema holds it.
OPEN_OR_SENT = (ReplyState.APPROVED, ReplyState.SENDING, ReplyState.SENT, ReplyState.UNKNOWN)

# Not raising in the database: a failed statement would end a PostgreSQL transaction.
_ADD = """
INSERT INTO replies (id, mention_id, place, decision_id, text, state, due_at, member_id,
    member_name, attempted_at, post_id, reason, looks, duplicate)
VALUES (:id, :mention_id, (SELECT COUNT(*) FROM replies WHERE mention_id = :mention_id),
    :decision_id, :text, :state, :due_at, :member_id,
    :member_name, :attempted_at, :post_id, :reason, :looks, :duplicate)
ON CONFLICT DO NOTHING
"""

_MOVE = """
UPDATE replies SET
    state = :to,
    attempted_at = CASE WHEN :keep_attempted = 1 THEN attempted_at ELSE :attempted_at END,
    post_id = CASE WHEN :keep_post = 1 THEN post_id ELSE :post_id END,
    reason = CASE WHEN :keep_reason = 1 THEN reason ELSE :reason END,
    due_at = CASE WHEN :keep_due = 1 THEN due_at ELSE :due_at END,
    duplicate = CASE WHEN :keep_duplicate = 1 THEN duplicate ELSE :duplicate END
WHERE id = :id AND state IN (:before)
"""


def _read_reply(row: Mapping[str, Any]) -> Reply:
    return Reply(
        id=row["id"],
        mention_id=row["mention_id"],
        decision_id=row["decision_id"],
        text=row["text"],
        state=ReplyState(row["state"]),
        due_at=read_time(row["due_at"]),
        member_id=row["member_id"],
        member_name=row["member_name"],
        attempted_at=read_time_or_none(row["attempted_at"]),
        post_id=row["post_id"],
        reason=row["reason"],
        looks=row["looks"],
        duplicate=bool(row["duplicate"]),
    )


def add_reply(tx: Transaction, reply: Reply) -> None:
    """Store an approved text.

    Raises:
        AlreadyDecided: the mention has a reply that is open or sent; the transaction lives on.
    """
    added = tx.execute(
        _ADD,
        {
            "id": reply.id,
            "mention_id": reply.mention_id,
            "decision_id": reply.decision_id,
            "text": reply.text,
            "state": reply.state,
            "due_at": reply.due_at,
            "member_id": reply.member_id,
            "member_name": reply.member_name,
            "attempted_at": reply.attempted_at,
            "post_id": reply.post_id,
            "reason": reply.reason,
            "looks": reply.looks,
            "duplicate": reply.duplicate,
        },
    )
    if not added:
        raise AlreadyDecided("A reply to this post is on its way or on X already.")


def reply(tx: Transaction, reply_id: str) -> Reply | None:
    """Return a reply."""
    row = tx.one("SELECT * FROM replies WHERE id = :id", {"id": reply_id})
    return _read_reply(row) if row else None


def reply_of(tx: Transaction, mention_id: str) -> Reply | None:
    """Return the mention's reply that is open or sent."""
    row = tx.one(
        "SELECT * FROM replies WHERE mention_id = :id AND state IN (:states)",
        {"id": mention_id, "states": OPEN_OR_SENT},
    )
    return _read_reply(row) if row else None


def last_reply(tx: Transaction, mention_id: str) -> Reply | None:
    """Return the mention's newest reply, in whatever state."""
    row = tx.one(
        "SELECT * FROM replies WHERE mention_id = :id ORDER BY place DESC, id DESC LIMIT 1",
        {"id": mention_id},
    )
    return _read_reply(row) if row else None


def move_reply(
    tx: Transaction,
    reply_id: str,
    *,
    before: Collection[ReplyState],
    to: ReplyState,
    attempted_at: datetime | Keep | None = KEEP,
    post_id: str | Keep | None = KEEP,
    reason: str | Keep | None = KEEP,
    due_at: datetime | Keep = KEEP,
    duplicate: bool | Keep = KEEP,
) -> bool:
    """Move a reply if it stands in one of the states `before`, in one UPDATE.

    What is not given stays as it is. Returns whether the reply was moved.
    """
    moved = tx.execute(
        _MOVE,
        {
            "id": reply_id,
            "to": to,
            "before": sorted(before),
            **_kept("attempted_at", "keep_attempted", attempted_at),
            **_kept("post_id", "keep_post", post_id),
            **_kept("reason", "keep_reason", reason),
            **_kept("due_at", "keep_due", due_at),
            # Typed even when it is kept: PostgreSQL wants to know what a NULL would be.
            "duplicate": 0 if isinstance(duplicate, Keep) else int(duplicate),
            "keep_duplicate": int(isinstance(duplicate, Keep)),
        },
    )
    return bool(moved)


def _kept(name: str, flag: str, value: Any) -> dict[str, Any]:
    if isinstance(value, Keep):
        return {name: None, flag: 1}
    return {name: value, flag: 0}


def count_look(tx: Transaction, reply_id: str) -> int:
    """Count one more look on X for the reply; return how many there have been."""
    row = tx.one(
        "UPDATE replies SET looks = looks + 1 WHERE id = :id RETURNING looks", {"id": reply_id}
    )
    return int(row["looks"]) if row else 0


def replies_in(tx: Transaction, states: Collection[ReplyState]) -> list[Reply]:
    """Return all replies in any of the states, soonest due first."""
    rows = tx.query(
        "SELECT * FROM replies WHERE state IN (:states) ORDER BY due_at, id",
        {"states": sorted(states)},
    )
    return [_read_reply(row) for row in rows]


def any_in(tx: Transaction, state: ReplyState) -> bool:
    """Tell whether any reply stands in a state."""
    return (
        tx.one("SELECT 1 AS there FROM replies WHERE state = :state LIMIT 1", {"state": state})
        is not None
    )
