"""What the account said: lately to anybody, and before to one person."""

from datetime import datetime, timedelta

from domain import Post, ReplyState
from storage.db.database import Transaction
from storage.posts.posts import POST_COLUMNS, read_post

#: What the account said for so long is not said again.
NOT_REPEATED_FOR = timedelta(days=60)

# A reply that went out stands in both tables once the timeline was read: one of them counts.
_SAID_SINCE = """
SELECT text, MAX(at) AS at FROM (
    SELECT text, COALESCE(attempted_at, due_at) AS at FROM replies
    WHERE state = :sent AND COALESCE(attempted_at, due_at) >= :since
    UNION ALL
    SELECT text, created_at AS at FROM posts
    WHERE author_id = :account AND created_at >= :since AND repost = 0
) AS said
WHERE text <> ''
GROUP BY text ORDER BY MAX(at) DESC, text
"""

_SELECT = "SELECT" + POST_COLUMNS + "FROM posts p JOIN people a ON a.id = p.author_id"

# Our newest replies to the person, each with the post that it answers.
_OUR_LAST = (
    _SELECT
    + """
    WHERE p.in_reply_to_author_id = :person AND p.author_id = :account
        AND p.created_at < :before AND p.text <> ''
    ORDER BY p.created_at DESC LIMIT :limit
"""
)
_ANSWERED = _SELECT + " WHERE p.id IN (:ids) AND p.author_id = :person AND p.text <> ''"
_THEIR_LAST = (
    _SELECT
    + """
    WHERE p.author_id = :person AND p.created_at < :before AND p.text <> ''
        AND (p.in_reply_to_author_id = :account OR p.quoted_author_id = :account
            OR p.mentioned_ids LIKE :named)
    ORDER BY p.created_at DESC LIMIT 1
"""
)


def said_since(tx: Transaction, account_id: str, since: datetime) -> list[str]:
    """Return all that the account said since a time, newest first, each text once.

    Replies that were sent, and the account's own posts as its timeline showed them: those that
    somebody wrote by hand count alike. Reposts are somebody else's words.
    """
    rows = tx.query(_SAID_SINCE, {"sent": ReplyState.SENT, "since": since, "account": account_id})
    return [row["text"] for row in rows]


def last_exchanges(
    tx: Transaction, person_id: str, account_id: str, before: datetime, *, limit: int = 2
) -> list[Post]:
    """Return the last posts that a person and the account exchanged before a time, oldest first.

    Up to `limit` of our replies with the posts they answer, and their last post to us.
    """
    params = {"person": person_id, "account": account_id, "before": before}
    ours = [read_post(row) for row in tx.query(_OUR_LAST, {**params, "limit": limit})]
    found = {post.id: post for post in ours}
    answered = [post.in_reply_to_id for post in ours if post.in_reply_to_id]
    if answered:
        rows = tx.query(_ANSWERED, {"ids": answered, "person": person_id})
        found |= {row["post_id"]: read_post(row) for row in rows}
    for row in tx.query(_THEIR_LAST, {**params, "named": f'%"{account_id}"%'}):
        found.setdefault(row["post_id"], read_post(row))
    return sorted(found.values(), key=lambda post: (post.created_at, len(post.id), post.id))
