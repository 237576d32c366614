"""Poll one watch: mentions or a keyword search, since the last seen with an overlap.

The end of a poll, its posts, their jobs and the time of the next poll are one commit.
"""

import logging
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from clients.x.client import Page, Torn, whole_until
from clients.x.ids import id_at, time_of
from domain import JobKind, MentionKind, Post, Watch
from errors import XError, XPaused, XQueryRefused, XRateLimited, XRefused, XWayBlocked, XWrongKeys
from jobs.engine.context import JobContext
from jobs.listening.gaps import Gap, gap_of, keep_gap
from jobs.listening.held_up import pause_for_its_query, tell_held_up, tell_listening_again
from jobs.listening.ingest import ingest_posts
from jobs.listening.pace import next_wait
from jobs.listening.read_over import A_LOT, begin_reading_over
from jobs.listening.unreadable import hold_unreadable, note_health
from jobs.listening.watch_page import read_page_between
from jobs.network.budget import bill_page, next_utc_day, use_of, x_budget_left
from jobs.network.budget_end_notices import forget_ends, tell_budget_end, tell_cap_end
from jobs.network.budget_near_notices import warn_near_end
from jobs.network.reserve import PagesRead, SpendKey, read_pages
from jobs.upkeep.profiles import keep_people
from storage.db.database import Transaction
from storage.money import reservations
from storage.posts import stream_hold, watches
from storage.queue import jobs
from storage.queue.enqueue import enqueue
from storage.team import health

#: After so many failed polls in a row a person is told that X does not answer.
_QUIET_FAILURES = 6

log = logging.getLogger("greenroom.listen")

#: Recent search refuses ids and times older than seven days (X's search documentation).
_SEARCH_REACH = timedelta(days=6, hours=23)
#: Mentions reach back 800 posts (X's limits): eight pages of a hundred.
_MOST_PAGES = 8
#: X may index a post so late; to read over it again costs nothing on the same UTC day.
_INDEXED_LATE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class PollResult:
    """What one poll brought.

    Args:
        reading: what is new.
        first: whether it was this watch's first.
        begin: the id behind which the reading began.
        gap: what earlier polls had no money for, before this one.
        older: what was read of that.
    """

    reading: PagesRead
    first: bool
    begin: str
    gap: Gap | None = None
    older: PagesRead | None = None

    @property
    def pages(self) -> tuple[Page, ...]:
        """Every page, each reading's in X's order."""
        return self.reading.pages + (self.older.pages if self.older else ())

    @property
    def gap_left(self) -> Gap | None:
        """What is still to be read once money is there: nothing older than a first poll wants."""
        if self.reading.stopped is not None and not self.first:
            below = self.gap.since_id if self.gap else self.begin
            ids = [post.id for page in self.reading.pages for post in page.posts]
            return Gap(below, min(ids, key=int)) if ids else self.gap
        if self.gap is None or self.first or (self.older and self.older.whole):
            return None
        return self.gap.below(self.older.pages if self.older else ())

    def gap_holding(self, waited: Collection[Torn]) -> Gap | None:
        """Return the gap that is left, all of it where something in it is to be read again."""
        left = self.gap_left
        keys = {each.key for each in waited}
        older = self.older.pages if self.older else ()
        if self.gap is None or not any(each.key in keys for page in older for each in page.torn):
            return left
        return Gap(left.since_id if left else self.gap.since_id, self.gap.until_id)

    @property
    def posts(self) -> list[Post]:
        """The posts of all pages, newest first as X gives them."""
        return [post for page in self.pages for post in page.posts]


