"""The same counts once more, from the stored posts, mentions and decisions themselves.

A plain statement for each figure, as one would write them first; slow, and independent of how
storage/reports/stats.py counts.
"""

from collections import Counter
from datetime import datetime
from typing import Any

from domain import (
    APART,
    TIME_TO_ANSWER_BACK,
    Choice,
    Move,
    Outcome,
    Period,
    Span,
    SpanCounts,
    TalkKind,
    Week,
)
from insights.hours import business_minutes
from storage.db.database import Transaction
from storage.db.values import read_time
from tests.large_record import ACCOUNT

_REPLY = "o.in_reply_to_id IS NOT NULL AND COALESCE(o.in_reply_to_author_id, '') <> :account"
_OURS = "o.author_id = :account AND o.repost = 0"
_WITHIN = "o.created_at >= :begin AND o.created_at < :end"
_HEARD = """
FROM posts o JOIN posts t ON t.id = o.in_reply_to_id
WHERE o.author_id = :account AND o.repost = 0 AND t.author_id <> :account
    AND (t.in_reply_to_author_id = :account OR t.quoted_author_id = :account
        OR t.mentioned_ids LIKE :named)
    AND o.created_at >= :begin AND o.created_at < :end
"""
_LAST_DECISION = """
(SELECT d.id FROM decisions d WHERE d.mention_id = m.id
    AND (d.kind IN ('approve', 'edit', 'use', 'skip', 'undo', 'bring_back')
        OR (d.kind = 'posted' AND d.suggestion_id IS NOT NULL))
    ORDER BY d.place DESC, d.at DESC LIMIT 1)
"""


def recount(
    tx: Transaction, period: Period, listening: datetime | None
) -> tuple[SpanCounts, SpanCounts]:
    """Return what is counted for the period and for the one before, without the waits."""
    now = period.now.end
    return (
        _counted(tx, period.now, period.ninety, listening, now),
        _counted(tx, period.before, period.ninety_before, listening, now),
    )


def recounted_waits(tx: Transaction, span: Span, week: Week, zone: Any) -> dict[int, int]:
    """Return how many answers took how many minutes of business hours."""
    rows = tx.query(
        """
        SELECT p.created_at AS asked, COALESCE(MIN(o.created_at), m.changed_at) AS answered
        FROM mentions m JOIN posts p ON p.id = m.id
        LEFT JOIN posts o ON o.in_reply_to_id = m.id AND o.author_id || '' = :account
        WHERE p.created_at >= :begin AND p.created_at < :end
        GROUP BY m.id, m.state, m.changed_at, p.created_at
        HAVING m.state = 'answered' OR MIN(o.created_at) IS NOT NULL
        """,
        {"account": ACCOUNT, "begin": span.begin, "end": span.end},
    )
    return Counter(
        business_minutes(read_time(row["asked"]), read_time(row["answered"]), week, zone)
        for row in rows
    )


def _counted(
    tx: Transaction, span: Span, window: Span, listening: datetime | None, now: datetime
) -> SpanCounts:
    params = {"account": ACCOUNT, "named": f'%"{ACCOUNT}"%', "begin": span.begin, "end": span.end}
    within = {"account": ACCOUNT, "begin": span.begin, "end": span.end}
    heard_from = max(span.begin, listening) if listening else span.end
    heard = {
        "account": ACCOUNT,
        "begin": heard_from,
        "end": max(heard_from, min(span.end, now - TIME_TO_ANSWER_BACK)),
    }
    back, of = _answered_back(tx, heard)
    talks = _conversations(tx, params)
    outcomes, choices = _mentions(tx, within)
    return SpanCounts(
        kinds=_kinds(tx, within),
        by_hand=_number(
            tx,
            f"SELECT COUNT(*) AS n FROM posts o WHERE {_OURS} AND {_REPLY} AND {_WITHIN}"
            " AND NOT EXISTS (SELECT 1 FROM replies r WHERE r.post_id = o.id)",
            within,
        ),
        answered_back=back,
        could_be_answered=of,
        moves=_moves(tx, heard),
        **_people(tx, {**params, "begin": window.begin, "end": window.end}, span),
        conversations=len(talks),
        rounds=sum(talks),
        longer=sum(rounds > 1 for rounds in talks),
        outcomes=outcomes,
        choices=choices,
    )


def _number(tx: Transaction, statement: str, params: dict[str, Any]) -> int:
    row = tx.one(statement, params)
    return int(row["n"]) if row else 0


def _kinds(tx: Transaction, within: dict[str, Any]) -> dict[TalkKind, int]:
    rows = tx.query(
        f"SELECT CASE WHEN {_REPLY} THEN 'reply' WHEN o.linked = 1 THEN 'link' ELSE 'plain' END"
        f" AS kind, COUNT(*) AS n FROM posts o WHERE {_OURS} AND {_WITHIN} GROUP BY 1",
        within,
    )
    found = {row["kind"]: int(row["n"]) for row in rows}
    return {kind: found.get(kind, 0) for kind in TalkKind}


