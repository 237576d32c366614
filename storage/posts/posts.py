"""Posts on X, each with its author, as they were last seen."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from domain import Post
from storage.db.database import Transaction
from storage.db.key_values import set_value
from storage.db.values import as_parameter, json_text, read_time, time_text
from storage.posts.people import read_person, save_person
from storage.posts.redact_on_save import is_of_erased, without_erased

#: Columns of a post and of its author, for every statement that reads posts.
POST_COLUMNS = """
    p.id AS post_id, p.text AS post_text, p.created_at AS post_created_at,
    p.conversation_id AS post_conversation_id, p.in_reply_to_id AS post_in_reply_to_id,
    p.in_reply_to_author_id AS post_in_reply_to_author_id, p.quoted_id AS post_quoted_id,
    p.quoted_author_id AS post_quoted_author_id, p.repost AS post_repost,
    p.mentioned_ids AS post_mentioned_ids, p.language AS post_language,
    p.linked AS post_linked,
    a.id AS author_id, a.handle AS author_handle, a.name AS author_name,
    a.picture_url AS author_picture_url, a.followers AS author_followers, a.muted AS author_muted
"""
_SELECT = "SELECT" + POST_COLUMNS + "FROM posts p JOIN people a ON a.id = p.author_id"

# A later look may know less (our own stub of a sent reply): what is known stays.
_SAVE = """
INSERT INTO posts (id, text, author_id, created_at, conversation_id, in_reply_to_id,
    in_reply_to_author_id, quoted_id, quoted_author_id, repost, mentioned_ids, language, linked)
VALUES (:id, :text, :author_id, :created_at, :conversation_id, :in_reply_to_id,
    COALESCE(CAST(:in_reply_to_author_id AS text),
        (SELECT parent.author_id FROM posts parent WHERE parent.id = :in_reply_to_id)),
    :quoted_id, :quoted_author_id, :repost, :mentioned_ids, :language, :linked)
ON CONFLICT (id) DO UPDATE SET
    text = excluded.text,
    author_id = excluded.author_id,
    created_at = excluded.created_at,
    conversation_id = COALESCE(excluded.conversation_id, posts.conversation_id),
    in_reply_to_id = COALESCE(excluded.in_reply_to_id, posts.in_reply_to_id),
    in_reply_to_author_id =
        COALESCE(excluded.in_reply_to_author_id, posts.in_reply_to_author_id),
    quoted_id = COALESCE(excluded.quoted_id, posts.quoted_id),
    quoted_author_id = COALESCE(excluded.quoted_author_id, posts.quoted_author_id),
    repost = excluded.repost,
    mentioned_ids = CASE WHEN excluded.mentioned_ids = '[]'
        THEN posts.mentioned_ids ELSE excluded.mentioned_ids END,
    language = COALESCE(excluded.language, posts.language),
    linked = CASE WHEN excluded.linked = 1 THEN 1 ELSE posts.linked END
"""

_NOT_THERE = "not_there:"

#: What stays as it is stored where a later look knows nothing of it.
_STAYS = frozenset(
    {
        "conversation_id",
        "in_reply_to_id",
        "in_reply_to_author_id",
        "quoted_id",
        "quoted_author_id",
        "mentioned_ids",
        "language",
        "linked",
    }
)

_TALKED = """
SELECT own.id FROM posts own
WHERE own.author_id = :account AND own.created_at >= :answered_since
    AND own.in_reply_to_id IS NOT NULL
    AND (own.created_at >= :since OR EXISTS (
        SELECT 1 FROM posts back
        WHERE back.author_id = own.in_reply_to_author_id AND back.author_id <> :account
            AND back.created_at >= :since AND back.created_at > own.created_at))
LIMIT 1
"""

# The depth also ends a circle, which X does not make but a made-up post could.
_CHAIN = (
    """
