"""People on X, and what we and they said to each other."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from domain import Person, SharedHistory
from storage.db.database import Transaction
from storage.db.values import read_time

# What X did not send this time stays as it was known; muting is the team's own.
_SAVE = """
INSERT INTO people (id, handle, name, picture_url, followers, muted)
VALUES (:id, :handle, :name, :picture_url, :followers, :muted)
ON CONFLICT (id) DO UPDATE SET
    handle = CASE WHEN {unseen} THEN people.handle ELSE excluded.handle END,
    name = CASE WHEN {unseen} THEN people.name ELSE excluded.name END,
    picture_url = COALESCE(excluded.picture_url, people.picture_url),
    followers = COALESCE(excluded.followers, people.followers)
""".format(unseen="excluded.handle = 'id' || excluded.id")  # as `Person.unseen` writes it

# Whoever is known better keeps what is known.
_NAME = """
INSERT INTO people (id, handle, name, muted) VALUES (:id, :handle, :name, :muted)
ON CONFLICT (id) DO UPDATE SET handle = excluded.handle, name = excluded.name
    WHERE people.handle = 'id' || people.id
"""

_THEIR_POSTS = """
SELECT COUNT(*) AS posts FROM posts
WHERE author_id = :person AND created_at < :before
    AND (in_reply_to_author_id = :account OR quoted_author_id = :account
        OR mentioned_ids LIKE :named)
"""

_OUR_REPLIES = """
SELECT COUNT(*) AS posts FROM posts
WHERE in_reply_to_author_id = :person AND author_id = :account AND created_at < :before
"""

# Each half ends at its newest, so that a long history is not read to find it.
_LAST = """
SELECT said.text, said.created_at FROM (
    SELECT * FROM (
        SELECT id, text, created_at FROM posts
        WHERE in_reply_to_author_id = :person AND author_id = :account AND created_at < :before
        ORDER BY created_at DESC LIMIT 1
    ) AS ours
    UNION ALL
    SELECT * FROM (
        SELECT id, text, created_at FROM posts
        WHERE author_id = :person AND created_at < :before
            AND (in_reply_to_author_id = :account OR quoted_author_id = :account
                OR mentioned_ids LIKE :named)
        ORDER BY created_at DESC LIMIT 1
    ) AS theirs
) AS said
ORDER BY said.created_at DESC, length(said.id) DESC, said.id DESC LIMIT 1
"""


def read_person(row: Mapping[str, Any], prefix: str = "") -> Person:
    """Return the person in a row whose columns may bear a prefix."""
    return Person(
        id=row[prefix + "id"],
        handle=row[prefix + "handle"],
        name=row[prefix + "name"],
        picture_url=row[prefix + "picture_url"],
        followers=row[prefix + "followers"],
        muted=bool(row[prefix + "muted"]),
    )


def save_person(tx: Transaction, person: Person) -> None:
    """Store a person, or bring what is known of them up to date; whether muted stays.

    Nothing is written, or locked, where everything is known already: most posts are read again.
    """
    known = _stored(tx, person.id)
    if known is not None and _with_news(known, person) == known:
        return
    tx.execute(
        _SAVE,
        {
            "id": person.id,
            "handle": person.handle,
            "name": person.name,
            "picture_url": person.picture_url,
            "followers": person.followers,
            "muted": person.muted,
        },
    )


def name_person(tx: Transaction, person: Person) -> None:
    """Store the handle of somebody whom a post names, unless more is known of them."""
    known = _stored(tx, person.id)
    if known is not None and known.seen:
        return
    params = {"id": person.id, "handle": person.handle, "name": person.name, "muted": False}
    tx.execute(_NAME, params)


def _with_news(known: Person, news: Person) -> Person:
    """Return what `_SAVE` makes of a stored person."""
    named = news if news.seen else known
    return replace(
        known,
        handle=named.handle,
        name=named.name,
        picture_url=news.picture_url or known.picture_url,
        followers=known.followers if news.followers is None else news.followers,
    )


def profile_read(tx: Transaction, person_id: str, at: datetime) -> None:
    """Note when a stored person's whole profile was read on X."""
    tx.execute("UPDATE people SET read_at = :at WHERE id = :id", {"id": person_id, "at": at})


def profile_known_since(tx: Transaction, person_id: str, since: datetime) -> bool:
    """Tell whether a person's profile was read on X since a time."""
    params = {"id": person_id, "since": since}
    return tx.one("SELECT id FROM people WHERE id = :id AND read_at >= :since", params) is not None


def person(tx: Transaction, person_id: str) -> Person | None:
    """Return a stored person."""
    return _stored(tx, person_id)


def _stored(tx: Transaction, person_id: str) -> Person | None:
    row = tx.one("SELECT * FROM people WHERE id = :id", {"id": person_id})
    return read_person(row) if row else None


def person_by_handle(tx: Transaction, handle: str) -> Person | None:
    """Return the person with a handle, with or without @, in any spelling; the newest account."""
    row = tx.one(
        "SELECT * FROM people WHERE lower(handle) = :handle"
        " ORDER BY length(id) DESC, id DESC LIMIT 1",
        {"handle": handle.removeprefix("@").lower()},
    )
    return read_person(row) if row else None


def mute_person(tx: Transaction, person_id: str, muted: bool = True) -> bool:
    """Mute or unmute a person; tell whether they are known."""
    return bool(
        tx.execute(
            "UPDATE people SET muted = :muted WHERE id = :id", {"id": person_id, "muted": muted}
        )
    )


def shared_history(
    tx: Transaction, person_id: str, account_id: str, before: datetime
) -> SharedHistory:
    """Return what was said between a person and the account before a time.

    Theirs are the stored posts that answer, name or quote the account; ours those that
    answer theirs.
    """
    params = {
        "person": person_id,
        "account": account_id,
        "before": before,
        # Ids are digits: as JSON text each stands between quotes.
        "named": f'%"{account_id}"%',
    }
    theirs = tx.one(_THEIR_POSTS, params)
    ours = tx.one(_OUR_REPLIES, {k: params[k] for k in ("person", "account", "before")})
    last = tx.one(_LAST, params)
    return SharedHistory(
        their_posts=theirs["posts"] if theirs else 0,
        our_replies=ours["posts"] if ours else 0,
        last_at=read_time(last["created_at"]) if last else None,
        last_words=(last["text"] or None) if last else None,
    )
