"""The first minutes: at most five of the latest unanswered mentions become cards.

A new watch's first poll folds everything it finds. When every watch has been polled once
and the account's own recent replies are known, the newest come up and the rest stays
behind one line with *Show more*: never a flood.
"""

from datetime import datetime

from domain import MentionState
from storage import jobs, mentions, watches
from storage.database import Transaction
from storage.due_work import ask_fold_line, ask_suggestions
from work.room import Room
from work.timeline import read_timeline, store_timeline

FIRST_CARDS = 5

_ON_THE_TABLE = (
    MentionState.DRAFTING,
    MentionState.WAITING,
    MentionState.HANDED_OVER,
    MentionState.SNOOZED,
)


def first_look(job: jobs.Job, room: Room) -> None:
    """Bring up the newest folded mentions while fewer than five cards are open."""
    now = room.now()
    with room.db.read() as tx:
        unseen = [w for w in watches.watches(tx) if not w.paused and w.seen_id is None]
    if unseen and _still_patient(room, now):
        with room.repeating(job, now + room.timings.idle):
            return
    own = read_timeline(room, since=now - room.look_back)
    with room.finishing(job) as tx:
        store_timeline(tx, own, now=now)
        bring_up(tx, now=now)
        ask_fold_line(tx, at=now)


def bring_up(tx: Transaction, *, now: datetime) -> list[str]:
    """Unfold as many mentions as there is room for, newest first, and have them drafted."""
    counts = mentions.counts(tx)
    open_cards = sum(counts.get(state, 0) for state in _ON_THE_TABLE)
    brought = mentions.unfold(tx, max(0, FIRST_CARDS - open_cards))
    for mention_id in brought:
        ask_suggestions(tx, mention_id, at=now)
    return brought


def _still_patient(room: Room, now: datetime) -> bool:
    return now - room.started_at < room.timings.first_look_patience
