"""What the channel hears when a day's reading ends early: the budget, or a watch's cap."""

from datetime import datetime

from domain import MentionKind, Watch
from errors import GreenroomError
from jobs.messages.notify_once import open_notice
from jobs.network.budget import BudgetReached
from storage.db.database import Transaction
from storage.slack import notices


class WatchCapReached(GreenroomError):
    advice = (
        "What came beyond that is not read. It listens again at midnight UTC; a narrower query "
        "or a higher cap helps."
    )


_READING_STOPS = (
    "Reading goes on at midnight UTC; raise X_DAILY_BUDGET_USD for more. A share is kept for "
    "approved replies."
)


_KEYWORDS_STOP = (
    "What is left is for mentions and approved replies. Keyword watches go on at midnight UTC; "
    "raise X_DAILY_BUDGET_USD for more."
)


def tell_budget_end(tx: Transaction, kind: MentionKind, now: datetime) -> None:
    """Tell once that this kind of reading may spend no more today."""
    if kind is MentionKind.KEYWORD:
        used_up = BudgetReached(
            "Today's budget for X is used up for keyword watches.", _KEYWORDS_STOP
        )
    else:
        used_up = BudgetReached("Today's budget for X is used up.", _READING_STOPS)
    open_notice(tx, _budget(kind), used_up, at=now)


def tell_cap_end(tx: Transaction, watch: Watch, now: datetime) -> None:
    """Tell once that a watch has read what it may read today."""
    sentence = f"The watch “{watch.label}” read its {watch.cap} posts for today."
    open_notice(tx, _cap(watch), WatchCapReached(sentence), at=now)


def forget_ends(tx: Transaction, watch: Watch, now: datetime) -> None:
    """Forget what was told: the watch reads again."""
    for key in (_budget(watch.kind), _cap(watch)):
        notices.clear_notice(tx, key, now)


def _budget(kind: MentionKind) -> str:
    return f"x-budget:{kind}"


def _cap(watch: Watch) -> str:
    return f"cap:{watch.id}"
