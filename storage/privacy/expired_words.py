"""Which posts' words are older than they may be kept, and which are to be looked up again."""

from datetime import datetime

from domain import ENDED_STATES, MentionKind, MentionState
from storage.db.database import Transaction

#: What a person may still decide keeps its words, however old it is.
_MAY_BE_OLD = (*ENDED_STATES, MentionState.SET_ASIDE)

_OLD = """
SELECT p.id FROM posts p
WHERE p.created_at < :before AND p.text <> '' AND p.author_id <> :account
    AND NOT EXISTS (SELECT 1 FROM mentions m WHERE m.id = p.id AND m.state NOT IN (:ended))
ORDER BY p.created_at LIMIT :limit
"""

_OPEN = """
SELECT m.id, m.kind FROM mentions m JOIN posts p ON p.id = m.id
WHERE m.state IN (:open) AND m.folded = 0 AND p.text <> ''
    AND (length(m.id) > length(:after) OR (length(m.id) = length(:after) AND m.id > :after))
    AND (length(m.id) < length(:until) OR (length(m.id) = length(:until) AND m.id <= :until))
ORDER BY length(m.id), m.id LIMIT :limit
"""
#: Longer than any id.
_ENDLESS = "9" * 40
_LOOKED_AFTER = (
    MentionState.DRAFTING,
    MentionState.WAITING,
    MentionState.SNOOZED,
    MentionState.HANDED_OVER,
    MentionState.APPROVED,
    MentionState.BY_HAND,
    MentionState.FAILED,
)


def old_words(tx: Transaction, account_id: str, before: datetime, limit: int) -> list[str]:
    """Return others' posts from before a time whose words are still stored, oldest first."""
    rows = tx.query(
        _OLD,
        {"before": before, "account": account_id, "ended": list(_MAY_BE_OLD), "limit": limit},
    )
    return [str(row["id"]) for row in rows]


def open_posts(
    tx: Transaction, after: str, limit: int, *, until: str | None = None
) -> list[tuple[str, MentionKind]]:
    """Return the posts that wait in Slack for somebody, with how they were caught, oldest first.

    Those after one id and up to another; without `until` all that come after.
    """
    params = {"open": list(_LOOKED_AFTER), "after": after, "until": until or _ENDLESS}
    rows = tx.query(_OPEN, {**params, "limit": limit})
    return [(str(row["id"]), MentionKind(row["kind"])) for row in rows]
