"""Read the account's own timeline: replies that people posted by hand close their cards."""

import time
from datetime import datetime, timedelta

from clients.x.client import Page, whole_until
from clients.x.ids import id_at, time_of
from domain import BUSY_STATES, ENDED_STATES, Mention, MentionState, Post
from errors import XError
from jobs.engine.context import JobContext
from jobs.network.budget import bill_page, next_utc_day
from jobs.network.reserve import PagesRead, SpendKey, read_pages
from jobs.reports.learn import note_words_posted
from storage.db.database import Transaction
from storage.inbox import filtered, mentions
from storage.money import reservations
from storage.posts import posts
from storage.queue import jobs
from storage.queue.enqueue import enqueue_card, enqueue_filtered_list
from storage.reports.stats_record import posts_read_at, read_on

_MOST_PAGES = 8
#: The fewest posts of a timeline that X gives on a page.
LEAST = 5
PURSE = SpendKey("timeline", "timeline")
FIRST_LOOK = SpendKey("first_look", "timeline")
_LOOK_BACK_FOR_HAND = timedelta(days=2)
#: X may index a post so late. To read over it again costs requests, and mostly no money.
_INDEXED_LATE = timedelta(minutes=30)
#: No range between two stored posts is begun later than this; the rest is read as a whole.
_SECONDS = 20.0


def read_timeline(ctx: JobContext, *, since: datetime, purse: SpendKey = PURSE) -> PagesRead:
    """Read our own posts since a time, page by page while there is money; raises as a read does."""
    return read_between(ctx, purse, id_at(since), None)


def read_between(
    ctx: JobContext,
    purse: SpendKey,
    above: str,
    below: str | None,
    *,
    most_pages: int = _MOST_PAGES,
    before: int = 0,
) -> PagesRead:
    """Read our own posts between two ids, newest first while there is money; raises as a read does.

    `before` posts were read with the same purse already, and are not booked yet.
    """
    return read_pages(
        ctx,
        purse,
        lambda token, limit: ctx.x.timeline(
            ctx.account, since_id=above, until_id=below, page_token=token, limit=limit
        ),
        price=ctx.prices.owned_read,
        most_pages=most_pages,
        least=LEAST,
        before=before,
    )


def read_around_known(ctx: JobContext, *, since: datetime) -> PagesRead:
    """Read our own posts since a time but those that are stored already; raises as a read does.

    X bills what it gives: between two posts that Greenroom sent itself there is mostly nothing, and
    that is free. Where many are stored, or X is slow, one request for all of them is the better way.
    """
    most, first = ctx.timings.around, id_at(since)
    with ctx.db.read() as tx:
        stored = posts.not_paid_for(tx, ctx.account.id, since, ctx.now().date(), most + 1)
    if len(stored) > most:
        return read_timeline(ctx, since=since)
    # Their times are ours, and ids have X's: the two may differ where the reading begins.
    known = [each for each in stored if int(each) > int(first)]
    end = time.monotonic() + _SECONDS
    pages: list[Page] = []
    for above, below in zip([first, *known], [*known, None], strict=True):
        rest = below is None or time.monotonic() > end
        read = sum(len(page.posts) for page in pages)
        reading = read_between(ctx, PURSE, above, None if rest else below, before=read)
        pages += reading.pages
        if rest or not reading.whole:
            break
    return PagesRead(tuple(pages), whole=reading.whole, stopped=reading.stopped)


def read_timeline_whatever_it_costs(ctx: JobContext, *, since: datetime) -> tuple[Page, ...]:
    """Read our own posts since a time, all pages of them; raises as a read does.

    Only for a reply of which nobody knows: money was set aside for that with the reply.
    """
    pages: list[Page] = []
    token: str | None = None
    while len(pages) < _MOST_PAGES:
        page = ctx.x.timeline(ctx.account, since_id=id_at(since), page_token=token)
        pages.append(page)
        token = page.next_token
        if token is None:
            break
    return tuple(pages)


