"""The daily budgets: what was spent, what may be spent, and what a page of X cost."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import Enum

from clients.x.client import Page
from domain import MentionKind
from errors import GreenroomError
from jobs.engine.context import JobContext
from storage.db.database import Transaction
from storage.money import ledger, reservations


class BudgetReached(GreenroomError):
    advice = "It goes on at midnight UTC; raise X_DAILY_BUDGET_USD for more."


class Use(Enum):
    """What money for X is spent on. When it runs low the later ones give way to the earlier.

    The value is how many twentieths of what reading may cost are left to those before it.
    """

    #: Approved replies, looking before one goes and after one whose end is unknown. It has a share
    #: of its own, and may use the rest too.
    SENDING = -1
    #: What people write to us, and what a member asked for.
    MENTIONS = 0
    #: Looking again at what was caught: before drafting, in the day's sweep.
    LOOKS = 1
    #: Keyword watches, and what stands above a post.
    KEYWORDS = 2
    #: Who wrote: a card can do without a name.
    PROFILES = 4


_TWENTIETHS = 20


def use_of(kind: MentionKind) -> Use:
    """Return what listening for this kind is, as spending goes."""
    return Use.KEYWORDS if kind is MentionKind.KEYWORD else Use.MENTIONS


@dataclass(frozen=True, slots=True)
class Left:
    """What may still be spent today, in micro-dollars, by now and once the calls under way end.

    Args:
        now: without what is set aside; below nothing where the budget was lowered.
        later: as if the calls under way cost nothing. At nothing, the day is over.
    """

    now: int
    later: int


def next_utc_day(now: datetime) -> datetime:
    """Return the midnight at which X's and our own daily counts begin anew."""
    return datetime.combine(now.date() + timedelta(days=1), time(), UTC)


def x_left(tx: Transaction, ctx: JobContext, use: Use, now: datetime, *, but: str = "") -> Left:
    """Return what may still be spent on this today; `but` is a reservation of one's own."""
    allowed = ctx.team.settings.x_budget_micro
    if use is not Use.SENDING:
        allowed -= ctx.prices.kept_for_replies(allowed)
        allowed -= allowed * use.value // _TWENTIETHS
    return _left(tx, "x", allowed, now, but)


def x_budget_left(tx: Transaction, ctx: JobContext, use: Use, now: datetime) -> int:
    """Return the micro-dollars that may be spent on this at this moment."""
    return x_left(tx, ctx, use, now).now


def model_left(tx: Transaction, ctx: JobContext, now: datetime) -> Left:
    """Return what the model may still cost today."""
    return _left(tx, "model", ctx.team.settings.model_budget_micro, now, "")


def model_budget_left(tx: Transaction, ctx: JobContext, now: datetime) -> int:
    """Return the micro-dollars that the model may cost at this moment."""
    return model_left(tx, ctx, now).now


def _left(tx: Transaction, service: str, allowed: int, now: datetime, but: str) -> Left:
    held = reservations.held(tx, service, now, but=but)
    later = allowed - ledger.spent(tx, service, now.date()) - held.left_over
    return Left(later - held.under_way, later)


def bill_page(
    tx: Transaction, ctx: JobContext, page: Page, *, purpose: str, owned: bool, now: datetime
) -> int:
    """Write what a page cost into the ledger; return how many of its posts were new today.

    X bills the same post once a UTC day. Whether an expanded author is billed as a person
    read is not documented: the ledger counts it, so that the true bill is never higher. What was
    set aside for the page is for the caller to release, in the same transaction.
    """
    post_ids = [*(post.id for post in page.posts), *page.also_read]
    new = ledger.bill_reads(
        tx,
        kind="post",
        ids=post_ids,
        price_micro=ctx.prices.owned_read if owned else ctx.prices.post_read,
        purpose=purpose,
        at=now,
    )
    ledger.bill_reads(
        tx,
        kind="person",
        ids=page.people_ids,
        price_micro=ctx.prices.user_read,
        purpose=purpose,
        at=now,
    )
    return new
