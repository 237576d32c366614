"""From what arrives on X's stream to stored mentions: the same way as what a poll brings."""

import logging

from clients.x.client import Page
from domain import JobKind, MentionKind
from jobs.engine.context import JobContext
from jobs.listening.ingest import ingest_posts
from jobs.listening.unreadable import note_health
from jobs.network.budget import Use, bill_page, x_left
from jobs.network.budget_end_notices import tell_budget_end, tell_cap_end
from jobs.network.budget_near_notices import warn_near_end
from jobs.upkeep.profiles import keep_people
from storage.posts import watches
from storage.queue.enqueue import enqueue

log = logging.getLogger("greenroom.stream")


def store_arrival(ctx: JobContext, watch_id: str | None, page: Page) -> bool:
    """Bill and catch what arrived, in one commit; tell whether the stream may bring more for it.

    How far the watch has read is left to searching: what the stream missed is then found.

    Args:
        ctx: the parts.
        watch_id: the watch whose rule it matches; None for a rule of somebody else's, which is
            billed all the same.
        page: one post; of its author the id only.
    """
    now = ctx.now()
    with ctx.db.write() as tx:
        purpose = "stream" if watch_id is None else f"watch:{watch_id}"
        billed = bill_page(tx, ctx, page, purpose=purpose, owned=False, now=now)
        keep_people(tx, page, at=now)
        warn_near_end(tx, ctx, "x", now)
        note_health(tx, now)
        goes_on = x_left(tx, ctx, Use.KEYWORDS, now).later > 0
        if not goes_on:
            tell_budget_end(tx, MentionKind.KEYWORD, now)
        watch = None if watch_id is None else watches.watch(tx, watch_id)
        if watch is None or watch.paused or ctx.paused:
            return goes_on
        if page.torn:
            # A search gives it once more, and holds what cannot be read.
            enqueue(tx, JobKind.LISTEN, watch.id, at=now)
        new = ingest_posts(tx, ctx, watch, page.posts, folded=False, at=now)
        watches.count_reads(tx, watch.id, now.date(), billed)
        if watches.reads_on(tx, watch.id, now.date()) >= watch.cap:
            tell_cap_end(tx, watch, now)
            goes_on = False
    ctx.nudge()
    if new:
        log.info("watch=%s caught=%d billed=%d over the stream", watch.id, new, billed)
    return goes_on