WITH RECURSIVE above (id, depth) AS (
    SELECT in_reply_to_id, 1 FROM posts WHERE id = :id
    UNION ALL
    SELECT q.in_reply_to_id, above.depth + 1 FROM posts q JOIN above ON q.id = above.id
    WHERE above.depth < :limit
)
"""  # noqa: S608 - constants of this file
    + _SELECT
    + " JOIN above ON above.id = p.id WHERE p.id <> :id AND above.depth <= :limit ORDER BY above.depth DESC"
)


def read_post(row: Mapping[str, Any]) -> Post:
    """Return the post in a row of POST_COLUMNS."""
    return Post(
        id=row["post_id"],
        text=row["post_text"],
        author=read_person(row, "author_"),
        created_at=read_time(row["post_created_at"]),
        conversation_id=row["post_conversation_id"],
        in_reply_to_id=row["post_in_reply_to_id"],
        in_reply_to_author_id=row["post_in_reply_to_author_id"],
        quoted_id=row["post_quoted_id"],
        quoted_author_id=row["post_quoted_author_id"],
        repost=bool(row["post_repost"]),
        mentioned_ids=tuple(json.loads(row["post_mentioned_ids"])),
        language=row["post_language"],
        linked=bool(row["post_linked"]),
    )


def save_post(tx: Transaction, post: Post) -> bool:
    """Store a post and its author, or bring what is known of them up to date.

    Returns False and stores nothing of what somebody wrote who was forgotten since, or we to
    them; others' posts lose the name. Words that were forgotten do not come back, though X may show
    them still. What is stored already is not written again: polls overlap, and two writers must
    not wait in vain.
    """
    if is_of_erased(tx, post):
        return False
    save_person(tx, post.author)
    columns = _columns(without_erased(tx, post))
    stored = tx.one("SELECT * FROM posts WHERE id = :id", {"id": post.id})
    if stored is not None and not stored["text"]:
        columns["text"] = ""
    if stored is None or _brings_news(stored, columns):
        tx.execute(_SAVE, columns)
    return True


def _columns(post: Post) -> dict[str, Any]:
    return {
        "id": post.id,
        "text": post.text,
        "author_id": post.author.id,
        "created_at": time_text(post.created_at),
        "conversation_id": post.conversation_id,
        "in_reply_to_id": post.in_reply_to_id,
        "in_reply_to_author_id": post.in_reply_to_author_id,
        "quoted_id": post.quoted_id,
        "quoted_author_id": post.quoted_author_id,
        "repost": int(post.repost),
        "mentioned_ids": json_text(post.mentioned_ids),
        "language": post.language,
        "linked": int(post.linked),
    }


def _brings_news(stored: Mapping[str, Any], columns: Mapping[str, Any]) -> bool:
    """Tell whether `_SAVE` would change a stored row."""
    if stored["in_reply_to_id"] and not stored["in_reply_to_author_id"]:
        # Whose post it answers may be known by now.
        return True
    return any(
        as_parameter(value) != stored[name] and not (name in _STAYS and value in {None, 0, "[]"})
        for name, value in columns.items()
    )


def post(tx: Transaction, post_id: str) -> Post | None:
    """Return a stored post."""
    row = tx.one(_SELECT + " WHERE p.id = :id", {"id": post_id})
    return read_post(row) if row else None


def post_chain(tx: Transaction, post_id: str, limit: int) -> list[Post]:
    """Return up to `limit` stored posts that stand above a post, oldest first."""
    found: dict[str, Post] = {}
    for row in tx.query(_CHAIN, {"id": post_id, "limit": limit}):
        found.setdefault(row["post_id"], read_post(row))
    return list(found.values())


def reply_by(tx: Transaction, account_id: str, in_reply_to_id: str) -> Post | None:
    """Return the account's own post that answers a post, the first of several."""
    row = tx.one(
        _SELECT + " WHERE p.in_reply_to_id = :above AND p.author_id = :account"
        " ORDER BY length(p.id), p.id LIMIT 1",
        {"above": in_reply_to_id, "account": account_id},
    )
    return read_post(row) if row else None


def reply_since(
    tx: Transaction, account_id: str, in_reply_to_id: str, since: datetime
) -> Post | None:
    """Return the account's newest own post that answers a post, of those made since a time."""
    row = tx.one(
        _SELECT + " WHERE p.in_reply_to_id = :above AND p.author_id = :account"
        " AND p.created_at >= :since ORDER BY length(p.id) DESC, p.id DESC LIMIT 1",
        {"above": in_reply_to_id, "account": account_id, "since": since},
    )
    return read_post(row) if row else None


def not_paid_for(
    tx: Transaction, author_id: str, since: datetime, today: date, limit: int
) -> list[str]:
    """Return an author's stored posts since a time that were not read on X on this UTC day.

    Ids, oldest first, at most `limit`: of ours those that Greenroom sent itself, and those of
    other days.
    """
    rows = tx.query(
        "SELECT p.id FROM posts p WHERE p.author_id = :author AND p.created_at >= :since"
        " AND NOT EXISTS (SELECT 1 FROM billed_reads b"
        " WHERE b.day = :today AND b.kind = 'post' AND b.id = p.id)"
        " ORDER BY length(p.id), p.id LIMIT :limit",
        {"author": author_id, "since": since, "today": today, "limit": limit},
    )
    return [str(row["id"]) for row in rows]


def unknown_above(tx: Transaction, account_id: str, since: datetime, limit: int) -> list[str]:
    """Return which posts the account answered since a time and are not stored, newest answer first.

    Those that X does not have for us are left out.
    """
    rows = tx.query(
        "SELECT p.in_reply_to_id AS id FROM posts p"
        " LEFT JOIN posts above ON above.id = p.in_reply_to_id"
        " WHERE p.author_id = :account AND p.created_at >= :since"
        " AND p.in_reply_to_id IS NOT NULL AND above.id IS NULL AND NOT EXISTS"
        " (SELECT 1 FROM marks WHERE name = CAST(:not_there AS text) || p.in_reply_to_id)"
        " ORDER BY p.created_at DESC, p.id DESC LIMIT :limit",
        {"account": account_id, "since": since, "limit": limit, "not_there": _NOT_THERE},
    )
    return list(dict.fromkeys(str(row["id"]) for row in rows))


def not_there(tx: Transaction, post_id: str) -> None:
    """Note that a post which we answered is not to be had: nobody asks for it again."""
    set_value(tx, _NOT_THERE + post_id, "yes")


def talked_since(
    tx: Transaction, account_id: str, since: datetime, *, answered_since: datetime
) -> bool:
    """Tell whether the account answered somebody since a time, or somebody wrote whom it answers.

    Whoever it answered since `answered_since` counts when they write since the time.
    """
    params = {"account": account_id, "since": since, "answered_since": answered_since}
    return tx.one(_TALKED, params) is not None


def newest_by(tx: Transaction, author_id: str) -> Post | None:
    """Return the author's stored post with the largest id."""
    row = tx.one(
        _SELECT + " WHERE p.author_id = :author ORDER BY length(p.id) DESC, p.id DESC LIMIT 1",
        {"author": author_id},
    )
    return read_post(row) if row else None
