"""Once a day: look up on X what waits in Slack, and let go of what is gone, take over what changed.

X asks that deleted, protected and changed posts follow within a day. To look costs money (see
`jobs/network/recheck_posts.py`), so only what somebody may still decide is looked at, a few at a time, and at
most a fifth of the day's budget goes into it; whatever else is stored is forgotten by its age.
"""

import logging
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from domain import MentionKind, Post
from errors import XError
from jobs.engine.context import JobContext
from jobs.network.budget import Use, next_utc_day, x_left
from jobs.network.recheck_posts import KnownPost, recheck_posts
from jobs.network.reserve import SpendKey
from jobs.upkeep.close_gone import close_gone
from jobs.upkeep.recheck_post import changed, take_new_words
from storage.db.database import Transaction
from storage.db.key_values import set_value, value
from storage.money import ledger
from storage.privacy.expired_words import open_posts
from storage.queue import jobs

log = logging.getLogger("greenroom.sweep")

#: A page of look-ups; and of mentions, each a request of the 300 in 15 minutes that polls need, too.
_AT_ONCE = 100
_MENTIONS_AT_ONCE = 20
#: X bills a post once a UTC day: most of what waits was caught the same day.
_BEFORE_MIDNIGHT = timedelta(minutes=75)
_SHARE = 5
#: Marks: the last id that was looked up, the id at which the round ends, and where the day began.
_AFTER, _UNTIL, _BEGAN = "sweep_after", "sweep_until", "sweep_began"
PURPOSE = "sweep"
_PURSE = SpendKey("sweep", PURPOSE, Use.LOOKS)


def sweep(job: jobs.Job, ctx: JobContext) -> None:
    """Look at the next ones; come back in minutes while there are more, else tomorrow.

    How far it came is a mark: where a day's share does not reach round, the next day goes on there.
    """
    now = ctx.now()
    if ctx.paused:
        with ctx.repeating(job, now + ctx.timings.rest):
            return
    with ctx.db.read() as tx:
        after, until = value(tx, _AFTER) or "0", value(tx, _UNTIL) or ""
        waiting = [
            KnownPost(*each) for each in open_posts(tx, after, _AT_ONCE, until=until or None)
        ]
        some = _as_many_as(waiting, ctx, _affordable(tx, ctx))
    if not some:
        _next_round(job, ctx, after, until, affordable=not waiting)
        return
    try:
        seen = recheck_posts(ctx, _PURSE, some)
    except XError as error:
        log.warning("not swept: %s", error.for_person())
        with ctx.db.write() as tx:
            wait = ctx.timings.paused_probe + ctx.backoff(job.attempts)
            jobs.put_back(tx, job, due_at=ctx.now() + wait, error=type(error).__name__)
        return
    if seen is None:
        # Others are using what was left a moment ago.
        with ctx.repeating(job, now + ctx.timings.money_under_way):
            return
    with ctx.db.write() as tx:
        take_over(tx, ctx, seen.posts, seen.gone)
        seen.book(tx, ctx, _PURSE)
        set_value(tx, _AFTER, some[-1].id)
        jobs.finish(tx, job)
        wait = ctx.timings.between_sweeps if _asked_one_by_one(some) else timedelta()
        jobs.add_job(tx, job.kind, key=job.key, due_at=ctx.now() + wait)


def take_over(
    tx: Transaction, ctx: JobContext, found: Iterable[Post], gone: Collection[str]
) -> None:
    """Close what is gone; store what changed, and have it drafted anew where it waits."""
    now = ctx.now()
    closed = close_gone(tx, gone, at=now)
    # In the order of their ids, as `catch_posts` goes.
    found = sorted(found, key=lambda each: int(each.id))
    new_words = [post for post in found if changed(tx, post)]
    for post in new_words:
        take_new_words(tx, ctx, post)
    if closed or new_words:
        log.info("swept: %d gone, %d changed", closed, len(new_words))


def _began(tx: Transaction) -> str:
    return value(tx, _BEGAN) or "0"


def _as_many_as(waiting: Sequence[KnownPost], ctx: JobContext, micro: int) -> list[KnownPost]:
    """Return the first of them, as many as fit into one pass and, at their dearest, into the money."""
    some: list[KnownPost] = []
    for each in waiting:
        micro -= each.dearest(ctx.prices)
        if micro < 0 or _asked_one_by_one(some) == _MENTIONS_AT_ONCE:
            break
        some.append(each)
    return some


def _asked_one_by_one(some: Sequence[KnownPost]) -> int:
    return sum(each.kind is MentionKind.MENTION for each in some)


def _affordable(tx: Transaction, ctx: JobContext) -> int:
    """Return the micro-dollars that the sweep may still spend today."""
    now = ctx.now()
    spent = ledger.spent_by_purpose(tx, "x", now.date()).get(PURPOSE, 0)
    share = ctx.team.settings.x_budget_micro // _SHARE - spent
    # What others hold for a moment does not end the day's sweep; the reservation waits for it.
    left = x_left(tx, ctx, Use.LOOKS, now).later
    return min(share, left)


def next_sweep(now: datetime) -> datetime:
    """Return when to look next: late in the UTC day, for what was read that day is free by then."""
    tonight = next_utc_day(now) - _BEFORE_MIDNIGHT
    return tonight if now < tonight else tonight + timedelta(days=1)


def _next_round(
    job: jobs.Job, ctx: JobContext, after: str, until: str, *, affordable: bool
) -> None:
    """Go on with what lies before the day's beginning, or come back late in the UTC day.

    Without money left, the new day's pays for it as soon as it begins.
    """
    now = ctx.now()
    due = next_sweep(now) if affordable else next_utc_day(now)
    due += timedelta(minutes=ctx.rng.uniform(1, 30))
    with ctx.db.write() as tx:
        if affordable and not until and after != "0" and _began(tx) != "0":
            # The end is reached; the day began in the middle.
            set_value(tx, _AFTER, "0")
            set_value(tx, _UNTIL, _began(tx))
            due = now
        else:
            begin = "0" if affordable else after
            for name, value in ((_AFTER, begin), (_UNTIL, ""), (_BEGAN, begin)):
                set_value(tx, name, value)
        jobs.finish(tx, job)
        jobs.add_job(tx, job.kind, key=job.key, due_at=due)
