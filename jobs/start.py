"""What is due when Greenroom starts: seeds on the first start, recurring jobs on every one."""

from collections.abc import Sequence
from datetime import timedelta

from domain import JobKind, MentionKind, Reply, ReplyState, Watch
from jobs.engine.context import JobContext
from jobs.listening.held_up import ask_paused_again
from jobs.listening.read_over import ask_missed
from jobs.listening.stream import STREAM_NOTICE
from jobs.network.usage_check import first_check_at
from jobs.reports.digest import begin_digests
from jobs.sending.own_posts_first import ask_own_posts_first, is_overdue
from jobs.upkeep.sweep import next_sweep
from storage.db import key_values
from storage.db.database import Transaction
from storage.db.ids import new_id
from storage.inbox import replies
from storage.posts import stream_hold, watches
from storage.queue import claims, jobs
from storage.queue.enqueue import (
    enqueue,
    enqueue_notice,
    enqueue_reconcile,
    enqueue_send,
    enqueue_settings_followed,
)
from storage.reports.stats_record import posts_read_at
from storage.slack import notices

MENTIONS_WATCH = "mentions"
#: What has waited for days may wait until the first cards are there.
_A_MOMENT = timedelta(minutes=1)
_A_DAY = timedelta(days=1)
#: The mentions watch has no cap of its own; the daily budget holds for it.
_NO_CAP = 1_000_000


def begin(
    ctx: JobContext,
    seeds: tuple[tuple[str, str], ...],
    *,
    only_process: bool,
    streaming: bool = False,
    set_aside: Sequence[str] = (),
) -> None:
    """Write what is due at a start, in one commit.

    `only_process` is True where no other process can hold leases (SQLite under its lock):
    what a killed run left leased is due again at once. Without `streaming` a refusal of X's
    stream is no trouble any more. `set_aside` names files that lay beside the database and were
    another one's.
    """
    with ctx.db.write() as tx:
        if only_process:
            claims.release_all(tx)
            stream_hold.forget(tx)
        if not streaming:
            notices.clear_notice(tx, STREAM_NOTICE, ctx.now())
        seed_watches(tx, seeds)
        if ctx.channel:
            begin_in_channel(tx, ctx)
        else:
            enqueue_settings_followed(tx, ["channel"], at=ctx.now())
        if set_aside:
            _tell_set_aside(tx, ctx, set_aside)
        older = ask_own_posts_first(tx, ctx, older_copy=bool(set_aside))
        for reply in replies.replies_in(tx, (ReplyState.APPROVED,)):
            enqueue_send(tx, reply, late=older or is_overdue(ctx, reply, ctx.now()))
        for reply in replies.replies_in(tx, (ReplyState.UNKNOWN,)):
            _look_unless_over(tx, ctx, reply)


def _tell_set_aside(tx: Transaction, ctx: JobContext, names: Sequence[str]) -> None:
    enqueue_notice(
        tx,
        f"set-aside:{names[0]}",
        sentence="Beside the database lay the log of another one. It was moved aside and not used.",
        advice=f"Its name is {names[0]} now. If you went back to a backup, all is as it should be.",
        at=ctx.now(),
    )


def begin_in_channel(tx: Transaction, ctx: JobContext) -> None:
    """Have everything begin that needs a channel to show itself in; asking twice is once."""
    now = ctx.now()
    ask_paused_again(tx, now)
    for watch in watches.watches(tx):
        enqueue(tx, JobKind.LISTEN, watch.id, at=now)
        ask_missed(tx, ctx, watch)
    enqueue(tx, JobKind.TIMELINE, at=now + ctx.timings.timeline_fresh)
    enqueue(tx, JobKind.FOLD_LINE, at=now)
    begin_digests(tx, ctx)
    enqueue(tx, JobKind.EXPIRE, at=now + _A_MOMENT)
    enqueue(tx, JobKind.RETENTION, at=now + _A_MOMENT)
    enqueue(tx, JobKind.SWEEP, at=next_sweep(now))
    enqueue(tx, JobKind.USAGE_CHECK, at=first_check_at(now))
    _ask_account_day(tx, ctx)
    jobs.add_job(tx, JobKind.WELCOME, key=f"welcome:{ctx.channel}", due_at=now)


def _ask_account_day(tx: Transaction, ctx: JobContext) -> None:
    """Have the account looked at soon, unless it was within a day: each look costs money."""
    now, read_at = ctx.now(), posts_read_at(tx)
    soon = now + ctx.timings.first_account_day
    enqueue(tx, JobKind.ACCOUNT_DAY, at=soon if read_at is None else max(soon, read_at + _A_DAY))


def seed_watches(tx: Transaction, seeds: tuple[tuple[str, str], ...]) -> None:
    """Add the mentions watch, and on the first start those that the environment names."""
    if watches.watch(tx, MENTIONS_WATCH) is None:
        watches.add_watch(
            tx,
            Watch(id=MENTIONS_WATCH, kind=MentionKind.MENTION, label="Mentions", cap=_NO_CAP),
        )
    if key_values.value(tx, "watches_seeded") is None:
        for label, query in seeds:
            watches.add_watch(
                tx, Watch(id=new_id(), kind=MentionKind.KEYWORD, label=label, query=query)
            )
        key_values.set_value(tx, "watches_seeded", "yes")


def _look_unless_over(tx: Transaction, ctx: JobContext, reply: Reply) -> None:
    if reply.looks < len(ctx.timings.look_after):
        enqueue_reconcile(tx, reply, at=ctx.now())