def listen(job: jobs.Job, ctx: JobContext) -> None:
    """Poll the watch that the job names and set the time of the next poll."""
    now = ctx.now()
    if ctx.paused:
        with ctx.repeating(job, now + ctx.timings.rest):
            return
    with ctx.db.read() as tx:
        watch = watches.watch(tx, job.subject or "")
        read_today = watches.reads_on(tx, watch.id, now.date()) if watch else 0
    if watch is None or watch.paused:
        with ctx.finishing(job):
            return
    if read_today >= watch.cap:
        with ctx.repeating(job, next_utc_day(now)) as tx:
            tell_cap_end(tx, watch, now)
        return
    try:
        caught = _poll(ctx, watch, most=watch.cap - read_today)
    except XError as error:
        _wait_after(job, ctx, watch, error)
        return
    if caught.pages:
        _store(job, ctx, watch, caught, now)
    elif caught.reading.stopped is not None:
        _wait_for_money(job, ctx, watch, now, day_over=caught.reading.stopped.day_over)


def _wait_for_money(
    job: jobs.Job, ctx: JobContext, watch: Watch, now: datetime, *, day_over: bool
) -> None:
    """Come back when the day begins anew, or in a moment where other calls use what is left."""
    due_at = next_utc_day(now) if day_over else now + ctx.timings.money_under_way
    with ctx.repeating(job, due_at) as tx:
        if day_over:
            tell_budget_end(tx, watch.kind, now)


def _poll(ctx: JobContext, watch: Watch, *, most: int) -> PollResult:
    begin = _since(ctx, watch)
    with ctx.db.read() as tx:
        gap = gap_of(tx, watch, not_before=ctx.x.now() - _SEARCH_REACH)
    reading = _read(ctx, watch, most, since_id=begin)
    caught = PollResult(reading, watch.seen_id is None, begin, gap)
    left = most - len(caught.posts)
    if gap is None or caught.first or not reading.whole or left <= 0:
        return caught
    older = _read(
        ctx,
        watch,
        left,
        since_id=gap.since_id,
        until_id=gap.until_id,
        before=len(caught.posts),
    )
    return replace(caught, older=older)


def _read(
    ctx: JobContext,
    watch: Watch,
    most: int,
    *,
    since_id: str,
    until_id: str | None = None,
    before: int = 0,
) -> PagesRead:
    """Read what a watch listens to, newest first, between two ids."""
    mentions_us = watch.kind is MentionKind.MENTION
    return read_pages(
        ctx,
        _purse(watch),
        lambda token, limit: read_page_between(ctx, watch, since_id, until_id, limit, token),
        # Its author is not read before a card needs it.
        price=ctx.prices.owned_read if mentions_us else ctx.prices.post_read,
        most_pages=_MOST_PAGES,
        most_posts=most,
        before=before,
    )


def _purse(watch: Watch) -> SpendKey:
    return SpendKey(f"listen:{watch.id}", f"watch:{watch.id}", use_of(watch.kind))


def _since(ctx: JobContext, watch: Watch) -> str:
    """Return the id behind which this poll begins; ids hold X's time, so X's clock counts."""
    now = ctx.x.now()
    if watch.seen_id is None:
        begin = now - ctx.look_back
    else:
        begin = time_of(watch.seen_id) - ctx.timings.overlap
    if watch.kind is MentionKind.KEYWORD:
        begin = max(begin, now - _SEARCH_REACH)
    return id_at(begin)


def _store(job: jobs.Job, ctx: JobContext, watch: Watch, caught: PollResult, now: datetime) -> None:
    waited: tuple[Torn, ...] = ()
    with ctx.repeating(job, lambda tx: _next_poll(tx, ctx, watch, now, waited)) as tx:
        billed = 0
        for page in caught.pages:
            owned = watch.kind is MentionKind.MENTION
            purpose = f"watch:{watch.id}"
            billed += bill_page(tx, ctx, page, purpose=purpose, owned=owned, now=now)
            keep_people(tx, page, at=now)
        reservations.release(tx, _purse(watch).key)
        waited = hold_unreadable(tx, watch, caught.pages, now=now)
        keep_gap(tx, watch, caught.gap_holding(waited))
        new = ingest_posts(tx, ctx, watch, caught.posts, folded=caught.first, at=now)
        if caught.posts or not (caught.first and waited):
            # Else the first look is still to come.
            watches.saw(tx, watch.id, seen_id=_seen_until(watch, caught, waited), at=now)
        if new:
            watches.caught(tx, watch.id, at=now)
        _ask_to_read_over(tx, ctx, watch, caught, billed, now)
        if caught.first:
            enqueue(tx, JobKind.FIRST_LOOK, at=now)
            enqueue(tx, JobKind.FOLD_LINE, at=now)
        tell_listening_again(tx, watch, now)
        note_health(tx, now)
        warn_near_end(tx, ctx, "x", now)
        if x_budget_left(tx, ctx, use_of(watch.kind), now) > 0:
            # Else the money ended with this poll, and whoever told so need not tell it again.
            forget_ends(tx, watch, now)
    if new:
        log.info("watch=%s caught=%d billed=%d", watch.id, new, billed)


