"""Once a day: our own posts read without a gap; once a week, how many follow the account.

The first readings go back as far as connections are counted: so many pages a day as half of what
is left of the budget pays, until all is read. What is not read yet is not made up: the record begins
later, and the figures say so.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from clients.x.client import Page
from clients.x.ids import id_at
from domain import CONNECTION_DAYS, ENDED_STATES, Prices
from errors import XError
from insights.daily import next_turn
from jobs.engine.context import JobContext
from jobs.network.budget import Use, bill_page, next_utc_day, x_budget_left
from jobs.network.reserve import PagesRead, SpendKey, released_if_free, reserve_x
from jobs.upkeep.answered_posts import read_answered, store_answered
from jobs.upkeep.timeline import close_answered, read_between
from storage.db.database import Transaction
from storage.inbox import mentions
from storage.money import ledger, reservations
from storage.posts import posts
from storage.queue import jobs
from storage.reports.stats_record import (
    followers_counted_at,
    keep_followers,
    posts_read_at,
    posts_since,
    posts_whole,
    set_posts_read,
)

log = logging.getLogger("greenroom.account_day")

#: When nobody waits: a quiet hour of the business's own clock.
_AT = time(4, 10)
#: The dearest page: so many posts of ours.
_ON_A_PAGE = 100
_PURPOSE = "account"
_OURS, _OLDER, _SELF, _ANSWERED = (
    SpendKey(f"account_day:{what}", _PURPOSE, Use.LOOKS)
    for what in ("ours", "older", "self", "answered")
)
#: However much the budget allows: X gives 3,200 posts at most.
_MOST_PAGES = 32
#: Followers are told last and small; a week less the hours by which a day's turn may move.
_COUNTED_FOR = timedelta(days=6, hours=12)


@dataclass(frozen=True, slots=True)
class _Record:
    """Our own posts are stored without a gap from `since` to `until`; `whole`: none are older."""

    since: datetime
    until: datetime
    whole: bool


def account_day(job: jobs.Job, ctx: JobContext) -> None:
    """Read our own posts and, when it is time, followers; come back tomorrow."""
    now = ctx.now()
    if ctx.paused:
        with ctx.repeating(job, now + ctx.timings.rest):
            return
    with ctx.db.read() as tx:
        left = x_budget_left(tx, ctx, Use.LOOKS, now)
        affordable = left // 2 - ctx.prices.user_read
        known = _known(tx)
        counted = followers_counted_at(tx)
    # The other half is for what our replies answer.
    most = affordable // 2 // max(1, _ON_A_PAGE * ctx.prices.owned_read)
    if most < 1:
        with ctx.repeating(job, next_utc_day(now)):
            return
    try:
        # A clock that was ahead once must not keep them from being counted.
        to_count = counted is None or not timedelta() <= now - counted < _COUNTED_FOR
        followers = _followers(ctx) if to_count else None
        pages, record = _read(ctx, known, now, min(_MOST_PAGES, most))
    except XError as error:
        with ctx.db.write() as tx:
            wait = ctx.poll_every + ctx.backoff(job.attempts)
            jobs.put_back(tx, job, due_at=now + wait, error=type(error).__name__)
        return
    if (to_count and followers is None) or not pages:
        # Others are using what was left a moment ago.
        with ctx.repeating(job, now + ctx.timings.money_under_way):
            return
    with ctx.db.write() as tx:
        _store(tx, ctx, pages, now)
        if followers is not None:
            _store_followers(tx, ctx, followers, now)
        set_posts_read(tx, since=record.since, until=record.until, whole=record.whole)
    since = now - timedelta(days=CONNECTION_DAYS)
    answered = read_answered(ctx, _ANSWERED, since=since, afford_micro=affordable // 2)
    with ctx.repeating(job, next_turn(now, _AT, ctx.timezone).at) as tx:
        if answered is not None:
            store_answered(tx, ctx, answered, _ANSWERED, at=now)


def _followers(ctx: JobContext) -> int | None:
    """Read how many follow the account; None where there is no money for it just now."""
    with ctx.db.write() as tx:
        grant = reserve_x(tx, ctx, _SELF, ctx.prices.user_read, now=ctx.now())
    if not grant.given:
        return None
    with released_if_free(ctx, _SELF):
        return ctx.x.me().followers or 0


def _known(tx: Transaction) -> _Record | None:
    since, until = posts_since(tx), posts_read_at(tx)
    return _Record(since, until, posts_whole(tx)) if since and until else None


def _read(
    ctx: JobContext, known: _Record | None, now: datetime, most: int
) -> tuple[list[Page], _Record]:
    """Read what is new, then what is older than the record; return it with the record it makes."""
    wanted = now - timedelta(days=CONNECTION_DAYS)
    begin = wanted if known is None else known.until - ctx.timings.overlap
    new = _read_between(ctx, _OURS, begin, None, most)
    pages, reached = list(new.pages), new.whole
    until = (pages[0].answered_at if pages else None) or now
    if known is None or not reached:
        # A gap was left: the record begins anew behind it.
        since = wanted if reached else _oldest(pages, now)
        return pages, _Record(since, until, reached)
    if known.whole or known.since <= wanted or len(pages) >= most:
        return pages, _Record(known.since, until, known.whole)
    older = _read_between(ctx, _OLDER, wanted, known.since, most - len(pages))
    since = wanted if older.whole else _oldest(list(older.pages), known.since)
    return [*pages, *older.pages], _Record(since, until, older.whole)


def _read_between(
    ctx: JobContext, purse: SpendKey, begin: datetime, end: datetime | None, most: int
) -> PagesRead:
    """Read our own posts from the newest back to a time; `whole` tells whether it was reached."""
    until_id = id_at(end) if end else None
    reading = read_between(ctx, purse, id_at(begin), until_id, most_pages=most)
    if not reading.whole:
        log.info("our own posts go back further than %d pages", len(reading.pages))
    return reading


def _oldest(pages: list[Page], otherwise: datetime) -> datetime:
    return min((post.created_at for page in pages for post in page.posts), default=otherwise)


def _store(tx: Transaction, ctx: JobContext, pages: list[Page], now: datetime) -> None:
    """Store our posts; what they answer is closed if it is still open.

    Cards of mentions that ended are left alone: reading far back is no news.
    """
    for page in pages:
        bill_page(tx, ctx, page, purpose=_PURPOSE, owned=True, now=now)
        for post in page.posts:
            posts.save_post(tx, post)
        for post in page.posts:
            mention = mentions.mention(tx, post.in_reply_to_id or "")
            if mention is not None and mention.state not in ENDED_STATES:
                close_answered(tx, post, now=now)
    for purse in (_OURS, _OLDER):
        reservations.release(tx, purse.key)


def _store_followers(tx: Transaction, ctx: JobContext, followers: int, now: datetime) -> None:
    keep_followers(tx, now.astimezone(ctx.timezone).date(), followers, at=now)
    book_own_profile(tx, ctx.account.id, ctx.prices, now)
    reservations.release(tx, _SELF.key)


def book_own_profile(tx: Transaction, account_id: str, prices: Prices, now: datetime) -> None:
    """Write what reading the account's own profile cost."""
    # Whether one's own profile is an owned read is not documented: the dearer price is counted.
    ledger.bill_reads(
        tx, kind="person", ids=[account_id], price_micro=prices.user_read, purpose=_PURPOSE, at=now
    )
