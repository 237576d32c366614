"""Counts for the figures about the account, by plain SQL from what is stored.

Two statements: one row for each post of our own, and mentions grouped by what became of them;
both read indexes (docs/decisions/021 has the definitions). insights/stats.py says what counts mean.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, TypeAlias

from domain import (
    APART,
    TIME_TO_ANSWER_BACK,
    Choice,
    Counts,
    Move,
    Outcome,
    Period,
    Span,
    SpanCounts,
    TalkKind,
)
from storage.db.database import Transaction
from storage.db.key_values import ACCOUNT_ID, value
from storage.db.values import read_time, time_text
from storage.reports.stats_record import followers_in, listening_since, posts_since

Row: TypeAlias = Mapping[str, Any]
#: How many pairs of moments, asked and answered, are how many minutes apart.
Waits: TypeAlias = Callable[[list[tuple[datetime, datetime]]], Mapping[int, int]]

#: Somebody spoke to us when their post answers, quotes or names the account.
HEARD = """
(above.author_id <> own.author_id AND (
    above.in_reply_to_author_id = own.author_id OR above.quoted_author_id = own.author_id
    OR above.mentioned_ids LIKE '%"' || own.author_id || '"%'))
"""

# What became of the suggestion: the last decision that took a text, let go, or took back.
_LAST_DECISION = """
LEFT JOIN (
    SELECT took.id, took.mention_id, took.kind, took.suggestion_id FROM decisions took
    WHERE (took.kind IN ('approve', 'edit', 'use', 'skip', 'undo', 'bring_back')
            OR (took.kind = 'posted' AND took.suggestion_id IS NOT NULL))
        AND NOT EXISTS (
            SELECT 1 FROM decisions later WHERE later.mention_id = took.mention_id
                AND (later.place, later.at, later.id) > (took.place, took.at, took.id)
                AND (later.kind IN ('approve', 'edit', 'use', 'skip', 'undo', 'bring_back')
                    OR (later.kind = 'posted' AND later.suggestion_id IS NOT NULL)))
) AS d ON d.mention_id =
"""

# What answers ourselves is about ourselves. A conversation is what one person and we say to each
# other in one conversation of X. asked_at: where our post answers a mention.
_OURS = f"""
SELECT own.created_at AS at,
    CASE WHEN own.in_reply_to_id IS NOT NULL
            AND COALESCE(own.in_reply_to_author_id, above.author_id, '') <> own.author_id
            THEN 'reply'
        WHEN own.linked = 1 THEN 'link' ELSE 'plain' END AS kind,
    COALESCE(own.in_reply_to_author_id, above.author_id) AS person,
    COALESCE(own.conversation_id, above.conversation_id, own.in_reply_to_id) AS conversation,
    CASE WHEN {HEARD} THEN 1 ELSE 0 END AS heard,
    CASE WHEN EXISTS (SELECT 1 FROM posts below
            WHERE below.in_reply_to_id = own.id AND below.author_id <> :account)
        THEN 1 ELSE 0 END AS back,
    CASE WHEN d.kind <> 'skip' THEN s.move END AS move,
    CASE WHEN EXISTS (SELECT 1 FROM replies r WHERE r.post_id = own.id) THEN 0 ELSE 1 END
        AS by_hand,
    m.id AS mention_id, m.asked_at
FROM posts own
LEFT JOIN posts above ON above.id = own.in_reply_to_id
LEFT JOIN mentions m ON m.id = own.in_reply_to_id
{_LAST_DECISION} own.in_reply_to_id
LEFT JOIN suggestions s ON s.id = d.suggestion_id
WHERE own.author_id = :account AND own.created_at >= :begin AND own.repost = 0
"""  # noqa: S608 - constants of this file

# Answered is what our own post stands below, or what a member says they posted.
_REPLIED = """
EXISTS (SELECT 1 FROM posts own WHERE own.in_reply_to_id = m.id AND own.author_id = :account)
"""
_MENTIONS = f"""
SELECT was, outcome, choice, COUNT(*) AS n FROM (
    SELECT CASE WHEN m.asked_at < :begin THEN 1 ELSE 0 END AS was,
        CASE WHEN m.state = 'answered' OR {_REPLIED} THEN 'answered'
            WHEN m.state = 'skipped' THEN 'skipped'
            WHEN m.state IN ('set_aside', 'gone') OR (m.state = 'new' AND m.folded = 1)
                THEN 'aside'
            ELSE 'open' END AS outcome,
        CASE WHEN d.kind = 'skip' THEN 'skipped'
            WHEN d.kind = 'edit' OR (d.kind IN ('approve', 'use', 'posted')
                AND EXISTS (SELECT 1 FROM edits e WHERE e.decision_id = d.id)) THEN 'edited'
            WHEN d.kind IN ('approve', 'use', 'posted') THEN 'as_was'
            ELSE '' END AS choice
    FROM mentions m
    {_LAST_DECISION} m.id
    WHERE m.asked_at >= :was_begin AND m.asked_at < :end
        AND (m.asked_at < :was_end OR m.asked_at >= :begin)
) AS each_mention GROUP BY was, outcome, choice
"""  # noqa: S608 - constants of this file
_MARKED_ANSWERED = f"""
SELECT m.asked_at, m.changed_at AS at FROM mentions m
WHERE m.asked_at >= :was_begin AND m.asked_at < :end AND m.state = 'answered'
    AND NOT {_REPLIED}
