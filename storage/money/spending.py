"""What X and the model cost today and this month, with names for what it was spent for."""

from datetime import UTC, datetime

from domain import Spending, TeamSettings
from storage.db.database import Transaction
from storage.money import ledger, reservations
from storage.posts import watches

_WATCH = "watch:"
_WEEK = 7


def spending(tx: Transaction, team: TeamSettings, now: datetime) -> dict[str, Spending]:
    """Return the spending on `x` and on `model`; watches go by their labels.

    A day and a month are those of UTC, as X and our budgets count them.
    """
    budgets = {"x": team.x_budget_micro, "model": team.model_budget_micro}
    return {service: _of(tx, service, budget, now) for service, budget in budgets.items()}


def _of(tx: Transaction, service: str, budget_micro: int, now: datetime) -> Spending:
    today = now.astimezone(UTC).date()
    labels = {f"{_WATCH}{watch.id}": watch.label for watch in watches.watches(tx)}
    named: dict[str, int] = {}
    for purpose, micro in ledger.spent_by_purpose(tx, service, today).items():
        gone = _WATCH if purpose.startswith(_WATCH) else purpose
        name = f"{_WATCH}{labels[purpose]}" if purpose in labels else gone
        named[name] = named.get(name, 0) + micro
    by_purpose = sorted(named.items(), key=lambda each: (-each[1], each[0]))
    month_micro = ledger.spent_since(tx, service, today.replace(day=1))
    return Spending(
        budget_micro,
        tuple(by_purpose),
        month_micro,
        held_micro=reservations.held(tx, service, now).all,
        day_micro=ledger.average_day(tx, service, _WEEK, today),
    )
