"""Counts for the figures about the account, from the narrow tables `talk` and `waits`.

Every statement reads an index in its order, so that a million mentions are counted without
sorting: ranges of time under equal values, or people one after the other. insights/stats.py
says what the counts mean. docs/decisions/020 and 021 have the definitions and the reasons.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from domain import (
    APART,
    TIME_TO_ANSWER_BACK,
    Choice,
    Counted,
    Counts,
    Move,
    Outcome,
    Period,
    Span,
    TalkKind,
)
from storage.database import Transaction
from storage.stats_record import followers_in, listening_since, posts_since

Range = tuple[str | int, ...]
Kind = TypeVar("Kind", bound=StrEnum)

_KINDS = """
SELECT (SELECT COUNT(*) FROM talk
    WHERE kind = r.column2 AND at >= r.column3 AND at < r.column4) AS n
FROM (VALUES :ranges) AS r ORDER BY r.column1
"""
_ANSWERED_BACK = """
SELECT (SELECT COUNT(*) FROM talk WHERE kind = 'reply' AND answered_back = r.column2
    AND at >= r.column3 AND at < r.column4) AS n
FROM (VALUES :ranges) AS r ORDER BY r.column1
"""
_BY_HAND = """
SELECT (SELECT COUNT(*) FROM talk WHERE kind = 'reply' AND by_hand = 1
    AND at >= r.column2 AND at < r.column3) AS n
FROM (VALUES :ranges) AS r ORDER BY r.column1
"""
_MOVES = """
SELECT (SELECT COUNT(*) FROM talk WHERE move = r.column2 AND move <> ''
    AND answered_back = r.column3 AND at >= r.column4 AND at < r.column5) AS n
FROM (VALUES :ranges) AS r ORDER BY r.column1
"""
_OUTCOMES = """
SELECT (SELECT COUNT(*) FROM waits WHERE outcome = r.column2 AND choice = r.column3
    AND asked_at >= r.column4 AND asked_at < r.column5) AS n
FROM (VALUES :ranges) AS r ORDER BY r.column1
"""
_WAITS = """
SELECT minutes,
    SUM(CASE WHEN asked_at >= :begin AND asked_at < :end THEN 1 ELSE 0 END) AS now_n,
    SUM(CASE WHEN asked_at >= :was_begin AND asked_at < :was_end THEN 1 ELSE 0 END) AS was_n
FROM waits WHERE outcome = 'answered' AND minutes IS NOT NULL AND asked_at >= :was_begin
GROUP BY minutes ORDER BY minutes
"""

# Back and forth: they spoke to us and we answered that. A connection did so twice, APART or more
# seconds apart, within ninety days; who came back is one whose latest is in the period.
_PEOPLE = """
SELECT
    COALESCE(SUM(CASE WHEN last_at >= :begin THEN 1 ELSE 0 END), 0) AS people,
    COALESCE(SUM(CASE WHEN last_at - first_at >= :apart THEN 1 ELSE 0 END), 0) AS connections,
    COALESCE(SUM(CASE WHEN last_at - first_at >= :apart AND last_at >= :begin
        THEN 1 ELSE 0 END), 0) AS came_back,
    COALESCE(SUM(CASE WHEN was_last >= :was_begin THEN 1 ELSE 0 END), 0) AS was_people,
    COALESCE(SUM(CASE WHEN was_last - was_first >= :apart THEN 1 ELSE 0 END), 0) AS was_connections,
    COALESCE(SUM(CASE WHEN was_last - was_first >= :apart AND was_last >= :was_begin
        THEN 1 ELSE 0 END), 0) AS was_came_back
FROM (
    SELECT
        MIN(CASE WHEN at >= :ninety AND at < :end THEN at END) AS first_at,
        MAX(CASE WHEN at >= :ninety AND at < :end THEN at END) AS last_at,
        MIN(CASE WHEN at < :was_end THEN at END) AS was_first,
        MAX(CASE WHEN at < :was_end THEN at END) AS was_last
    FROM talk WHERE heard = 1 AND at >= :was_ninety
    GROUP BY person_id
) AS each_person
"""

# A conversation is what one person and we say to each other in one conversation of X.
_CONVERSATIONS = """
SELECT
    COALESCE(SUM(CASE WHEN now_n > 0 THEN 1 ELSE 0 END), 0) AS conversations,
    COALESCE(SUM(now_n), 0) AS rounds,
    COALESCE(SUM(CASE WHEN now_n > 1 THEN 1 ELSE 0 END), 0) AS longer,
    COALESCE(SUM(CASE WHEN was_n > 0 THEN 1 ELSE 0 END), 0) AS was_conversations,
    COALESCE(SUM(was_n), 0) AS was_rounds,
    COALESCE(SUM(CASE WHEN was_n > 1 THEN 1 ELSE 0 END), 0) AS was_longer
