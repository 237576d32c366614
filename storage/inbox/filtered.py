"""What triage set aside: which post, by which rule, and who brought it back.

An hour is written as UTC text, 2026-11-24T15, and sorts as time.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from domain import DecisionKind, Mention, MentionState, SetAside
from storage.db.database import Transaction
from storage.db.values import read_time, read_time_or_none
from storage.inbox.decisions import TAKING_A_TEXT
from storage.inbox.mentions import read_mention
from storage.posts.posts import POST_COLUMNS

#: What is older teaches nothing any more: a business changes.
_TAUGHT_FOR = timedelta(days=90)
_MOST_LESSONS = 500

_REMEMBER = """
INSERT INTO set_asides (mention_id, watch_id, author_id, rule, why, text, day_hour, at)
VALUES (:mention_id, :watch_id, :author_id, :rule, :why, :text, :day_hour, :at)
ON CONFLICT (mention_id) DO NOTHING
"""

_OF_HOUR = (
    "SELECT m.*,"  # noqa: S608 - constants of this file
    + POST_COLUMNS
    + """, s.rule AS aside_rule, s.why AS aside_why, s.at AS aside_at,
        s.brought_back_at, s.brought_back_by
    FROM set_asides s JOIN mentions m ON m.id = s.mention_id
        JOIN posts p ON p.id = m.id JOIN people a ON a.id = p.author_id
    WHERE s.day_hour = :day_hour
        AND NOT EXISTS (SELECT 1 FROM piled WHERE piled.mention_id = s.mention_id)
    ORDER BY s.at, length(m.id), m.id
    """
)

_BRING_BACK = """
UPDATE set_asides SET brought_back_at = :at, brought_back_by = :by
WHERE mention_id = :id AND brought_back_at IS NULL
RETURNING day_hour
"""

# Brought back and then skipped, it was not worth it after all.
_TAUGHT = """
SELECT s.rule, s.author_id, s.text FROM set_asides s JOIN mentions m ON m.id = s.mention_id
WHERE s.watch_id = :watch_id AND s.brought_back_at >= :since AND s.text <> ''
    AND m.state <> :skipped
ORDER BY s.brought_back_at DESC LIMIT :most
"""

_DECIDED = """
SELECT p.author_id, p.text FROM decisions d
    JOIN mentions m ON m.id = d.mention_id JOIN posts p ON p.id = m.id
WHERE d.at >= :since AND d.kind IN (:kinds) AND m.watch_id = :watch_id AND m.state IN (:states)
    AND p.text <> ''
ORDER BY d.at DESC LIMIT :most
"""

_CAUGHT_BEFORE = """
SELECT p.author_id, p.text FROM mentions m JOIN posts p ON p.id = m.id
WHERE m.watch_id = :watch_id AND m.caught_at >= :since
    AND (length(m.id) < length(:before) OR (length(m.id) = length(:before) AND m.id < :before))
ORDER BY m.caught_at DESC, length(m.id) DESC, m.id DESC LIMIT :most
"""


@dataclass(frozen=True, slots=True)
class PastDecisions:
    """What the team decided about the posts of one watch, newest first.

    `brought_back` holds a rule, an author's id and a text; the others author and text.
    """

    brought_back: tuple[tuple[str, str, str], ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()
    answered: tuple[tuple[str, str], ...] = ()


def hour_of(at: datetime) -> str:
    """Return the UTC hour of an aware time."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H")


def read_hour(day_hour: str) -> datetime:
    """Return when a UTC hour begins. The inverse of `hour_of`; ValueError if it is none."""
    return datetime.strptime(day_hour, "%Y-%m-%dT%H").replace(tzinfo=UTC)


def remember(tx: Transaction, mention: Mention, *, rule: str, why: str, at: datetime) -> None:
    """Keep that a mention was set aside in this hour; the first time counts."""
    tx.execute(
        _REMEMBER,
        {
            "mention_id": mention.id,
            "watch_id": mention.watch_id,
            "author_id": mention.post.author.id,
            "rule": rule,
            "why": why,
            "text": mention.post.text,
            "day_hour": hour_of(at),
            "at": at,
        },
    )