def store_timeline(
    tx: Transaction,
    ctx: JobContext,
    pages: tuple[Page, ...],
    *,
    now: datetime,
    purse: SpendKey = PURSE,
) -> list[str]:
    """Store our own posts, close the mentions that they answer, and return those."""
    closed = []
    for page in pages:
        bill_page(tx, ctx, page, purpose=purse.purpose, owned=True, now=now)
        for post in page.posts:
            # What was read before is no news: its card need not be drawn again with each reading.
            new = posts.post(tx, post.id) is None
            posts.save_post(tx, post)
            if post.in_reply_to_id and close_answered(tx, post, now=now, new=new):
                closed.append(post.in_reply_to_id)
    reservations.release(tx, purse.key)
    return closed


def close_answered(tx: Transaction, own: Post, *, now: datetime, new: bool = True) -> bool:
    """Close the open mention that one of our own posts answers; tell whether there was one.

    `new` says that the post is seen for the first time: then a card that ended can show it.

    Mentions whose reply is on its way through Greenroom are left to the sending side.
    """
    mention = mentions.mention(tx, own.in_reply_to_id or "")
    if mention is None or mention.state in BUSY_STATES:
        return False
    if mention.state in ENDED_STATES:
        # Somebody said that they posted it: now the card can show where it stands.
        if new and mention.state is MentionState.ANSWERED:
            note_words_posted(tx, mention, own)
            if not mention.folded:
                enqueue_card(tx, mention.id, at=now)
        return False
    moved = mentions.move(
        tx,
        mention.id,
        to=MentionState.ANSWERED,
        at=now,
        before={mention.state},
        reason="Posted by hand on X.",
    )
    if moved:
        note_words_posted(tx, mention, own)
        _show_answered(tx, mention, now)
    return moved


def _show_answered(tx: Transaction, mention: Mention, now: datetime) -> None:
    """Have the card tell it; what was set aside or folded has none, but may be in a list."""
    if mention.state is not MentionState.SET_ASIDE and not mention.folded:
        enqueue_card(tx, mention.id, at=now)
    elif day_hour := filtered.hour_naming(tx, mention.id):
        enqueue_filtered_list(tx, day_hour, at=now)


def watch_timeline(job: jobs.Job, ctx: JobContext) -> None:
    """Read what is new on the timeline; close what was answered by hand."""
    now = ctx.now()
    if ctx.paused:
        with ctx.repeating(job, now + ctx.timings.rest):
            return
    with ctx.db.read() as tx:
        by_hand = mentions.by_hand_open(tx)
        read_until = posts_read_at(tx)
        newest = posts.newest_by(tx, ctx.account.id)
    if read_until is not None:
        # Everything of ours until then is stored: none of it is paid for on another day again.
        begin = max(read_until - _INDEXED_LATE, now - _LOOK_BACK_FOR_HAND)
    else:
        begin = now - _LOOK_BACK_FOR_HAND if newest is None else time_of(newest.id)
        begin = min(begin, *(m.changed_at for m in by_hand)) if by_hand else begin
        begin = max(begin, now - _LOOK_BACK_FOR_HAND) - ctx.timings.overlap
    try:
        reading = read_around_known(ctx, since=begin)
    except XError as error:
        with ctx.db.write() as tx:
            wait = ctx.poll_every + ctx.backoff(job.attempts)
            jobs.put_back(tx, job, due_at=now + wait, error=type(error).__name__)
        return
    wait = ctx.timings.timeline_fresh if by_hand else ctx.timings.timeline_quiet
    day_over = reading.stopped is not None and reading.stopped.day_over
    with ctx.repeating(job, next_utc_day(now) if day_over else now + wait) as tx:
        store_timeline(tx, ctx, reading.pages, now=now)
        for waits in mentions.by_hand_open(tx):
            since = waits.changed_at - ctx.timings.overlap
            if own := posts.reply_since(tx, ctx.account.id, waits.id, since):
                close_answered(tx, own, now=now)
        until = whole_until(reading.pages) if reading.whole else None
        if read_until is not None and begin <= read_until and until is not None:
            read_on(tx, until=until)