FROM (
    SELECT
        SUM(CASE WHEN at >= :begin AND at < :end THEN 1 ELSE 0 END) AS now_n,
        SUM(CASE WHEN at >= :was_begin AND at < :was_end THEN 1 ELSE 0 END) AS was_n
    FROM talk WHERE heard = 1 AND at >= :was_begin
    GROUP BY person_id, conversation_id
) AS each_conversation
"""


def count(tx: Transaction, period: Period) -> Counts:
    """Count everything that the figures of a period are made of."""
    listening = listening_since(tx)
    posts = posts_since(tx)
    now, before = (
        _counted(tx, span, listening, at=period.now.end) for span in (period.now, period.before)
    )
    now, before = _with_people(tx, period, now, before)
    kinds = (TalkKind.REPLY, TalkKind.PLAIN, TalkKind.LINK)
    found = _ranges(tx, _KINDS, [(kind, *_ends(s)) for _, s in period.bars for kind in kinds])
    per_bar = zip(*[iter(found)] * len(kinds), strict=True)
    return Counts(
        now=now,
        before=before,
        bars=tuple((replies, plain + linked) for replies, plain, linked in per_bar),
        followers=followers_in(tx, period.now),
        posts_since=posts,
        listening_since=listening,
    )


def _counted(tx: Transaction, span: Span, listening: datetime | None, at: datetime) -> Counted:
    """Count what needs ranges only; `at` is now."""
    ends = _ends(span)
    # An answer to what we said before we listened was not seen, one to what we just said is early.
    heard_from = max(ends[0], _seconds(listening)) if listening else ends[1]
    heard_until = min(ends[1], _seconds(at - TIME_TO_ANSWER_BACK))
    heard = (heard_from, max(heard_from, heard_until))
    kinds = tuple(TalkKind)
    outcomes = [(outcome, choice) for outcome in Outcome for choice in Choice]
    by_outcome = _ranges(tx, _OUTCOMES, [(*pair, *ends) for pair in outcomes])
    silent, answered = _ranges(tx, _ANSWERED_BACK, [(0, *heard), (1, *heard)])
    by_move = _ranges(tx, _MOVES, [(move, back, *heard) for move in Move for back in (0, 1)])
    worth = [
        (choice, n)
        for (outcome, choice), n in zip(outcomes, by_outcome, strict=True)
        if outcome is not Outcome.ASIDE
    ]
    return Counted(
        kinds=dict(zip(kinds, _ranges(tx, _KINDS, [(k, *ends) for k in kinds]), strict=True)),
        by_hand=_ranges(tx, _BY_HAND, [ends])[0],
        answered_back=answered,
        could_be_answered=answered + silent,
        moves={
            str(move): (by_move[2 * place + 1], by_move[2 * place] + by_move[2 * place + 1])
            for place, move in enumerate(Move)
        },
        outcomes=_summed((o, n) for (o, _), n in zip(outcomes, by_outcome, strict=True)),
        choices=_summed(worth),
    )


def _with_people(
    tx: Transaction, period: Period, now: Counted, before: Counted
) -> tuple[Counted, Counted]:
    """Add what is counted for both spans in one pass: people, conversations, waits."""
    ends = {
        "begin": _seconds(period.now.begin),
        "end": _end(period.now.end),
        "was_begin": _seconds(period.before.begin),
        "was_end": _end(period.before.end),
    }
    windows = {
        "ninety": _seconds(period.ninety.begin),
        "was_ninety": _seconds(period.ninety_before.begin),
        "apart": int(APART.total_seconds()),
    }
    people = tx.one(_PEOPLE, {**ends, **windows}) or {}
    talks = tx.one(_CONVERSATIONS, ends) or {}
    waits = tx.query(_WAITS, ends)

    def added(counted: Counted, was: str) -> Counted:
        return replace(
            counted,
            people=int(people[f"{was}people"]),
            came_back=int(people[f"{was}came_back"]),
            connections=int(people[f"{was}connections"]),
            conversations=int(talks[f"{was}conversations"]),
            rounds=int(talks[f"{was}rounds"]),
            longer=int(talks[f"{was}longer"]),
            waits={
                int(row["minutes"]): int(row[f"{was or 'now_'}n"])
                for row in waits
                if row[f"{was or 'now_'}n"]
            },
        )

    return added(now, ""), added(before, "was_")


def _ranges(tx: Transaction, statement: str, ranges: Sequence[Range]) -> list[int]:
    """Count each of the ranges; one statement, in their order."""
    numbered = [(place, *each) for place, each in enumerate(ranges)]
    return [int(row["n"]) for row in tx.query(statement, {"ranges": numbered})]


def _ends(span: Span) -> tuple[int, int]:
    return _seconds(span.begin), _end(span.end)


def _seconds(at: datetime) -> int:
    return int(at.timestamp())


def _end(at: datetime) -> int:
    """Return the whole second before which a span ends; the one that has begun is in it."""
    return math.ceil(at.timestamp())


def _summed(counts: Iterable[tuple[Kind, int]]) -> dict[Kind, int]:
    summed: dict[Kind, int] = {}
    for kind, n in counts:
        summed[kind] = summed.get(kind, 0) + n
    return summed
