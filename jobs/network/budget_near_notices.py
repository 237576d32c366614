"""A word in the channel before a day's budget ends, once a day; the end itself is told elsewhere."""

from datetime import datetime

from errors import GreenroomError
from jobs.engine.context import JobContext
from jobs.messages.notify_once import open_notice
from jobs.network.budget import Use, model_left, x_left
from storage.db.database import Transaction
from storage.slack import notices

#: Of a hundred, so many are spent when the word is said.
NEARLY = 80
_CALLED = {"x": "X", "model": "the model"}
_MICRO = 1_000_000
_THEN = {
    "x": "Before it ends, reading pauses until midnight UTC; a share is kept for approved replies.",
    "model": "When it ends, only plain questions and thanks get a suggestion until midnight UTC.",
}


class BudgetNear(GreenroomError):
    advice = ""


def warn_near_end(tx: Transaction, ctx: JobContext, service: str, now: datetime) -> None:
    """Tell once that four fifths of a service's budget of this UTC day are spent; forget it after.

    Of X's budget, four fifths of what reading may cost: without the share for replies.

    Args:
        tx: the caller's transaction, so that what was spent and the word are one commit.
        ctx: the parts.
        service: `x` or `model`.
        now: aware UTC.
    """
    settings = ctx.team.settings
    if service == "x":
        budget, left = settings.x_budget_micro, x_left(tx, ctx, Use.SENDING, now)
    else:
        budget, left = settings.model_budget_micro, model_left(tx, ctx, now)
    # Calls under way mostly cost far less than what is set aside for them.
    spent = budget - left.later
    key = f"budget-near:{service}"
    most = budget - (ctx.prices.kept_for_replies(budget) if service == "x" else 0)
    if not budget or 100 * spent < NEARLY * most:
        notices.clear_notice(tx, key, now)
        return
    sentence = (
        f"Today's budget for {_CALLED[service]} is nearly spent: "
        f"${spent / _MICRO:,.2f} of ${budget / _MICRO:,.2f}."
    )
    open_notice(tx, key, BudgetNear(sentence, _THEN[service]), at=now)
