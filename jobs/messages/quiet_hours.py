"""Quiet hours: while they last, no new card calls anybody."""

from datetime import datetime

from domain import ENDED_STATES, CardFacts, MentionState
from insights.business_time import quiet_until
from jobs.engine.context import JobContext

#: What nobody decided: it waits, or it was answered on X or ended there by itself.
_UNTOUCHED = ENDED_STATES | {MentionState.WAITING}


def quiet_end(ctx: JobContext) -> datetime | None:
    """Return when the quiet hours end that it is now, aware UTC; None when it is not quiet."""
    settings = ctx.team.settings
    return quiet_until(ctx.now(), settings.quiet, settings.timezone)


def may_wait(facts: CardFacts) -> bool:
    """Tell whether a card that is not there yet may wait for the end of the quiet hours.

    Only one that nobody has touched: whoever decides at night is awake and wants to see it.
    """
    return facts.decision is None and facts.mention.state in _UNTOUCHED


def still_calls(facts: CardFacts) -> bool:
    """Tell whether a card that was held is wanted in the morning; what is over needs none."""
    return facts.mention.state not in ENDED_STATES
