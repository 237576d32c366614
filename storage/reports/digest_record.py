"""What a summary is made from: what came in, who waits, what was decided, what it cost."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from domain import (
    APART,
    CONNECTION_DAYS,
    DayRecord,
    DecisionKind,
    Mention,
    MentionKind,
    MentionState,
    Person,
    Span,
    WatchCatch,
)
from storage.db.database import Transaction
from storage.db.key_values import ACCOUNT_ID, value
from storage.inbox import mentions
from storage.inbox.filtered import hour_of
from storage.inbox.proposals import open_proposal
from storage.posts.people import read_person
from storage.posts.posts import POST_COLUMNS
from storage.reports.stats import HEARD

#: Who waits for a person, as `/greenroom waiting` lists them.
WAITING = (
    MentionState.WAITING,
    MentionState.HANDED_OVER,
    MentionState.UNKNOWN,
    MentionState.FAILED,
    MentionState.BY_HAND,
)
#: More posts than this tell no other summary.
_MOST_CAUGHT = 500
_MOST_BEFORE = 1000
_MOST_WAITING = 20
_WEEK = timedelta(days=7)

_WORTH_A_LOOK = """
    m.caught_at >= :begin AND m.caught_at < :end
    AND m.state NOT IN ('set_aside', 'gone') AND p.text <> '' AND a.muted = 0
"""
_CAUGHT = (
    "SELECT m.*,"
    + POST_COLUMNS
    + "FROM mentions m JOIN posts p ON p.id = m.id JOIN people a ON a.id = p.author_id WHERE"
    + _WORTH_A_LOOK
    + "ORDER BY m.caught_at DESC, length(m.id) DESC, m.id DESC LIMIT :limit"
)
_TEXTS = (
    "SELECT p.text FROM mentions m JOIN posts p ON p.id = m.id"  # noqa: S608 - as above
    " JOIN people a ON a.id = p.author_id WHERE"
    + _WORTH_A_LOOK
    + "ORDER BY m.caught_at DESC, length(m.id) DESC, m.id DESC LIMIT :limit"
)

# Back and forth before: they spoke to us and we answered, half a day or more before this time.
_KNOWN = f"""
SELECT DISTINCT above.author_id FROM posts own JOIN posts above ON above.id = own.in_reply_to_id
WHERE own.in_reply_to_author_id IN (:people) AND own.author_id = :account
    AND own.created_at >= :since AND own.created_at < :until AND own.repost = 0 AND {HEARD}
"""  # noqa: S608 - a constant of ours
_NEW = """
SELECT a.* FROM people a WHERE a.id IN (:people) AND NOT EXISTS (
    SELECT 1 FROM posts q WHERE q.author_id = a.id AND q.created_at < :earliest)
"""
# An answered mention moves no more: its last change is when it was answered.
_ANSWERED = """
SELECT COUNT(*) AS answered FROM mentions
WHERE state = 'answered' AND folded IN (0, 1) AND changed_at >= :begin AND changed_at < :end
"""
_BY_HAND = """
SELECT COUNT(*) AS posts FROM posts own
WHERE own.author_id = :account AND own.created_at >= :begin AND own.created_at < :end
    AND own.repost = 0 AND own.in_reply_to_id IS NOT NULL
    AND COALESCE(own.in_reply_to_author_id, '') <> :account
    AND NOT EXISTS (SELECT 1 FROM replies r WHERE r.post_id = own.id)
"""
_ASIDE = """
SELECT COUNT(*) AS aside FROM set_asides
WHERE day_hour >= :first_hour AND at >= :begin AND at < :end AND brought_back_at IS NULL
"""
_COSTS = """
SELECT service, CAST(SUM(micro_dollars) AS bigint) AS spent FROM costs
WHERE at >= :begin AND at < :end GROUP BY service ORDER BY service
"""
_WATCHES = """
SELECT w.label AS label, COUNT(*) AS caught,
    SUM(CASE WHEN m.state = 'set_aside' THEN 1 ELSE 0 END) AS aside