def set_aside_in(tx: Transaction, day_hour: str) -> list[SetAside]:
    """Return what was set aside in an hour, in its order; what was brought back too."""
    return [_read_set_aside(row) for row in tx.query(_OF_HOUR, {"day_hour": day_hour})]


def _read_set_aside(row: Mapping[str, Any]) -> SetAside:
    return SetAside(
        mention=read_mention(row),
        rule=row["aside_rule"],
        why=row["aside_why"],
        at=read_time(row["aside_at"]),
        brought_back_at=read_time_or_none(row["brought_back_at"]),
        brought_back_by=row["brought_back_by"],
    )


def count_between(tx: Transaction, first: str, end: str) -> tuple[int, int]:
    """Return how many were set aside from one hour until another, and how many came back."""
    row = tx.one(
        "SELECT COUNT(*) AS aside, COUNT(brought_back_at) AS back FROM set_asides s"
        " WHERE day_hour >= :first AND day_hour < :end"
        " AND NOT EXISTS (SELECT 1 FROM piled WHERE piled.mention_id = s.mention_id)",
        {"first": first, "end": end},
    )
    return (int(row["aside"]), int(row["back"])) if row else (0, 0)


def bring_back(tx: Transaction, mention_id: str, *, by: str, at: datetime) -> str | None:
    """Note who brought a mention back; return the hour that names it, or None if none does.

    It is no longer folded either: whoever brought it back wants to see it.
    """
    tx.execute("UPDATE mentions SET folded = 0 WHERE id = :id", {"id": mention_id})
    row = tx.one(_BRING_BACK, {"id": mention_id, "by": by, "at": at})
    return row["day_hour"] if row else None


def hour_naming(tx: Transaction, mention_id: str) -> str | None:
    """Return the hour whose list names a mention, or None when it never was set aside."""
    row = tx.one("SELECT day_hour FROM set_asides WHERE mention_id = :id", {"id": mention_id})
    return row["day_hour"] if row else None


def hours_naming(tx: Transaction, mention_ids: Collection[str]) -> list[str]:
    """Return the hours whose lists name any of the mentions."""
    rows = tx.query(
        "SELECT DISTINCT day_hour FROM set_asides WHERE mention_id IN (:ids) ORDER BY day_hour",
        {"ids": sorted(mention_ids)},
    )
    return [str(row["day_hour"]) for row in rows]


def was_brought_back(tx: Transaction, mention_id: str) -> bool:
    """Tell whether a member brought the mention back: it is never set aside again."""
    row = tx.one(
        "SELECT brought_back_at FROM set_asides WHERE mention_id = :id", {"id": mention_id}
    )
    return row is not None and row["brought_back_at"] is not None


def lessons_for(tx: Transaction, watch_id: str, now: datetime) -> PastDecisions:
    """Return what triage may learn from the team's last 90 days with a watch."""
    bounds = {"watch_id": watch_id, "since": now - _TAUGHT_FOR, "most": _MOST_LESSONS}
    taught = tx.query(_TAUGHT, {**bounds, "skipped": MentionState.SKIPPED})
    skipped = {"kinds": [DecisionKind.SKIP], "states": [MentionState.SKIPPED]}
    answered = {"kinds": sorted(TAKING_A_TEXT), "states": [MentionState.ANSWERED]}
    return PastDecisions(
        brought_back=tuple((row["rule"], row["author_id"], row["text"]) for row in taught),
        skipped=_authors_and_texts(tx.query(_DECIDED, {**bounds, **skipped})),
        answered=_authors_and_texts(tx.query(_DECIDED, {**bounds, **answered})),
    )


def caught_before(
    tx: Transaction, mention: Mention, within: timedelta, *, most: int = 60
) -> tuple[tuple[str, str], ...]:
    """Return author and text of what a mention's watch caught shortly before it, newest first.

    Of one poll's posts those count that are older on X.
    """
    params = {"watch_id": mention.watch_id, "since": mention.caught_at - within, "most": most}
    return _authors_and_texts(tx.query(_CAUGHT_BEFORE, {**params, "before": mention.id}))


def _authors_and_texts(rows: list[dict[str, Any]]) -> tuple[tuple[str, str], ...]:
    return tuple((row["author_id"], row["text"]) for row in rows)