def _ask_to_read_over(
    tx: Transaction, ctx: JobContext, watch: Watch, caught: PollResult, billed: int, now: datetime
) -> None:
    """Count what was read; have the day read over, at once where X soon gives no more of it."""
    before = watches.reads_on(tx, watch.id, now.date())
    watches.count_reads(tx, watch.id, now.date(), billed)
    if caught.first:
        begin_reading_over(tx, ctx, watch, caught.begin)
    if watch.kind is MentionKind.MENTION and before // A_LOT < (before + billed) // A_LOT:
        enqueue(tx, JobKind.READ_OVER, watch.id, at=now)


def _seen_until(watch: Watch, caught: PollResult, waited: Collection[Torn]) -> str:
    """Return the id up to which everything is seen; the next overlap begins there.

    Read to its end, that is a while before X answered, so that what is there is not read anew each
    day, and what X indexes late is not passed over. What the money did not reach is a gap.
    """
    ids = [post.id for post in caught.posts] + [watch.seen_id or caught.begin]
    until = whole_until(caught.reading.pages)
    seen = max([*ids, *([id_at(until - _INDEXED_LATE)] if until else [])], key=int)
    if not waited:
        return seen
    # What cannot be read yet is still ahead; without an id it may be anywhere.
    before = [int(each.id) - 1 if each.id else 0 for each in waited]
    return str(max(min(int(seen), *before), int(watch.seen_id or caught.begin)))


def _next_poll(
    tx: Transaction, ctx: JobContext, watch: Watch, now: datetime, waited: Collection[Torn]
) -> datetime:
    """Return when to ask again: seldom while the stream brings the watch's posts.

    What could not be read the stream brings no second time.
    """
    fresh = watches.watch(tx, watch.id) or watch
    wait = next_wait(tx, ctx, fresh, now)
    if watch.id in stream_hold.covered(tx, now) and not waited:
        wait = max(wait, ctx.timings.stream.safety)
    return now + wait * ctx.rng.uniform(0.95, 1.05)


def _wait_after(job: jobs.Job, ctx: JobContext, watch: Watch, error: XError) -> None:
    """Set the next poll after X said no, and tell the channel once where a person must act."""
    now = ctx.now()
    log.warning("watch=%s %s", watch.id, error.for_person())
    with ctx.db.write() as tx:
        health.failed(tx, health.X, error.sentence, now)
        if isinstance(error, XRateLimited):
            due_at = max(error.until, now + ctx.timings.rate_limit_floor)
        elif isinstance(error, XPaused | XWrongKeys):
            due_at = now + ctx.timings.paused_probe
            tell_held_up(tx, watch, error, now)
        elif isinstance(error, XQueryRefused) and watch.kind is MentionKind.KEYWORD:
            due_at = now + ctx.timings.paused_probe
            pause_for_its_query(tx, watch, error, now)
        else:
            due_at = now + ctx.poll_every + ctx.backoff(job.attempts)
            if isinstance(error, XRefused | XWayBlocked) or job.attempts >= _QUIET_FAILURES:
                tell_held_up(tx, watch, error, now)
        jobs.put_back(tx, job, due_at=due_at, error=type(error).__name__)