"""  # noqa: S608 - constants of this file


def count(tx: Transaction, period: Period, waits: Waits) -> Counts:
    """Count everything that the figures of a period are made of."""
    listening = listening_since(tx)
    params = {
        "account": value(tx, ACCOUNT_ID) or "",
        "begin": period.now.begin,
        "end": period.now.end,
        "was_begin": period.before.begin,
        "was_end": period.before.end,
    }
    first = min(period.before.begin, period.ninety_before.begin)
    ours = tx.query(_OURS, {"account": params["account"], "begin": first})
    mentions = tx.query(_MENTIONS, params)
    answers = [*_first_answers(ours), *tx.query(_MARKED_ANSWERED, params)]

    def counted(span: Span, ninety: Span, *, was: bool) -> SpanCounts:
        in_span = _within(ours, span)
        heard = [row for row in in_span if row["heard"]]
        talks = Counter((row["person"], row["conversation"]) for row in heard)
        then = [row for row in mentions if bool(row["was"]) is was]
        return SpanCounts(
            **_talked(in_span),
            **_answered_back(_within(in_span, _could_be_answered(span, listening, period.now.end))),
            **_people(_within(ours, ninety), span),
            conversations=len(talks),
            rounds=len(heard),
            longer=sum(n > 1 for n in talks.values()),
            outcomes=_summed(Outcome, ((row["outcome"], row["n"]) for row in then)),
            choices=_summed(
                Choice,
                ((row["choice"], row["n"]) for row in then if row["outcome"] != Outcome.ASIDE),
            ),
            waits=waits(
                [
                    (read_time(row["asked_at"]), read_time(row["at"]))
                    for row in _within(answers, span, "asked_at")
                ]
            ),
        )

    return Counts(
        now=counted(period.now, period.ninety, was=False),
        before=counted(period.before, period.ninety_before, was=True),
        bars=_bars(_within(ours, period.now), [span for _, span in period.bars]),
        followers=followers_in(tx, period.now),
        posts_since=posts_since(tx),
        listening_since=listening,
    )


def _within(rows: Iterable[Row], span: Span, column: str = "at") -> list[Row]:
    begin, end = time_text(span.begin), time_text(span.end)
    return [row for row in rows if begin <= row[column] < end]


def _first_answers(ours: Iterable[Row]) -> Iterable[Row]:
    first: dict[str, Row] = {}
    for row in ours:
        mention_id = row["mention_id"]
        if mention_id and (mention_id not in first or row["at"] < first[mention_id]["at"]):
            first[mention_id] = row
    return first.values()


def _could_be_answered(span: Span, listening: datetime | None, now: datetime) -> Span:
    """Return the part of a span in which answers to what we said were seen, and had time to come."""
    begin = max(span.begin, listening) if listening else span.end
    return Span(begin, max(begin, min(span.end, now - TIME_TO_ANSWER_BACK)))


def _talked(ours: Iterable[Row]) -> dict[str, Any]:
    found = Counter((row["kind"], row["by_hand"]) for row in ours)
    return {
        "kinds": {kind: found[kind, 0] + found[kind, 1] for kind in TalkKind},
        "by_hand": found[TalkKind.REPLY, 1],
    }


def _answered_back(ours: Iterable[Row]) -> dict[str, Any]:
    replies = Counter((row["move"], row["back"]) for row in ours if row["kind"] == TalkKind.REPLY)
    back = sum(n for (_, answered), n in replies.items() if answered)
    return {
        "answered_back": back,
        "could_be_answered": replies.total(),
        "moves": {
            str(move): (replies[move, 1], replies[move, 0] + replies[move, 1]) for move in Move
        },
    }


def _people(ours: Iterable[Row], span: Span) -> dict[str, Any]:
    """Count who was talked with: they spoke to us and we answered that.

    A connection did so twice, APART or more apart; who came back is one whose latest is in the span.
    """
    begin = time_text(span.begin)
    times: dict[str, list[str]] = {}
    for row in ours:
        if row["heard"]:
            times.setdefault(row["person"], []).append(row["at"])
    connected = [
        max(each)
        for each in times.values()
        if len(each) > 1 and read_time(max(each)) - read_time(min(each)) >= APART
    ]
    return {
        "people": sum(max(each) >= begin for each in times.values()),
        "connections": len(connected),
        "came_back": sum(last >= begin for last in connected),
    }


def _bars(ours: Iterable[Row], spans: list[Span]) -> tuple[tuple[int, int], ...]:
    """Count the replies and the posts about ourselves in each of spans that follow each other."""
    begins = [time_text(span.begin) for span in spans]
    found = Counter(
        (bisect_right(begins, row["at"]) - 1, row["kind"] == TalkKind.REPLY) for row in ours
    )
    return tuple((found[place, True], found[place, False]) for place in range(len(spans)))


def _summed(of: type[Outcome] | type[Choice], counts: Iterable[tuple[str, int]]) -> dict[Any, int]:
    summed = dict.fromkeys(of, 0)
    for kind, n in counts:
        summed[of(kind)] += n
    return summed
