"""Once a day: how many follow the account, and our own posts read without a gap.

The first readings go back as far as connections are counted: so many pages a day as half of what
is left of the budget pays, until all is read. What is not read yet is not made up: the record begins
later, and the figures say so.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from clients.x import Page
from domain import CONNECTION_DAYS, ENDED_STATES, MentionKind
from errors import XError
from insights.daily import next_turn
from storage import jobs, ledger, mentions, posts
from storage.database import Transaction
from storage.stats_record import (
    keep_followers,
    posts_read_at,
    posts_since,
    posts_whole,
    set_posts_read,
)
from work.answered_posts import read_answered, store_answered
from work.money import bill_page, next_utc_day, x_budget_left
from work.prices import OWNED_READ, PERSON_READ
from work.room import Room
from work.timeline import close_answered
from work.waits import fill_in_waits
from work.x_ids import id_at

log = logging.getLogger("greenroom.account_day")

#: When nobody waits: a quiet hour of the business's own clock.
_AT = time(4, 10)
#: The dearest page: a hundred posts of ours.
_PAGE_MICRO = 100 * OWNED_READ
#: However much the budget allows: X gives 3,200 posts at most.
_MOST_PAGES = 32


@dataclass(frozen=True, slots=True)
class _Record:
    """Our own posts are stored without a gap from `since` to `until`; `whole`: none are older."""

    since: datetime
    until: datetime
    whole: bool


def account_day(job: jobs.Job, room: Room) -> None:
    """Read our own posts and followers, fill in the waits, and come back tomorrow."""
    now = room.now()
    if room.at_rest:
        with room.repeating(job, now + room.timings.rest):
            return
    with room.db.read() as tx:
        affordable = x_budget_left(tx, room, MentionKind.MENTION, now) // 2 - PERSON_READ
        known = _known(tx)
    # The other half is for what our replies answer.
    most = affordable // 2 // _PAGE_MICRO
    if most < 1:
        with room.repeating(job, next_utc_day(now)):
            return
    try:
        followers = room.x.me().followers
        pages, record = _read(room, known, now, min(_MOST_PAGES, most))
    except XError as error:
        with room.db.write() as tx:
            wait = room.poll_every + room.backoff(job.attempts)
            jobs.put_back(tx, job, due_at=now + wait, error=type(error).__name__)
        return
    with room.db.write() as tx:
        _store(tx, pages, now)
        set_posts_read(tx, since=record.since, until=record.until, whole=record.whole)
    since = now - timedelta(days=CONNECTION_DAYS)
    answered = read_answered(room, since=since, afford_micro=affordable // 2)
    fill_in_waits(room.db, room.team.settings.business, room.timezone)
    with room.repeating(job, next_turn(now, _AT, room.timezone).at) as tx:
        if answered is not None:
            store_answered(tx, answered, purpose="account", at=now)
        _store_followers(tx, room, followers, now)


def _known(tx: Transaction) -> _Record | None:
    since, until = posts_since(tx), posts_read_at(tx)
    return _Record(since, until, posts_whole(tx)) if since and until else None


def _read(
    room: Room, known: _Record | None, now: datetime, most: int
) -> tuple[list[Page], _Record]:
    """Read what is new, then what is older than the record; return it with the record it makes."""
    wanted = now - timedelta(days=CONNECTION_DAYS)
    begin = wanted if known is None else known.until - room.timings.overlap
    pages, reached = _read_between(room, begin, None, most)
    until = pages[0].answered_at or now
    if known is None or not reached:
        # A gap was left: the record begins anew behind it.
        since = wanted if reached else _oldest(pages, now)
        return pages, _Record(since, until, reached)
    if known.whole or known.since <= wanted or len(pages) >= most:
        return pages, _Record(known.since, until, known.whole)
    older, reached = _read_between(room, wanted, known.since, most - len(pages))
    since = wanted if reached else _oldest(older, known.since)
    return [*pages, *older], _Record(since, until, reached)


def _read_between(
    room: Room, begin: datetime, end: datetime | None, most: int
) -> tuple[list[Page], bool]:
    """Read our own posts from the newest back to a time; tell whether it was reached."""
    until_id = id_at(end) if end else None
    pages: list[Page] = []
    token: str | None = None
    while len(pages) < most:
        page = room.x.timeline(
            room.account, since_id=id_at(begin), until_id=until_id, page_token=token
        )
        pages.append(page)
        token = page.next_token
        if token is None:
            return pages, True
    log.info("our own posts go back further than %d pages", most)
    return pages, False


def _oldest(pages: list[Page], otherwise: datetime) -> datetime:
    return min((post.created_at for page in pages for post in page.posts), default=otherwise)


def _store(tx: Transaction, pages: list[Page], now: datetime) -> None:
    """Store our posts; what they answer is closed if it is still open.

    Cards of mentions that ended are left alone: reading far back is no news.
    """
    for page in pages:
        bill_page(tx, page, purpose="account", owned=True, now=now)
        for post in page.posts:
            posts.save_post(tx, post)
        for post in page.posts:
            mention = mentions.mention(tx, post.in_reply_to_id or "")
            if mention is not None and mention.state not in ENDED_STATES:
                close_answered(tx, post, now=now)


def _store_followers(tx: Transaction, room: Room, followers: int | None, now: datetime) -> None:
    if followers is not None:
        keep_followers(tx, now.astimezone(room.timezone).date(), followers, at=now)
    # Whether one's own profile is an owned read is not documented: the dearer price is counted.
    ledger.bill_reads(
        tx, kind="person", ids=[room.account.id], price_micro=PERSON_READ, purpose="account", at=now
    )
