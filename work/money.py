"""The daily budgets: what was spent, what may be spent, and what a page of X cost."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from clients.x import Page
from domain import MentionKind
from errors import GreenroomError
from storage import ledger, reservations
from storage.database import Transaction
from work.room import Room


class BudgetReached(GreenroomError):
    advice = "It goes on at midnight UTC; raise X_DAILY_BUDGET_USD for more."


#: The share of X's daily budget that only mentions and replies may use.
RESERVED_SHARE = 5


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


def x_left(tx: Transaction, room: Room, kind: MentionKind, now: datetime, *, but: str = "") -> Left:
    """Return what this kind of reading may still spend today; `but` is a reservation of one's own."""
    allowed = room.team.settings.x_budget_micro
    if kind is MentionKind.KEYWORD:
        allowed -= allowed // RESERVED_SHARE
    return _left(tx, "x", allowed, now, but)


def x_budget_left(tx: Transaction, room: Room, kind: MentionKind, now: datetime) -> int:
    """Return the micro-dollars that this kind of reading may spend at this moment."""
    return x_left(tx, room, kind, now).now


def model_left(tx: Transaction, room: Room, now: datetime) -> Left:
    """Return what the model may still cost today."""
    return _left(tx, "model", room.team.settings.model_budget_micro, now, "")


def model_budget_left(tx: Transaction, room: Room, now: datetime) -> int:
    """Return the micro-dollars that the model may cost at this moment."""
    return model_left(tx, room, now).now


def _left(tx: Transaction, service: str, allowed: int, now: datetime, but: str) -> Left:
    held = reservations.held(tx, service, now, but=but)
    later = allowed - ledger.spent(tx, service, now.date()) - held.left_over
    return Left(later - held.under_way, later)


def bill_page(
    tx: Transaction, room: Room, page: Page, *, purpose: str, owned: bool, now: datetime
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
        price_micro=room.prices.owned_read if owned else room.prices.post_read,
        purpose=purpose,
        at=now,
    )
    ledger.bill_reads(
        tx,
        kind="person",
        ids=page.people_ids,
        price_micro=room.prices.user_read,
        purpose=purpose,
        at=now,
    )
    return new