FROM watches w JOIN mentions m ON m.watch_id = w.id
WHERE w.kind = :keyword AND w.paused = 0 AND m.caught_at >= :begin AND m.caught_at < :end
GROUP BY w.id, w.label ORDER BY w.label
"""


def day_record(tx: Transaction, span: Span) -> DayRecord:
    """Read all that the summary of a time is made from; who waits is as of now."""
    ends = {"begin": span.begin, "end": span.end}
    caught = _caught(tx, span)
    people = sorted({mention.post.author.id for mention in caught})
    counts = mentions.counts(tx)
    proposal = open_proposal(tx)
    return DayRecord(
        caught=caught,
        before=_texts(tx, Span(span.begin - _WEEK, span.begin)),
        waiting=tuple(mentions.in_state(tx, WAITING, _MOST_WAITING, newest_first=False)),
        waiting_all=sum(counts.get(state, 0) for state in WAITING),
        known=_known(tx, people, span),
        new=_new(tx, people, caught, span),
        answered=_number(tx, _ANSWERED, ends),
        seen_by_hand=_number(tx, _BY_HAND, {**ends, "account": _account(tx)}),
        aside=_number(tx, _ASIDE, {**ends, "first_hour": hour_of(span.begin)}),
        costs={row["service"]: int(row["spent"]) for row in tx.query(_COSTS, ends)},
        watches=_watches(tx, Span(span.end - _WEEK, span.end)),
        proposal_id=proposal.id if proposal else None,
    )


def decided(tx: Transaction, span: Span) -> list[tuple[str, DecisionKind, str, str]]:
    """Return what was decided in a time, oldest first: mention, kind, member's id and name."""
    rows = tx.query(
        "SELECT mention_id, kind, member_id, member_name FROM decisions"
        " WHERE at >= :begin AND at < :end ORDER BY at, mention_id, place",
        {"begin": span.begin, "end": span.end},
    )
    return [
        (row["mention_id"], DecisionKind(row["kind"]), row["member_id"], row["member_name"])
        for row in rows
    ]


def mentions_of(tx: Transaction, ids: Collection[str]) -> dict[str, Mention]:
    """Return the mentions that there are of some ids, by their ids."""
    found = (mentions.mention(tx, mention_id) for mention_id in dict.fromkeys(ids))
    return {mention.id: mention for mention in found if mention is not None}


def came_back(tx: Transaction, span: Span) -> tuple[Person, ...]:
    """Return who wrote in a time and had talked with us before it, newest first."""
    wrote = {mention.post.author.id: mention.post.author for mention in _caught(tx, span)}
    known = _known(tx, sorted(wrote), span) if wrote else frozenset()
    return tuple(person for person_id, person in wrote.items() if person_id in known)


def _caught(tx: Transaction, span: Span) -> tuple[Mention, ...]:
    ends = {"begin": span.begin, "end": span.end, "limit": _MOST_CAUGHT}
    return tuple(mentions.read_mention(row) for row in tx.query(_CAUGHT, ends))


def _texts(tx: Transaction, span: Span) -> tuple[str, ...]:
    ends = {"begin": span.begin, "end": span.end, "limit": _MOST_BEFORE}
    return tuple(row["text"] for row in tx.query(_TEXTS, ends))


def _known(tx: Transaction, people: list[str], span: Span) -> frozenset[str]:
    params = {
        "account": _account(tx),
        "people": people,
        "since": span.begin - timedelta(days=CONNECTION_DAYS),
        "until": span.begin - APART,
    }
    return frozenset(row["author_id"] for row in tx.query(_KNOWN, params))


def _new(
    tx: Transaction, people: list[str], caught: tuple[Mention, ...], span: Span
) -> tuple[Person, ...]:
    # A first look brings older posts: who wrote only those is as new.
    earliest = min((mention.post.created_at for mention in caught), default=span.begin)
    params = {"people": people, "earliest": min(earliest, span.begin)}
    return tuple(read_person(row) for row in tx.query(_NEW, params))


def _watches(tx: Transaction, span: Span) -> tuple[WatchCatch, ...]:
    params = {"keyword": MentionKind.KEYWORD, "begin": span.begin, "end": span.end}
    return tuple(
        WatchCatch(row["label"], int(row["caught"]), int(row["aside"]))
        for row in tx.query(_WATCHES, params)
    )


def _account(tx: Transaction) -> str:
    return value(tx, ACCOUNT_ID) or ""


def _number(tx: Transaction, sql: str, params: Mapping[str, Any]) -> int:
    row = tx.one(sql, params)
    return int(next(iter(row.values()))) if row else 0
