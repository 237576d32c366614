"""Set money aside before a call that may cost some: no two calls can spend the same money.

What is set aside is released in the commit that writes what the call cost. A call that certainly
cost nothing releases it at once. One whose end is unknown leaves it until the UTC day is over, or
until the same is tried again.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from clients.x.client import Page
from errors import XError, XUnavailable
from jobs.engine.context import JobContext
from jobs.network.budget import Left, Use, x_left
from storage.db.database import Transaction
from storage.money import reservations

_ON_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class Reservation:
    """What was set aside under a key, in micro-dollars.

    Args:
        given: whether the call may be made.
        micro: how much it may cost.
        day_over: not given, and nothing will be before midnight UTC; else others are just using it.
    """

    given: bool
    micro: int = 0
    day_over: bool = False


@dataclass(frozen=True, slots=True)
class SpendKey:
    """Whose money a reading spends.

    Args:
        key: of its reservation.
        purpose: as the ledger calls it.
        use: how soon it gives way when the money runs low.
    """

    key: str
    purpose: str
    use: Use = Use.MENTIONS


def reserve_x(
    tx: Transaction,
    ctx: JobContext,
    purse: SpendKey,
    most: int,
    *,
    now: datetime,
    least: int | None = None,
    spent: int = 0,
) -> Reservation:
    """Set aside what a call to X may cost.

    Args:
        tx: a short one: other calls wait for its end.
        ctx: the parts.
        purse: whose money it is; what its key holds already is replaced.
        most: micro-dollars for all that is wanted.
        now: aware UTC.
        least: what the smallest possible call costs: with less left it is made all the same, for
            the last time today, as far as the share for replies stays whole. None: all of `most`,
            or nothing.
        spent: what calls under the same key have cost already, and nobody has booked.
    """
    reservations.take_turn(tx, "x")
    left = x_left(tx, ctx, purse.use, now, but=purse.key)
    short = _short(left, most if least is None else 1, spent)
    if short is None and least is not None and purse.use is not Use.SENDING:
        short = _short(x_left(tx, ctx, Use.MENTIONS, now, but=purse.key), least, spent)
    if short is not None:
        return short
    micro = most if least is None else max(least, min(most, left.now - spent))
    reservations.reserve(
        tx,
        service="x",
        key=purse.key,
        purpose=purse.purpose,
        micro_dollars=spent + micro,
        at=now,
    )
    return Reservation(given=True, micro=micro)


def _short(left: Left, wanted: int, spent: int) -> Reservation | None:
    if left.now - spent >= wanted:
        return None
    return Reservation(given=False, day_over=left.later - spent < wanted)


def may_be_billed(error: Exception) -> bool:
    """Tell whether X may bill a reading that ended so: only what it answered with, or nobody knows."""
    if not isinstance(error, XError):
        return True
    if not isinstance(error, XUnavailable) or error.unsent:
        return False
    refused = 300  # HTTP's numbers: from here on an answer brings nothing
    return error.status is None or error.status < refused


@contextmanager
def released_if_free(ctx: JobContext, purse: SpendKey) -> Iterator[None]:
    """Release what was set aside when a reading fails in a way that X does not bill."""
    try:
        yield
    except XError as error:
        if not may_be_billed(error):
            with ctx.db.write() as tx:
                reservations.release(tx, purse.key)
        raise


@dataclass(frozen=True, slots=True)
class PagesRead:
    """What was read page by page.

    Args:
        pages: in X's order; none where nothing was given.
        whole: whether the end was reached.
        stopped: the refusal of money, where that ended it.
    """

    pages: tuple[Page, ...]
    whole: bool
    stopped: Reservation | None = None


def read_pages(
    ctx: JobContext,
    purse: SpendKey,
    ask: Callable[[str | None, int], Page],
    *,
    price: int,
    most_pages: int,
    most_posts: int | None = None,
    least: int = 10,
    before: int = 0,
) -> PagesRead:
    """Read page by page, each one when its money is set aside; the caller books and releases.

    Args:
        ctx: the parts.
        purse: whose money it is.
        ask: asks for one page, by its token and with at most so many posts.
        price: of one post, in micro-dollars.
        most_pages: never more than these.
        most_posts: nor more posts than these, but for the rest of a page.
        least: the fewest posts that X takes as a page's limit.
        before: posts that were read with the same purse already, and are not booked yet.

    Raises:
        XError: as the reading call; what earlier pages cost stays set aside.
    """
    pages: list[Page] = []
    token: str | None = None
    while len(pages) < most_pages:
        read = sum(page.billed for page in pages)
        wanted = _ON_A_PAGE if most_posts is None else min(_ON_A_PAGE, most_posts - read)
        if pages and wanted <= 0:
            break
        wanted, spent = max(least, wanted), (before + read) * price
        with ctx.db.write() as tx:
            grant = reserve_x(
                tx, ctx, purse, wanted * price, now=ctx.now(), least=least * price, spent=spent
            )
        if not grant.given:
            return PagesRead(tuple(pages), whole=False, stopped=grant)
        limit = wanted if price == 0 else max(least, grant.micro // price)
        page = _asked(ctx, purse, lambda: ask(token, limit), keep=bool(pages or before))  # noqa: B023
        pages.append(page)
        token = page.next_token
        if token is None:
            return PagesRead(tuple(pages), whole=True)
    return PagesRead(tuple(pages), whole=False)


def _asked(ctx: JobContext, purse: SpendKey, ask: Callable[[], Page], *, keep: bool) -> Page:
    if keep:
        return ask()
    with released_if_free(ctx, purse):
        return ask()


def read_by_ids(
    ctx: JobContext, purse: SpendKey, ids: Sequence[str], *, with_people: bool = False
) -> Page | None:
    """Read posts by their ids once their money is set aside; None where there is none left.

    The caller books the page and releases the reservation, in one transaction.

    Raises:
        XError: as the reading call.
    """
    prices = ctx.prices
    each = prices.post_read + (prices.user_read if with_people else 0)
    with ctx.db.write() as tx:
        grant = reserve_x(tx, ctx, purse, len(ids) * each, now=ctx.now())
    if not grant.given:
        return None
    with released_if_free(ctx, purse):
        return ctx.x.posts(ids, with_people=with_people)
