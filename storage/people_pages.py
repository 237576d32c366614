"""What the page about a person and the list of people show."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from domain import APART, Met, PersonLine, Post
from storage.database import Transaction
from storage.people import read_person
from storage.posts import POST_COLUMNS, read_post
from storage.values import read_time_or_none

_SELECT = "SELECT" + POST_COLUMNS + "FROM posts p JOIN people a ON a.id = p.author_id"

# What they said to us: it answers, names or quotes the account, or a watch caught it.
_THEIRS = """
    p.author_id = :person AND p.text <> ''
    AND (p.in_reply_to_author_id = :account OR p.quoted_author_id = :account
        OR p.mentioned_ids LIKE :named
        OR EXISTS (SELECT 1 FROM mentions m WHERE m.id = p.id))
"""
_OURS = "p.author_id = :account AND p.in_reply_to_author_id = :person AND p.text <> ''"

_SAID = f"""
SELECT * FROM ({_SELECT} WHERE {_THEIRS} ORDER BY p.created_at DESC LIMIT :limit) AS theirs
UNION ALL
SELECT * FROM ({_SELECT} WHERE {_OURS} ORDER BY p.created_at DESC LIMIT :limit) AS ours
"""  # noqa: S608 - constants of this file

_SPAN = f"""
SELECT COUNT(*) AS posts, MIN(p.created_at) AS first_at, MAX(p.created_at) AS last_at
FROM posts p WHERE {_THEIRS}
"""  # noqa: S608 - constants of this file

_ANSWERED = """
SELECT COUNT(*) AS answered, MAX(at) AS last_at,
    MIN(CASE WHEN at >= :ninety THEN at END) AS first_ninety
FROM talk WHERE heard = 1 AND person_id = :person
"""

_WAITS_SINCE = """
SELECT MIN(p.created_at) AS since FROM mentions m JOIN posts p ON p.id = m.id
WHERE p.author_id = :person AND m.folded = 0 AND m.state IN ('waiting', 'handed_over', 'failed', 'unknown')
"""

# Those with whom we went back and forth; who did so twice, far apart, comes first.
_TALKED = """
SELECT a.*, t.answered, t.first_s, t.last_s FROM (
    SELECT person_id, COUNT(*) AS answered, MIN(at) AS first_s, MAX(at) AS last_s
    FROM talk WHERE heard = 1 AND at >= :ninety AND person_id IS NOT NULL
    GROUP BY person_id
    ORDER BY CASE WHEN MAX(at) - MIN(at) >= :apart THEN 0 ELSE 1 END, MAX(at) DESC, person_id
    LIMIT :limit
) AS t JOIN people a ON a.id = t.person_id
ORDER BY CASE WHEN t.last_s - t.first_s >= :apart THEN 0 ELSE 1 END, t.last_s DESC, a.id
"""

# Who wrote for the first time lately and is worth a person's time.
_NEW = """
SELECT a.*, MIN(p.created_at) AS first_at, MAX(p.created_at) AS last_at, COUNT(*) AS posts
FROM mentions m JOIN posts p ON p.id = m.id JOIN people a ON a.id = p.author_id
WHERE m.caught_at >= :since AND m.folded = 0 AND a.muted = 0
    AND m.state NOT IN ('set_aside', 'gone', 'new')
    AND NOT EXISTS (SELECT 1 FROM posts q WHERE q.author_id = p.author_id
        AND q.created_at < :since)
GROUP BY a.id, a.handle, a.name, a.picture_url, a.followers, a.muted
ORDER BY MAX(p.created_at) DESC, a.id LIMIT :limit
"""


def said_with(tx: Transaction, person_id: str, account_id: str, *, limit: int = 60) -> list[Post]:
    """Return the newest posts that a person and the account addressed to each other.

    Up to `limit` of each, in no order.
    """
    params = {**_between(person_id, account_id), "limit": limit}
    return [read_post(row) for row in tx.query(_SAID, params)]


def met(tx: Transaction, person_id: str, account_id: str, *, ninety: datetime) -> Met:
    """Return how we and a person stand; `ninety` is when the days of connections begin."""
    theirs = tx.one(_SPAN, _between(person_id, account_id)) or {}
    ours = tx.one(_ANSWERED, {"person": person_id, "ninety": _seconds(ninety)}) or {}
    first, last = ours.get("first_ninety"), ours.get("last_at")
    last_ours = None if last is None else datetime.fromtimestamp(int(last), UTC)
    ends = [at for at in (read_time_or_none(theirs.get("last_at")), last_ours) if at is not None]
    return Met(
        first_at=read_time_or_none(theirs.get("first_at")),
        last_at=max(ends, default=None),
        their_posts=int(theirs.get("posts") or 0),
        answered=int(ours.get("answered") or 0),
        connection=_far_apart(first, last),
    )


def waits_since(tx: Transaction, person_id: str) -> datetime | None:
    """Return when a person wrote the oldest post that still waits for us."""
    row = tx.one(_WAITS_SINCE, {"person": person_id})
    return read_time_or_none(row["since"]) if row else None


def talked_with(tx: Transaction, *, ninety: datetime, limit: int) -> list[PersonLine]:
    """Return those with whom we went back and forth since `ninety`, connections first."""
    params = {"ninety": _seconds(ninety), "apart": int(APART.total_seconds()), "limit": limit}
    return [_talked_line(tx, row) for row in tx.query(_TALKED, params)]


def new_faces(
    tx: Transaction, *, since: datetime, limit: int, besides: Sequence[str] = ()
) -> list[PersonLine]:
    """Return those who wrote for the first time since a time, newest first."""
    rows = tx.query(_NEW, {"since": since, "limit": limit + len(besides)})
    return [_new_line(tx, row) for row in rows if row["id"] not in besides][:limit]


def _talked_line(tx: Transaction, row: dict[str, Any]) -> PersonLine:
    stands = Met(
        last_at=datetime.fromtimestamp(int(row["last_s"]), UTC),
        answered=int(row["answered"]),
        connection=_far_apart(row["first_s"], row["last_s"]),
    )
    return PersonLine(read_person(row), stands, waits=waits_since(tx, row["id"]) is not None)


def _new_line(tx: Transaction, row: dict[str, Any]) -> PersonLine:
    stands = Met(
        first_at=read_time_or_none(row["first_at"]),
        last_at=read_time_or_none(row["last_at"]),
        their_posts=int(row["posts"]),
    )
    return PersonLine(read_person(row), stands, waits=waits_since(tx, row["id"]) is not None)


def _far_apart(first: Any, last: Any) -> bool:
    if first is None or last is None:
        return False
    return int(last) - int(first) >= APART.total_seconds()


def _between(person_id: str, account_id: str) -> dict[str, Any]:
    # Ids are digits: as JSON text each stands between quotes.
    return {"person": person_id, "account": account_id, "named": f'%"{account_id}"%'}


def _seconds(at: datetime) -> int:
    return int(at.timestamp())
