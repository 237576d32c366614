"""What the page about a person and the list of people show."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from domain import APART, Met, Person, PersonLine, Post
from storage.db.database import Transaction
from storage.db.key_values import ACCOUNT_ID, value
from storage.db.values import read_time, read_time_or_none
from storage.posts.people import read_person
from storage.posts.posts import POST_COLUMNS, read_post
from storage.reports.stats import HEARD

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

# Back and forth: they spoke to us and we answered that.
_BACK_AND_FORTH = f"""
FROM posts own JOIN posts above ON above.id = own.in_reply_to_id
WHERE own.author_id = :account AND own.repost = 0 AND {HEARD}
"""
_ANSWERED = f"""
SELECT COUNT(*) AS answered, MAX(own.created_at) AS last_at,
    MIN(CASE WHEN own.created_at >= :ninety THEN own.created_at END) AS first_ninety
{_BACK_AND_FORTH} AND own.in_reply_to_author_id = :person
"""

_WAITS_SINCE = """
SELECT MIN(p.created_at) AS since FROM mentions m JOIN posts p ON p.id = m.id
WHERE p.author_id = :person AND m.folded = 0 AND m.state IN ('waiting', 'handed_over', 'failed', 'unknown')
"""

_TALKED = f"""
SELECT own.in_reply_to_author_id AS id, COUNT(*) AS answered,
    MIN(own.created_at) AS first_at, MAX(own.created_at) AS last_at
{_BACK_AND_FORTH} AND own.created_at >= :ninety AND own.in_reply_to_author_id IS NOT NULL
GROUP BY own.in_reply_to_author_id ORDER BY MAX(own.created_at) DESC, own.in_reply_to_author_id
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
    of_us = {"person": person_id, "account": account_id, "ninety": ninety}
    ours = tx.one(_ANSWERED, of_us) or {}
    first, last = ours.get("first_ninety"), ours.get("last_at")
    ends = [read_time(at) for at in (theirs.get("last_at"), last) if at is not None]
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
    rows = tx.query(_TALKED, {"account": value(tx, ACCOUNT_ID) or "", "ninety": ninety})
    rows.sort(key=lambda row: not _far_apart(row["first_at"], row["last_at"]))
    shown = rows[:limit]
    found = tx.query("SELECT * FROM people WHERE id IN (:ids)", {"ids": [r["id"] for r in shown]})
    people = {row["id"]: read_person(row) for row in found}
    return [_talked_line(tx, row, people[row["id"]]) for row in shown if row["id"] in people]


def new_faces(
    tx: Transaction, *, since: datetime, limit: int, besides: Sequence[str] = ()
) -> list[PersonLine]:
    """Return those who wrote for the first time since a time, newest first."""
    rows = tx.query(_NEW, {"since": since, "limit": limit + len(besides)})
    return [_new_line(tx, row) for row in rows if row["id"] not in besides][:limit]


def _talked_line(tx: Transaction, row: dict[str, Any], person: Person) -> PersonLine:
    stands = Met(
        last_at=read_time(row["last_at"]),
        answered=int(row["answered"]),
        connection=_far_apart(row["first_at"], row["last_at"]),
    )
    return PersonLine(person, stands, waits=waits_since(tx, row["id"]) is not None)


def _new_line(tx: Transaction, row: dict[str, Any]) -> PersonLine:
    stands = Met(
        first_at=read_time_or_none(row["first_at"]),
        last_at=read_time_or_none(row["last_at"]),
        their_posts=int(row["posts"]),
    )
    return PersonLine(read_person(row), stands, waits=waits_since(tx, row["id"]) is not None)


def _far_apart(first: str | None, last: str | None) -> bool:
    if first is None or last is None:
        return False
    return read_time(last) - read_time(first) >= APART


def _between(person_id: str, account_id: str) -> dict[str, Any]:
    # Ids are digits: as JSON text each stands between quotes.
    return {"person": person_id, "account": account_id, "named": f'%"{account_id}"%'}
