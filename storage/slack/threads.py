"""What was said in the threads of cards, and what we answered with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.db.database import Transaction
from storage.slack.messages import CARD, message_at

_ADD = """
INSERT INTO thread_answers (key, mention_id, suggestion_id, asked_by, note, fact, fact_state, at)
VALUES (:key, :mention, :suggestion, :by, :note, :fact, :state, :at)
ON CONFLICT (key) DO NOTHING
"""

#: Where an offered fact stands.
OFFERED = "offered"
KEPT = "kept"
LEFT = "left"


@dataclass(frozen=True, slots=True)
class ThreadAnswer:
    """Our answer to a steer: which suggestion it offers, and the fact that may be kept."""

    key: str
    mention_id: str
    suggestion_id: str | None
    asked_by: str
    note: str = ""
    fact: str | None = None
    fact_state: str | None = None
    fact_by: str | None = None


def mention_of_thread(tx: Transaction, channel: str, thread_ts: str) -> str | None:
    """Return the mention whose card a thread hangs on, None when it is no card's."""
    placed = message_at(tx, channel, thread_ts)
    if placed is None or not placed.key.startswith(CARD):
        return None
    return placed.key.removeprefix(CARD)


def hear(tx: Transaction, channel: str, ts: str, at: datetime) -> bool:
    """Note that a message is dealt with; False when it was before."""
    return bool(
        tx.execute(
            "INSERT INTO heard (channel, ts, at) VALUES (:channel, :ts, :at)"
            " ON CONFLICT (channel, ts) DO NOTHING",
            {"channel": channel, "ts": ts, "at": at},
        )
    )


def was_heard(tx: Transaction, channel: str, ts: str) -> bool:
    """Tell whether a message was dealt with: Slack sends events again."""
    row = tx.one(
        "SELECT ts FROM heard WHERE channel = :channel AND ts = :ts", {"channel": channel, "ts": ts}
    )
    return row is not None


def add_answer(tx: Transaction, answer: ThreadAnswer, at: datetime) -> None:
    """Store an answer; one that is there already stays."""
    tx.execute(
        _ADD,
        {
            "key": answer.key,
            "mention": answer.mention_id,
            "suggestion": answer.suggestion_id,
            "by": answer.asked_by,
            "note": answer.note,
            "fact": answer.fact,
            "state": OFFERED if answer.fact else None,
            "at": at,
        },
    )


def answer(tx: Transaction, key: str) -> ThreadAnswer | None:
    """Return the answer of a key."""
    row = tx.one("SELECT * FROM thread_answers WHERE key = :key", {"key": key})
    return _read(row) if row else None


def answers_of(tx: Transaction, mention_id: str) -> list[ThreadAnswer]:
    """Return what was answered in a mention's thread, oldest first."""
    rows = tx.query(
        "SELECT * FROM thread_answers WHERE mention_id = :id ORDER BY at, key", {"id": mention_id}
    )
    return [_read(row) for row in rows]


def settle_fact(tx: Transaction, key: str, *, state: str, by: str) -> bool:
    """Keep or leave an offered fact, first come first served."""
    return bool(
        tx.execute(
            "UPDATE thread_answers SET fact_state = :state, fact_by = :by"
            " WHERE key = :key AND fact_state = :offered",
            {"key": key, "state": state, "by": by, "offered": OFFERED},
        )
    )


def _read(row: Mapping[str, Any]) -> ThreadAnswer:
    return ThreadAnswer(
        key=row["key"],
        mention_id=row["mention_id"],
        suggestion_id=row["suggestion_id"],
        asked_by=row["asked_by"],
        note=row["note"],
        fact=row["fact"],
        fact_state=row["fact_state"],
        fact_by=row["fact_by"],
    )
