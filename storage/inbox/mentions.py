"""Mentions: caught once, moved by compare-and-set, every move in the history."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from domain import MOVES, Advice, Lane, Mention, MentionKind, MentionState, may_move
from storage.db.database import Transaction
from storage.db.ids import new_id
from storage.db.values import KEEP, Keep, id_order, read_time, read_time_or_none
from storage.posts.posts import POST_COLUMNS, read_post, save_post

_SELECT = (
    "SELECT m.*,"
    + POST_COLUMNS
    + "FROM mentions m JOIN posts p ON p.id = m.id JOIN people a ON a.id = p.author_id"
)

_CATCH = """
INSERT INTO mentions (id, kind, watch_id, watch_label, state, lane, asked_at,
    caught_at, changed_at, folded, assignee, snoozed_until, reason, note, practice)
VALUES (:id, :kind, :watch_id, :watch_label, :state, :lane, :asked_at,
    :caught_at, :changed_at, :folded, :assignee, :snoozed_until, :reason, :note, :practice)
ON CONFLICT (id) DO NOTHING
"""

# One UPDATE decides who is first; came_from lets it tell from where.
_MOVE = """
UPDATE mentions SET
    came_from = state,
    state = :to,
    changed_at = :at,
    reason = :reason,
    assignee = CASE WHEN :keep_assignee = 1 THEN assignee ELSE :assignee END,
    snoozed_until = CASE WHEN :keep_snoozed = 1 THEN snoozed_until ELSE :snoozed_until END,
    note = CASE WHEN :keep_note = 1 THEN note ELSE :note END
WHERE id = :id AND state IN (:before)
RETURNING came_from
"""

_REMEMBER = """
INSERT INTO history (id, mention_id, place, from_state, to_state, at, reason)
VALUES (:id, :mention_id, (SELECT COUNT(*) FROM history WHERE mention_id = :mention_id),
    :from_state, :to_state, :at, :reason)
"""

_UNFOLD = """
UPDATE mentions SET folded = 0 WHERE folded = 1 AND id IN (
    SELECT id FROM mentions WHERE folded = 1 AND state IN (:states)
    ORDER BY length(id) DESC, id DESC LIMIT :limit
) RETURNING id
"""


def read_mention(row: Mapping[str, Any]) -> Mention:
    """Return the mention in a row of this file's SELECT."""
    return Mention(
        id=row["id"],
        post=read_post(row),
        kind=MentionKind(row["kind"]),
        watch_id=row["watch_id"],
        watch_label=row["watch_label"],
        state=MentionState(row["state"]),
        lane=Lane(row["lane"]),
        caught_at=read_time(row["caught_at"]),
        changed_at=read_time(row["changed_at"]),
        folded=bool(row["folded"]),
        assignee=row["assignee"],
        snoozed_until=read_time_or_none(row["snoozed_until"]),
        reason=row["reason"],
        note=row["note"],
        advice=Advice(row["advice"]) if row["advice"] else None,
        advice_why=row["advice_why"],
        practice=bool(row["practice"]),
    )


def catch(tx: Transaction, mention: Mention) -> bool:
    """Store a mention with its post; False when that post was caught before, or its author forgotten.

    What was caught before is brought up to date.
    """
    if not save_post(tx, mention.post):
        return False
    new = tx.execute(
        _CATCH,
        {
            "id": mention.id,
            "kind": mention.kind,
            "watch_id": mention.watch_id,
            "watch_label": mention.watch_label,
            "state": mention.state,
            "lane": mention.lane,
            "asked_at": mention.post.created_at,
            "caught_at": mention.caught_at,
            "changed_at": mention.changed_at,
            "folded": mention.folded,
            "assignee": mention.assignee,
            "snoozed_until": mention.snoozed_until,
            "reason": mention.reason,
            "note": mention.note,
            "practice": mention.practice,
        },
    )
    if new:
        _remember(tx, mention.id, None, mention.state, mention.caught_at, mention.reason)
    return bool(new)


def mention(tx: Transaction, mention_id: str) -> Mention | None:
    """Return a mention with its post and person."""
    row = tx.one(_SELECT + " WHERE m.id = :id", {"id": mention_id})
    return read_mention(row) if row else None


def move(
    tx: Transaction,
    mention_id: str,
    *,
    to: MentionState,
    at: datetime,
    before: Collection[MentionState] | None = None,
    reason: str | None = None,
    assignee: str | Keep | None = KEEP,
    snoozed_until: datetime | Keep | None = KEEP,
    note: str | Keep | None = KEEP,
) -> bool:
    """Move a mention if it stands in one of the states `before`; tell whether it was moved.

    Args:
        tx: a transaction that may write.
        mention_id: the mention.
        to: the state to go to.
        at: when.
        before: where it may come from; by default every state from which `to` is allowed.
        reason: why; takes the place of the last move's reason, None too.
        assignee: kept unless given.
        snoozed_until: kept unless given, but emptied when it leaves `snoozed`.
        note: kept unless given.

    Raises:
        ValueError: a state of `before` does not allow `to`; a mistake of the caller.
    """
    if isinstance(snoozed_until, Keep) and to is not MentionState.SNOOZED:
        snoozed_until = None
    moved = tx.one(
        _MOVE,
        {
            "id": mention_id,
            "to": to,
            "at": at,
            "before": _before(to, before),
            "reason": reason,
            **_kept("assignee", "keep_assignee", assignee),
            **_kept("snoozed_until", "keep_snoozed", snoozed_until),
            **_kept("note", "keep_note", note),
        },
    )
    if moved is None:
        return False
    _remember(tx, mention_id, moved["came_from"], to, at, reason)
    return True


