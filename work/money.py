"""The daily budgets: what was spent, what may be spent, and the plain message at the end."""

from datetime import UTC, datetime, time, timedelta

from clients.x import Page
from domain import MentionKind
from errors import GreenroomError
from storage import ledger
from storage.database import Transaction
from work.prices import OWNED_READ, PERSON_READ, POST_READ
from work.room import Room


class BudgetReached(GreenroomError):
    advice = "It goes on at midnight UTC; raise X_DAILY_BUDGET_USD for more."


#: The share of X's daily budget that only mentions and replies may use.
RESERVED_SHARE = 5


def next_utc_day(now: datetime) -> datetime:
    """Return the midnight at which X's and our own daily counts begin anew."""
    return datetime.combine(now.date() + timedelta(days=1), time(), UTC)


def x_budget_left(tx: Transaction, room: Room, kind: MentionKind, now: datetime) -> int:
    """Return the micro-dollars that this kind of reading may still spend today."""
    allowed = room.team.settings.x_budget_micro
    if kind is MentionKind.KEYWORD:
        allowed -= allowed // RESERVED_SHARE
    return allowed - ledger.spent(tx, "x", now.date())


def model_budget_left(tx: Transaction, room: Room, now: datetime) -> int:
    """Return the micro-dollars that the model may still cost today."""
    return room.team.settings.model_budget_micro - ledger.spent(tx, "model", now.date())


def bill_page(tx: Transaction, page: Page, *, purpose: str, owned: bool, now: datetime) -> int:
    """Write what a page cost into the ledger; return how many of its posts were new today.

    X bills the same post once a UTC day. Whether an expanded author is billed as a person
    read is not documented: the ledger counts it, so that the true bill is never higher.
    """
    post_ids = [post.id for post in page.posts]
    new = ledger.bill_reads(
        tx,
        kind="post",
        ids=post_ids,
        price_micro=OWNED_READ if owned else POST_READ,
        purpose=purpose,
        at=now,
    )
    ledger.bill_reads(
        tx, kind="person", ids=page.people_ids, price_micro=PERSON_READ, purpose=purpose, at=now
    )
    return new