def _answered_back(tx: Transaction, heard: dict[str, Any]) -> tuple[int, int]:
    rows = tx.query(
        "SELECT CASE WHEN EXISTS (SELECT 1 FROM posts b WHERE b.in_reply_to_id = o.id"
        " AND b.author_id <> :account) THEN 1 ELSE 0 END AS back, COUNT(*) AS n"
        f" FROM posts o WHERE {_OURS} AND {_REPLY} AND {_WITHIN} GROUP BY 1",
        heard,
    )
    found = {row["back"]: int(row["n"]) for row in rows}
    return found.get(1, 0), sum(found.values())


def _moves(tx: Transaction, heard: dict[str, Any]) -> dict[str, tuple[int, int]]:
    rows = tx.query(
        f"""
        SELECT s.move, COUNT(*) AS n, SUM(CASE WHEN EXISTS (SELECT 1 FROM posts b
            WHERE b.in_reply_to_id = o.id AND b.author_id <> :account) THEN 1 ELSE 0 END) AS back
        FROM posts o JOIN mentions m ON m.id = o.in_reply_to_id
        JOIN decisions d ON d.id = {_LAST_DECISION} JOIN suggestions s ON s.id = d.suggestion_id
        WHERE {_OURS} AND {_WITHIN} AND d.kind <> 'skip' GROUP BY s.move
        """,
        heard,
    )
    found = {row["move"]: (int(row["back"]), int(row["n"])) for row in rows}
    return {str(move): found.get(str(move), (0, 0)) for move in Move}


def _people(tx: Transaction, window: dict[str, Any], span: Span) -> dict[str, Any]:
    rows = tx.query(
        "SELECT t.author_id, MIN(o.created_at) AS first_at, MAX(o.created_at) AS last_at"
        + _HEARD
        + " GROUP BY t.author_id",
        window,
    )
    people = connections = came_back = 0
    for row in rows:
        first, last = read_time(row["first_at"]), read_time(row["last_at"])
        people += last >= span.begin
        apart = last - first >= APART
        connections += apart
        came_back += apart and last >= span.begin
    return {"people": people, "connections": connections, "came_back": came_back}


def _conversations(tx: Transaction, params: dict[str, Any]) -> list[int]:
    rows = tx.query(
        "SELECT COUNT(*) AS n"
        + _HEARD
        + " GROUP BY t.author_id, COALESCE(o.conversation_id, t.conversation_id, t.id)",
        params,
    )
    return [int(row["n"]) for row in rows]


def _mentions(
    tx: Transaction, within: dict[str, Any]
) -> tuple[dict[Outcome, int], dict[Choice, int]]:
    rows = tx.query(
        f"""
        SELECT m.state, m.folded, d.kind, COUNT(*) AS n,
            CASE WHEN EXISTS (SELECT 1 FROM posts o WHERE o.in_reply_to_id = m.id
                AND o.author_id || '' = :account) THEN 1 ELSE 0 END AS replied,
            CASE WHEN EXISTS (SELECT 1 FROM edits e WHERE e.decision_id = d.id)
                THEN 1 ELSE 0 END AS edited
        FROM mentions m JOIN posts p ON p.id = m.id
        LEFT JOIN decisions d ON d.id = {_LAST_DECISION}
        WHERE p.created_at >= :begin AND p.created_at < :end
        GROUP BY m.state, m.folded, d.kind, 5, 6
        """,
        within,
    )
    outcomes: Counter[Outcome] = Counter()
    choices: Counter[Choice] = Counter()
    for row in rows:
        outcome = _outcome(row)
        outcomes[outcome] += row["n"]
        if outcome is not Outcome.ASIDE:
            choices[_choice(row)] += row["n"]
    return (
        {outcome: outcomes[outcome] for outcome in Outcome},
        {choice: choices[choice] for choice in Choice},
    )


def _outcome(row: dict[str, Any]) -> Outcome:
    if row["replied"] or row["state"] == "answered":
        return Outcome.ANSWERED
    if row["state"] == "skipped":
        return Outcome.SKIPPED
    hidden = row["state"] == "new" and row["folded"]
    return Outcome.ASIDE if hidden or row["state"] in {"set_aside", "gone"} else Outcome.OPEN


def _choice(row: dict[str, Any]) -> Choice:
    if row["kind"] == "skip":
        return Choice.SKIPPED
    if row["kind"] not in {"approve", "edit", "use", "posted"}:
        return Choice.NONE
    return Choice.EDITED if row["kind"] == "edit" or row["edited"] else Choice.AS_WAS
