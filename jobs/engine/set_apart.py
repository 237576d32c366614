"""What becomes of a job that was begun three times while its process died each time.

It is kept and not run, so that the next start works, and the channel is told once. A mention is
never lost by it: its card comes without ideas. Nothing is sent: a person is asked. What recurs is
tried again alone, more and more seldom. What somebody asked for waits until it is asked for anew.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from domain import JobKind, MentionState, ReplyState
from jobs.engine.context import JobContext
from storage.db.database import Transaction
from storage.inbox import mentions, replies
from storage.posts import watches
from storage.queue.enqueue import enqueue, enqueue_card, enqueue_notice, enqueue_reconcile
from storage.queue.jobs import NEVER, Job
from storage.queue.suspects import TOO_OFTEN, keep_apart

log = logging.getLogger("greenroom.worker")

_M = MentionState
_WITHOUT_IDEAS = "{why} So it comes without ideas. Write your own; “Other ideas…” tries once more."
_NOT_SENT = "{why} So it does not try again by itself; “Try again” sends it if it still fits."
#: What a person asked for, and who would wonder at an answer hours later.
_ASKED_FOR = frozenset(
    {
        JobKind.THREAD,
        JobKind.QUESTION,
        JobKind.SHORTCUT,
        JobKind.WATCH_TRIAL,
        JobKind.EXPORT,
        JobKind.STATS,
        JobKind.TODAY,
    }
)
_DID: Mapping[str, str] = {
    JobKind.SUGGEST: "looked for replies to a post",
    JobKind.SEND: "was about to send a reply",
    JobKind.LOOK: "looked on X for a reply",
    JobKind.CARD: "drew a card",
    JobKind.LISTEN: "read what a watch found",
    JobKind.TIMELINE: "read the account's own posts",
    JobKind.DIGEST: "wrote a daily summary",
    JobKind.THREAD: "answered in a card's thread",
    JobKind.QUESTION: "answered a question",
    JobKind.SHORTCUT: "read a post that somebody brought",
    JobKind.EXPORT: "wrote an export",
    JobKind.STATS: "counted figures",
}


def set_apart(tx: Transaction, ctx: JobContext, job: Job, *, too_long: bool = False) -> None:
    """Keep the job without running it, bring what it was about to a safe end, and tell it once.

    Its process died of it three times, or it met a text that takes `too_long` to read as often.
    """
    now = ctx.now()
    end = _ENDS.get(job.kind)
    wait = min(
        ctx.timings.apart_least * 2.0 ** min(job.begun - TOO_OFTEN, 20), ctx.timings.apart_most
    )
    if end is not None:
        end(tx, ctx, job, now, _why(tx, job, too_long=too_long))
    for_good = end is not None or job.kind in _ASKED_FOR
    keep_apart(tx, job, NEVER if for_good else now + wait)
    log.error("job=%s begun %d times without an end: set apart", job.key, job.begun)
    if job.begun == TOO_OFTEN:
        enqueue_notice(
            tx,
            f"apart:{job.id}:{now.isoformat()}",
            sentence=f"{_why(tx, job, too_long=too_long)} Everything else goes on.",
            advice=" ".join(filter(None, (_advice(job, wait), _link(tx, job)))),
            at=now,
        )


def _why(tx: Transaction, job: Job, *, too_long: bool) -> str:
    if too_long:
        return f"Three times a text took too long to read while Greenroom {_did(tx, job)}."
    return f"Greenroom stopped three times while it {_did(tx, job)}."


def _did(tx: Transaction, job: Job) -> str:
    watch = watches.watch(tx, job.subject or "") if job.kind == JobKind.LISTEN else None
    if watch is not None:
        return f"read the watch “{watch.label}”"
    return _DID.get(job.kind, f"did work of its own ({job.kind})")


def _advice(job: Job, wait: timedelta) -> str:
    if job.kind in _ENDS:
        return "The card asks you what to do; nothing was sent."
    if job.kind in _ASKED_FOR:
        return "It is not tried again: ask once more if you still want it."
    minutes = max(1, round(wait.total_seconds() / 60))
    return f"It is tried again in {minutes} min, then ever more seldom; `bot.py doctor` lists it."


def _link(tx: Transaction, job: Job) -> str:
    """Return the post's address, which names nobody."""
    known = mentions.mention(tx, job.subject or "")
    return f"https://x.com/i/status/{known.id}" if known is not None else ""


def _without_ideas(tx: Transaction, ctx: JobContext, job: Job, now: datetime, why: str) -> None:
    """Have the mention's card shown as it is."""
    mention = mentions.mention(tx, job.subject or "")
    if mention is None:
        return
    if mention.state is _M.NEW:
        mentions.move(tx, mention.id, to=_M.DRAFTING, at=now, before={_M.NEW})
    if mention.state in {_M.NEW, _M.DRAFTING}:
        mentions.move(tx, mention.id, to=_M.WAITING, at=now, before={_M.DRAFTING})
        enqueue(tx, JobKind.TIMELINE, at=now + ctx.timings.timeline_quiet)
    mentions.set_note(tx, mention.id, _WITHOUT_IDEAS.format(why=why))
    enqueue_card(tx, mention.id, at=now)


def _not_sent(tx: Transaction, ctx: JobContext, job: Job, now: datetime, why: str) -> None:
    """Ask a person about a reply that did not begin to go; look for one that may be out."""
    del ctx
    reply = replies.reply(tx, str(job.payload["reply"]))
    if reply is None:
        return
    reason = _NOT_SENT.format(why=why)
    if replies.move_reply(
        tx, reply.id, before={ReplyState.APPROVED}, to=ReplyState.FAILED, reason=reason
    ):
        mentions.move(
            tx, reply.mention_id, to=_M.FAILED, at=now, before={_M.APPROVED}, reason=reason
        )
    elif replies.move_reply(
        tx, reply.id, before={ReplyState.SENDING, ReplyState.UNKNOWN}, to=ReplyState.UNKNOWN
    ):
        mentions.move(tx, reply.mention_id, to=_M.UNKNOWN, at=now, before={_M.SENDING})
        enqueue_reconcile(tx, reply, at=now)
    enqueue_card(tx, reply.mention_id, at=now)


def _not_found(tx: Transaction, ctx: JobContext, job: Job, now: datetime, why: str) -> None:
    """Have the card ask a person, as after the last look."""
    del why
    reply = replies.reply(tx, str(job.payload["reply"]))
    if reply is None or reply.state is not ReplyState.UNKNOWN:
        return
    while replies.count_look(tx, reply.id) < len(ctx.timings.look_after):
        pass
    enqueue_card(tx, reply.mention_id, at=now)


_ENDS: Mapping[str, Callable[[Transaction, JobContext, Job, datetime, str], None]] = {
    JobKind.SUGGEST: _without_ideas,
    JobKind.SEND: _not_sent,
    JobKind.LOOK: _not_found,
}
