"""The first minutes: at most five of the latest unanswered mentions become cards.

A new watch's first poll folds everything it finds. When every watch has been polled once
and the account's own recent replies are known, the newest come up and the rest stays
behind one line with *Show more*: never a flood.
"""

from datetime import datetime

from domain import JobKind, MentionState
from jobs.engine.context import JobContext
from jobs.upkeep.timeline import FIRST_LOOK, read_timeline, store_timeline
from storage.db import key_values
from storage.db.database import Transaction
from storage.inbox import mentions
from storage.posts import watches
from storage.queue import jobs
from storage.queue.enqueue import enqueue, enqueue_suggestions

FIRST_CARDS = 5
_BROUGHT_UP = "brought_up"
_REMEMBERED = 50

_ON_THE_TABLE = (
    MentionState.DRAFTING,
    MentionState.WAITING,
    MentionState.HANDED_OVER,
    MentionState.SNOOZED,
)


def backfill(job: jobs.Job, ctx: JobContext) -> None:
    """Bring up the newest folded mentions while fewer than five cards are open."""
    now = ctx.now()
    with ctx.db.read() as tx:
        unseen = [w for w in watches.watches(tx) if not w.paused and w.seen_id is None]
    if unseen and _still_patient(ctx, now):
        with ctx.repeating(job, now + ctx.timings.idle):
            return
    own = read_timeline(ctx, since=now - ctx.look_back, purse=FIRST_LOOK)
    with ctx.finishing(job) as tx:
        store_timeline(tx, ctx, own.pages, now=now, purse=FIRST_LOOK)
        bring_up(tx, now=now)
        enqueue(tx, JobKind.FOLD_LINE, at=now)


def bring_up(tx: Transaction, *, now: datetime) -> list[str]:
    """Unfold as many mentions as there is room for, newest first, and have them drafted."""
    counts = mentions.counts(tx)
    open_cards = sum(counts.get(state, 0) for state in _ON_THE_TABLE)
    return _unfold(tx, max(0, FIRST_CARDS - open_cards), now=now)


def bring_up_another(tx: Transaction, in_place_of: str, *, now: datetime) -> None:
    """Bring the next folded mention up for one of the first that was set aside."""
    if in_place_of in _brought_up(tx):
        _unfold(tx, 1, now=now)
        enqueue(tx, JobKind.FOLD_LINE, at=now)


def _unfold(tx: Transaction, number: int, *, now: datetime) -> list[str]:
    brought = mentions.unfold(tx, number)
    for mention_id in brought:
        enqueue_suggestions(tx, mention_id, at=now)
    # Only the latest matter: what was brought up long ago has been drafted.
    kept = [*_brought_up(tx), *brought][-_REMEMBERED:]
    key_values.set_value(tx, _BROUGHT_UP, " ".join(kept))
    return brought


def _brought_up(tx: Transaction) -> list[str]:
    return (key_values.value(tx, _BROUGHT_UP) or "").split()


def _still_patient(ctx: JobContext, now: datetime) -> bool:
    return now - ctx.started_at < ctx.timings.first_look_patience
