"""Once a day: compare how many posts X says that were read yesterday with our own ledger.

X counts posts, for the whole project, and says nothing of money. Where the numbers are apart,
another program reads through the same project, or the ledger is wrong: a person should look.
"""

import logging
from datetime import date, datetime, timedelta

from domain import UsageDay
from errors import GreenroomError, XError
from jobs.engine.context import JobContext
from jobs.messages.notify_once import open_notice, resolve_notice
from jobs.network.budget import next_utc_day
from storage.db.database import Transaction
from storage.money import ledger
from storage.money.usage import keep_usage
from storage.queue import jobs

log = logging.getLogger("greenroom.usage_check")

NOTICE = "usage"
#: X does not say how soon a day is counted to its end.
_AFTER_MIDNIGHT = timedelta(hours=3)
#: So many posts apart are told, when they are more than a tenth of what X counted.
_MANY = 20
_TENTH = 10
_DAYS = 3


class UsageDiffers(GreenroomError):
    """X and we counted differently: `usage` says how."""

    def __init__(self, usage: UsageDay) -> None:
        day = f"{usage.day:%B} {usage.day.day}"
        sentence = (
            f"X counted {usage.by_x:,} posts read on {day} (UTC), Greenroom {usage.by_us:,}. "
            "X counts posts, not dollars."
        )
        more = (
            "Does another program use the same X project? Its reads are in X's bill and not in "
            "Greenroom's budget: give it a project of its own, or lower X_DAILY_BUDGET_USD."
        )
        fewer = (
            "X bills less than Greenroom counts, so the budget ends early: compare with the bill "
            "in console.x.com, and correct PRICES or X_DAILY_BUDGET_USD."
        )
        super().__init__(sentence, more if usage.by_x > usage.by_us else fewer)


def usage_check(job: jobs.Job, ctx: JobContext) -> None:
    """Ask X for yesterday's count, keep it beside ours, and tell the channel of a difference.

    Without a bearer token there is nothing to ask. A refusal costs one line in the log; the next
    day is another try.
    """
    now = ctx.now()
    yesterday = now.date() - timedelta(days=1)
    due_at = next_utc_day(now) + _AFTER_MIDNIGHT
    try:
        counted = ctx.x.usage_by_day(_DAYS)
    except XError as error:
        log.warning("X's count of posts was not read: %s", error.for_person())
        counted = {}
    if counted is None:
        with ctx.finishing(job):
            return
    with ctx.repeating(job, due_at) as tx:
        if yesterday in counted:
            _compare(tx, yesterday, counted[yesterday], now)


def first_check_at(now: datetime) -> datetime:
    """Return when a Greenroom that starts now compares first: in the night that comes."""
    return next_utc_day(now) + _AFTER_MIDNIGHT


def _compare(tx: Transaction, day: date, by_x: int, now: datetime) -> None:
    usage = UsageDay(day, by_x, ledger.units(tx, "x", "post", day))
    keep_usage(tx, usage, now)
    apart = abs(usage.by_x - usage.by_us)
    log.info("posts read on %s: X counted %d, we %d", day, usage.by_x, usage.by_us)
    if apart > _MANY and _TENTH * apart > usage.by_x:
        open_notice(tx, NOTICE, UsageDiffers(usage), at=now)
    else:
        resolve_notice(tx, NOTICE, "X's count of posts and Greenroom's agree again.", at=now)