def _before(to: MentionState, wanted: Collection[MentionState] | None) -> list[MentionState]:
    allowed = {state for state in MOVES if may_move(state, to)}
    before = allowed if wanted is None else set(wanted)
    if not before <= allowed:
        wrong = ", ".join(sorted(before - allowed))
        raise ValueError(f"a mention may not move from {wrong} to {to}")
    return sorted(before)


def _kept(name: str, flag: str, value: Any) -> dict[str, Any]:
    if isinstance(value, Keep):
        return {name: None, flag: 1}
    return {name: value, flag: 0}


def _remember(
    tx: Transaction,
    mention_id: str,
    from_state: str | None,
    to: MentionState,
    at: datetime,
    reason: str | None,
) -> None:
    tx.execute(
        _REMEMBER,
        {
            "id": new_id(),
            "mention_id": mention_id,
            "from_state": from_state,
            "to_state": to,
            "at": at,
            "reason": reason,
        },
    )


def set_note(tx: Transaction, mention_id: str, note: str | None) -> None:
    """Set or empty the line that the card shows above the suggestions."""
    tx.execute("UPDATE mentions SET note = :note WHERE id = :id", {"id": mention_id, "note": note})


def set_advice(tx: Transaction, mention_id: str, advice: Advice | None, why: str | None) -> None:
    """Set or empty what the card advises in place of a reply, and why."""
    tx.execute(
        "UPDATE mentions SET advice = :advice, advice_why = :why WHERE id = :id",
        {"id": mention_id, "advice": advice, "why": why},
    )


def set_lane(tx: Transaction, mention_id: str, lane: Lane, reason: str | None) -> None:
    """Change who may put the reply on X, and why."""
    tx.execute(
        "UPDATE mentions SET lane = :lane, reason = :reason WHERE id = :id",
        {"id": mention_id, "lane": lane, "reason": reason},
    )


def unfold(
    tx: Transaction, limit: int, states: Collection[MentionState] = (MentionState.NEW,)
) -> list[str]:
    """Bring up the newest folded mentions; return their ids, newest first."""
    rows = tx.query(_UNFOLD, {"limit": limit, "states": sorted(states)})
    return id_order(row["id"] for row in rows)[::-1]


def unfold_one(tx: Transaction, mention_id: str) -> bool:
    """Bring up one folded mention; tell whether it was folded."""
    return bool(
        tx.execute(
            "UPDATE mentions SET folded = 0 WHERE id = :id AND folded = 1 AND state = :state",
            {"id": mention_id, "state": MentionState.NEW},
        )
    )


def folded_count(tx: Transaction) -> int:
    """Return how many new mentions wait behind the "Show more" line."""
    row = tx.one(
        "SELECT COUNT(*) AS mentions FROM mentions WHERE folded = 1 AND state = :state",
        {"state": MentionState.NEW},
    )
    return int(row["mentions"]) if row else 0


def in_state(
    tx: Transaction, states: Collection[MentionState], limit: int, *, newest_first: bool = True
) -> list[Mention]:
    """Return mentions in any of the states, by the age of their posts."""
    order = (
        " ORDER BY length(m.id) DESC, m.id DESC LIMIT :limit"
        if newest_first
        else " ORDER BY length(m.id), m.id LIMIT :limit"
    )
    rows = tx.query(
        _SELECT + " WHERE m.state IN (:states)" + order,
        {"states": sorted(states), "limit": limit},
    )
    return [read_mention(row) for row in rows]


def counts(tx: Transaction) -> dict[MentionState, int]:
    """Return how many mentions stand in each state that has any."""
    rows = tx.query("SELECT state, COUNT(*) AS mentions FROM mentions GROUP BY state")
    return {MentionState(row["state"]): int(row["mentions"]) for row in rows}


def caught_since(tx: Transaction, watch_id: str, since: datetime) -> int:
    """Return how many posts a watch caught since a time."""
    row = tx.one(
        "SELECT COUNT(*) AS mentions FROM mentions"
        " WHERE watch_id = :watch_id AND caught_at >= :since",
        {"watch_id": watch_id, "since": since},
    )
    return int(row["mentions"]) if row else 0


def by_hand_open(tx: Transaction) -> list[Mention]:
    """Return the mentions that wait for a person's own reply on X, longest waiting first."""
    rows = tx.query(
        _SELECT + " WHERE m.state = :state ORDER BY m.changed_at, m.id",
        {"state": MentionState.BY_HAND},
    )
    return [read_mention(row) for row in rows]


def history(tx: Transaction, mention_id: str) -> list[dict[str, Any]]:
    """Return the moves of a mention, first to last: from_state, to_state, at (aware), reason."""
    rows = tx.query(
        "SELECT from_state, to_state, at, reason FROM history WHERE mention_id = :id"
        " ORDER BY place, id",
        {"id": mention_id},
    )
    return [{**row, "at": read_time(row["at"])} for row in rows]
