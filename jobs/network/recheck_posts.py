"""Look on X once more at posts that were caught before, the cheap way first.

A mention of ours is an owned read in our mentions' timeline, at a fifth of what it costs by its id
(docs.x.com, "Pricing"), and costs nothing when it is not there any more. Not to be there proves
nothing (it reaches back 800 posts, and an edited post has another id): what is missing is asked
for by its id, and only X's word on that counts.
"""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from clients.x.client import Page
from domain import MentionKind, Post, Prices
from errors import XAccountRefused, XError, XPaused, XWayBlocked, XWrongKeys
from jobs.engine.context import JobContext
from jobs.network.budget import bill_page
from jobs.network.reserve import SpendKey, may_be_billed, reserve_x
from storage.db.database import Transaction
from storage.db.key_values import set_value, value
from storage.money import reservations

log = logging.getLogger("greenroom.second_look")

#: The fewest posts that X takes as a page's limit.
_LEAST = 5
#: No single mention is asked for later than this after the first: two slow answers more must fit
#: into a job's lease.
_SECONDS = 20.0
#: X allows 300 requests to our mentions in 15 minutes, and polls need them: so many for looking,
#: in each quarter of an hour by our clock. What is beyond goes by id.
_MOST_REQUESTS = 100
_QUARTER = 900  # seconds
#: What X, or the way to it, would say to the dear way too.
_FOR_ALL = (XPaused, XWrongKeys, XAccountRefused, XWayBlocked)
#: The mark that holds the quarter and how many requests it has had.
_REQUESTS = "looks_among_mentions"


@dataclass(frozen=True, slots=True)
class KnownPost:
    """A post that was caught, by its id, and how."""

    id: str
    kind: MentionKind

    def dearest(self, prices: Prices) -> int:
        """Return the most micro-dollars that looking at it may cost."""
        by_id = prices.post_read
        return prices.owned_read + by_id if self.kind is MentionKind.MENTION else by_id


@dataclass(frozen=True, slots=True)
class SeenAgain:
    """What X shows: pages of owned reads, and what was asked for by id."""

    owned: tuple[Page, ...]
    by_id: Page

    @property
    def posts(self) -> list[Post]:
        """The posts as they are now, one for each id; what was asked for by id counts."""
        found = {post.id: post for page in (*self.owned, self.by_id) for post in page.posts}
        return list(found.values())

    @property
    def gone(self) -> tuple[str, ...]:
        """The ids of posts that X says are not to be seen any more."""
        return self.by_id.gone

    def book(self, tx: Transaction, ctx: JobContext, purse: SpendKey) -> None:
        """Write what it cost into the ledger and release what was set aside for it."""
        now = ctx.now()
        for page in self.owned:
            bill_page(tx, ctx, page, purpose=purse.purpose, owned=True, now=now)
        bill_page(tx, ctx, self.by_id, purpose=purse.purpose, owned=False, now=now)
        reservations.release(tx, purse.key)


def recheck_posts(
    ctx: JobContext, purse: SpendKey, caught: Sequence[KnownPost]
) -> SeenAgain | None:
    """Look at posts on X; None where there is no money for it. The caller books what was seen.

    One request for each mention, and one for each hundred others. Where the cheap way is refused
    or slow, the rest is asked for by id.

    Raises:
        XError: as the reading calls; what earlier calls may have cost stays set aside.
    """
    most = sum(each.dearest(ctx.prices) for each in caught)
    ours = [each.id for each in caught if each.kind is MentionKind.MENTION]
    with ctx.db.write() as tx:
        if not reserve_x(tx, ctx, purse, most, now=ctx.now()).given:
            return None
        ours = ours[: _take_requests(tx, len(ours), ctx.now())]
    owned: list[Page] = []
    try:
        _look_among_our_mentions(ctx, ours, owned)
        # X's pages do not agree on which edition they show: the door's look-up by id does (028).
        edited = {old for page in owned for old, _ in page.edited}
        there = {post.id for page in owned for post in page.posts} - edited
        return SeenAgain(
            tuple(owned), ctx.x.posts([each.id for each in caught if each.id not in there])
        )
    except XError as error:
        if not may_be_billed(error) and not any(page.posts for page in owned):
            with ctx.db.write() as tx:
                reservations.release(tx, purse.key)
        raise


def _look_among_our_mentions(ctx: JobContext, ids: Sequence[str], owned: list[Page]) -> None:
    """Add a page for each id to `owned`, until the time is over or X refuses this way."""
    end = time.monotonic() + _SECONDS
    for number in map(int, ids):
        if time.monotonic() > end:
            return
        try:
            page = ctx.x.mentions(
                ctx.account.id, since_id=str(number - 1), until_id=str(number + 1), limit=_LEAST
            )
        except XError as error:
            if isinstance(error, _FOR_ALL) or may_be_billed(error):
                raise
            log.warning("not looked at among our mentions: %s", error.for_person())
            return
        owned.append(page)


def _take_requests(tx: Transaction, wanted: int, now: datetime) -> int:
    """Take so many of the quarter hour's requests, or what is left of them, and return how many."""
    quarter = f"{int(now.timestamp()) // _QUARTER}"
    begun, _, used = (value(tx, _REQUESTS) or "").partition(":")
    before = int(used) if begun == quarter else 0
    given = max(0, min(wanted, _MOST_REQUESTS - before))
    if given:
        set_value(tx, _REQUESTS, f"{quarter}:{before + given}")
    return given
