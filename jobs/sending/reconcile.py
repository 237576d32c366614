"""Look on X for a reply of which nobody knows whether it went out. Never sends.

Three looks, then a person decides with *Check again* or *Send anyway*. After a duplicate
refusal that the timeline does not explain, nothing is out and an edit is asked for.
"""

import logging
from datetime import datetime, timedelta

from clients.x.client import Page
from domain import MentionState, Post, Reply, ReplyState
from errors import XError, XUnavailable
from jobs.engine.context import JobContext
from jobs.network.budget import bill_page
from jobs.sending.store_sent import purse_of, store_sent
from jobs.upkeep.timeline import read_timeline_whatever_it_costs
from storage.db.database import Transaction
from storage.inbox import mentions, replies
from storage.money import reservations
from storage.queue import jobs
from storage.queue.enqueue import enqueue_card

log = logging.getLogger("greenroom.look")

#: X's clock and ours may differ a little.
_CLOCK_SLACK = timedelta(minutes=2)


def reconcile(job: jobs.Job, ctx: JobContext) -> None:
    """Search our own posts since the attempt for one that replies to the mention."""
    with ctx.db.read() as tx:
        reply = replies.reply(tx, str(job.payload["reply"]))
    if reply is None or reply.state is not ReplyState.UNKNOWN:
        with ctx.finishing(job):
            return
    attempted = ctx.looked_for_since(reply.attempted_at or reply.due_at)
    try:
        pages = read_timeline_whatever_it_costs(ctx, since=attempted - _CLOCK_SLACK)
        if answer_among(pages, reply.mention_id) is None and any(page.torn for page in pages):
            # What cannot be read may be the reply itself.
            raise XUnavailable("X's answer about our own posts cannot be read.")
    except XError as error:
        log.warning("reply=%s could not be looked for: %s", reply.id, error.for_person())
        with ctx.db.write() as tx:
            wait = ctx.backoff(job.attempts)
            jobs.put_back(tx, job, due_at=ctx.now() + wait, error=type(error).__name__)
        return
    found = answer_among(pages, reply.mention_id)
    now = ctx.now()
    with ctx.db.write() as tx:
        for page in pages:
            bill_page(tx, ctx, page, purpose="look", owned=True, now=now)
        if found is not None:
            log.info("reply=%s found on X as post=%s", reply.id, found.id)
            store_sent(tx, ctx, reply, found.id, at=now)
            jobs.finish(tx, job)
        else:
            _not_found(tx, job, ctx, reply, now)
    ctx.nudge()


def answer_among(pages: tuple[Page, ...], mention_id: str) -> Post | None:
    """Return our own post that replies to the mention, if there is one."""
    for page in pages:
        for post in page.posts:
            if post.in_reply_to_id == mention_id:
                return post
    return None


def _not_found(
    tx: Transaction, job: jobs.Job, ctx: JobContext, reply: Reply, now: datetime
) -> None:
    looks = replies.count_look(tx, reply.id)
    if looks < len(ctx.timings.look_after):
        attempted = min(reply.attempted_at or now, now)
        jobs.repeat(tx, job, due_at=max(now, attempted + ctx.timings.look_after[looks]))
    else:
        if reply.duplicate:
            _ask_for_edit(tx, reply, now)
        jobs.finish(tx, job)
    enqueue_card(tx, reply.mention_id, at=now)


def _ask_for_edit(tx: Transaction, reply: Reply, now: datetime) -> None:
    reservations.release(tx, purse_of(reply).key)
    reason = "X refused the text as a duplicate, but no such reply stands on the timeline."
    replies.move_reply(
        tx, reply.id, before={ReplyState.UNKNOWN}, to=ReplyState.FAILED, reason=reason
    )
    mentions.move(
        tx,
        reply.mention_id,
        to=MentionState.FAILED,
        at=now,
        before={MentionState.UNKNOWN},
        reason=f"{reason} Change a word or two and approve it again.",
    )
