"""Pile-ons: which posts went into which, and who let them be."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from domain import Mention, MentionState, Pile, Post
from storage.db.database import Transaction
from storage.db.ids import new_id
from storage.db.values import read_time
from storage.inbox.mentions import read_mention
from storage.posts.posts import POST_COLUMNS, post

_ADD = """
INSERT INTO piles (id, rule, watch_id, about_id, shown, began_at, last_at)
VALUES (:id, :rule, :watch_id, :about_id, :shown, :at, :at)
"""
_IN_PILE = (
    "SELECT m.*,"
    + POST_COLUMNS
    + """
FROM piled i JOIN mentions m ON m.id = i.mention_id
    JOIN posts p ON p.id = m.id JOIN people a ON a.id = p.author_id
WHERE i.pile_id = :pile AND m.state = :state
ORDER BY length(m.id) DESC, m.id DESC LIMIT :limit
"""
)
_SAME_TALK = """
SELECT COUNT(*) AS n FROM mentions m JOIN posts p ON p.id = m.id
WHERE p.in_reply_to_id = :root AND m.caught_at >= :since
    AND (length(m.id) < length(:id) OR (length(m.id) = length(:id) AND m.id < :id))
    AND m.state NOT IN ('set_aside', 'gone')
"""
# The words of a post that is gone are forgotten: the oldest that still has any stands for all.
_GROWING = """
SELECT id, rule, about_id, (
    SELECT p.text FROM piled i JOIN posts p ON p.id = i.mention_id
    WHERE i.pile_id = piles.id AND p.text <> '' ORDER BY i.at, i.mention_id LIMIT 1
) AS sample
FROM piles WHERE watch_id = :watch AND last_at >= :since ORDER BY last_at DESC
"""
_TAKE_TURN = """
INSERT INTO pile_turns (watch_id, taken) VALUES (:watch, 1)
ON CONFLICT (watch_id) DO UPDATE SET taken = pile_turns.taken + 1
"""
_COUNTED = """
SELECT COUNT(*) AS piled, COUNT(DISTINCT p.author_id) AS people,
    COUNT(CASE WHEN m.state = :state THEN 1 END) AS kept
FROM piled i JOIN mentions m ON m.id = i.mention_id JOIN posts p ON p.id = m.id
WHERE i.pile_id = :pile
"""
REPLIES = "replies"
WORDS = "words"


@dataclass(frozen=True, slots=True)
class OpenBurst:
    """A pile that may still grow: what it is about, and words to compare with."""

    id: str
    rule: str
    about_id: str
    sample: str


def growing(tx: Transaction, watch_id: str, since: datetime) -> list[OpenBurst]:
    """Return a watch's piles that grew since a time, newest first."""
    rows = tx.query(
        _GROWING,
        {"watch": watch_id, "since": since},
    )
    return [OpenBurst(row["id"], row["rule"], row["about_id"], row["sample"] or "") for row in rows]


def take_turn(tx: Transaction, watch_id: str) -> None:
    """Wait until nobody else is piling what this watch caught; held until the commit."""
    tx.execute(_TAKE_TURN, {"watch": watch_id})


def start_burst(
    tx: Transaction, mention: Mention, *, rule: str, about_id: str, shown: int, at: datetime
) -> str:
    """Begin a pile; return its id."""
    pile_id = new_id()
    tx.execute(
        _ADD,
        {
            "id": pile_id,
            "rule": rule,
            "watch_id": mention.watch_id,
            "about_id": about_id,
            "shown": shown,
            "at": at,
        },
    )
    return pile_id


def put_in(tx: Transaction, pile_id: str, mention_id: str, at: datetime) -> None:
    """Put a mention into a pile."""
    tx.execute(
        "INSERT INTO piled (mention_id, pile_id, at) VALUES (:mention, :pile, :at)"
        " ON CONFLICT (mention_id) DO NOTHING",
        {"mention": mention_id, "pile": pile_id, "at": at},
    )
    tx.execute(
        "UPDATE piles SET last_at = :at WHERE id = :pile AND last_at < :at",
        {"pile": pile_id, "at": at},
    )


def burst_of(tx: Transaction, mention_id: str) -> str | None:
    """Return the pile that a mention went into."""
    row = tx.one("SELECT pile_id FROM piled WHERE mention_id = :id", {"id": mention_id})
    return row["pile_id"] if row else None


def answers_to(
    tx: Transaction, root_id: str, mention_id: str, within: timedelta, now: datetime
) -> int:
    """Return how many answered a post within a time before a mention did, and are not set aside."""
    row = tx.one(_SAME_TALK, {"root": root_id, "since": now - within, "id": mention_id})
    return int(row["n"]) if row else 0


def burst(tx: Transaction, pile_id: str, *, newest: int) -> Pile | None:
    """Return a pile with the newest of what is kept in it."""
    row = tx.one("SELECT * FROM piles WHERE id = :id", {"id": pile_id})
    if row is None:
        return None
    params = {"pile": pile_id, "state": MentionState.SET_ASIDE}
    counted = tx.one(_COUNTED, params) or {}
    kept = tx.query(_IN_PILE, {**params, "limit": newest})
    return _read(
        {**row, **counted},
        tuple(read_mention(each) for each in kept),
        post(tx, row["about_id"]) if row["rule"] == REPLIES else None,
    )


def close_burst(tx: Transaction, pile_id: str, *, by: str, at: datetime) -> bool:
    """Let a pile be, first come first served; tell whether this one was first."""
    return bool(
        tx.execute(
            "UPDATE piles SET closed_at = :at, closed_by = :by WHERE id = :id AND closed_at IS NULL",
            {"id": pile_id, "by": by, "at": at},
        )
    )


def _read(row: Mapping[str, Any], newest: tuple[Mention, ...], answered: Post | None) -> Pile:
    return Pile(
        id=row["id"],
        about=row["about_id"],
        replies=row["rule"] == REPLIES,
        shown=int(row["shown"]),
        number=int(row["kept"]),
        left=int(row["piled"]) - int(row["kept"]),
        people=int(row["people"]),
        began_at=read_time(row["began_at"]),
        last_at=read_time(row["last_at"]),
        newest=newest,
        closed_by=row["closed_by"],
        answered=answered,
    )
