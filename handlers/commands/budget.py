"""`/greenroom budget`: what X and the model cost, what is left, and when it begins anew."""

from datetime import UTC, datetime, time, timedelta

from handlers.entry.command_request import CommandRequest, Shown
from handlers.entry.context import HandlerContext
from storage.money.spending import spending
from storage.money.usage import last_usage
from views.reports.budget import budget_answer


def budget_asked(ctx: HandlerContext, _: CommandRequest) -> Shown:
    """Say what was spent."""
    now = ctx.now()
    with ctx.db.read() as tx:
        spent = spending(tx, ctx.team.settings, now)
        usage = last_usage(tx)
    tomorrow = now.astimezone(UTC).date() + timedelta(days=1)
    resets_at = datetime.combine(tomorrow, time(), UTC)
    return budget_answer(
        spent,
        resets_at=resets_at,
        model_on=ctx.model_on,
        prices=ctx.prices,
        usage=usage,
    )
