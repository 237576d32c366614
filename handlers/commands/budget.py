"""`/greenroom budget`: what X and the model cost, what is left, and when it begins anew."""

from datetime import UTC, datetime, time, timedelta

from handlers.entry.command_request import Asked, Shown
from handlers.entry.context import Desk
from storage.money.spending import spending
from storage.money.usage import last_usage
from views.reports.budget import budget_answer


def budget_asked(desk: Desk, _: Asked) -> Shown:
    """Say what was spent."""
    now = desk.now()
    with desk.db.read() as tx:
        spent = spending(tx, desk.team.settings, now)
        usage = last_usage(tx)
    tomorrow = now.astimezone(UTC).date() + timedelta(days=1)
    resets_at = datetime.combine(tomorrow, time(), UTC)
    return budget_answer(
        spent,
        resets_at=resets_at,
        model_on=desk.model_on,
        prices=desk.prices,
        usage=usage,
    )
