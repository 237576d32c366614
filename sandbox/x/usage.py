"""The usage endpoint of the practice X, and the division of time into hours and days."""

from datetime import UTC, datetime, timedelta

from sandbox.x.asking import USAGE_FIELDS, XRequest
from sandbox.x.bill import MONTHLY_CAP
from sandbox.x.gate import Answer
from sandbox.x.refusals import APP_ID
from sandbox.x.shapes import moment
from sandbox.x.state import XState

STEPS = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
}


def usage(state: XState, asking: XRequest) -> Answer:
    """Tell how many posts were read, by day, and what everything would have cost."""
    asking.only("days", "usage.fields")
    days = asking.number("days", 1, 90, 7)
    fields = asking.listed("usage.fields", USAGE_FIELDS)
    shown = fields or {"cap_reset_day", "project_cap", "project_id", "project_usage"}
    now = state.clock()
    by_day = state.costs.posts_by_day()
    daily = [
        {"date": moment(day), "usage": by_day.get(day.date().isoformat(), 0)}
        for day in (floored(now, STEPS["day"]) - timedelta(days=n) for n in range(days))
    ]
    whole = {
        "cap_reset_day": 31 - min(now.day, 30),
        "project_cap": MONTHLY_CAP,
        "project_id": APP_ID,
        "project_usage": sum(by_day.values()),
        "daily_project_usage": {"project_id": int(APP_ID), "usage": daily},
        "daily_client_app_usage": [
            {"client_app_id": APP_ID, "usage": daily, "usage_result_count": len(daily)}
        ],
    }
    # The true X says nothing of money here; the practice room does, under a name of its own.
    bill = {"micro_dollars": state.bill(), "counts": state.costs.counts()}
    data = {name: value for name, value in whole.items() if name in shown}
    return Answer({"data": data, "practice_bill": bill})


def floored(time: datetime, step: timedelta) -> datetime:
    """Find the beginning of the minute, hour or UTC day that a time lies in."""
    start = datetime(1970, 1, 1, tzinfo=UTC)
    return start + (time - start) // step * step
