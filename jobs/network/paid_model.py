"""Ask the model within its budget, write down what that cost, and note how the model is.

What a question may cost is set aside before it is asked, and released in the commit that writes
what it did cost.
"""

import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from clients.model.client import ModelClient
from errors import (
    ModelDeclined,
    ModelError,
    ModelPaused,
    ModelRubbish,
    ModelUnavailable,
    ModelWrongKey,
)
from jobs.engine.context import JobContext
from jobs.messages.notify_once import open_notice, resolve_notice
from jobs.network.budget import model_left
from jobs.network.budget_near_notices import warn_near_end
from replies.drafting import TokenCount
from storage.db.database import Transaction
from storage.db.ids import new_id
from storage.money import ledger, reservations
from storage.team import health

#: How long a question waits for others that hold what is left of the day's money, in seconds.
_PATIENCE = 15.0
_LOOK = 0.1
_BUDGET = "model-budget"
_AGAIN = "The model answers again."
#: What a server's own format adds to each message, in tokens, with room to spare.
_AROUND = 16


class ModelBudgetReached(ModelPaused):
    """What is left of the day's budget does not pay for the question."""

    def __init__(self) -> None:
        super().__init__(
            "Today's budget for the model is used up.",
            "Until midnight UTC only plain questions and thanks get a suggestion; "
            "raise MODEL_DAILY_BUDGET_USD for more.",
        )


@dataclass(slots=True)
class _Asked:
    """One question: its reservation, whether it was answered, and what it cost where that is known.

    `tries` counts those whose answers were lost on the way, too: they may have cost as much.
    """

    key: str
    tries: int = 1
    answered: bool = False
    cost: TokenCount | None = None
    unknown: bool = True


@dataclass(slots=True)
class Asking:
    """Asks the room's model for one purpose, as `replies` want a model asked.

    Whoever asks through it calls `settle` in the transaction that stores what came of it.
    """

    ctx: JobContext
    model: ModelClient
    purpose: str
    _asked: list[_Asked] = field(default_factory=list)

    def __call__(
        self, messages: Sequence[dict[str, str]], schema: type[BaseModel], *, max_tokens: int
    ) -> Any:
        """Ask once the money is set aside; raises as the model's door does.

        Raises:
            ModelBudgetReached: the day's budget does not allow the question.
            ModelUnavailable: other questions hold what is left of it.
        """
        asked = _Asked(f"model:{new_id()}")
        most = self._worst(messages, schema, max_tokens)
        _wait_for(lambda: self._set_aside(asked.key, most))
        self._asked.append(asked)
        try:
            answer = self.model.ask(messages, schema, max_tokens=max_tokens)
        except ModelError as error:
            asked.cost = error if isinstance(error, TokenCount) and _counts(error) else None
            asked.unknown = asked.cost is None and _may_be_billed(error)
            raise
        asked.answered = True
        asked.tries += answer.lost_tries
        asked.cost = answer if _counts(answer) else None
        asked.unknown = asked.cost is None
        return answer

    @property
    def answered(self) -> bool:
        """Tell whether a question was answered, since the last settling."""
        return any(asked.answered for asked in self._asked)

    def settle(self, tx: Transaction, now: datetime) -> None:
        """Write what was asked into the ledger, and release what was set aside for it.

        Where nobody knows whether a question was billed, or the server does not count, what was
        set aside stays until the day is over.
        """
        for asked in self._asked:
            if asked.cost is not None:
                cost = asked.cost
                ledger.note_cost(
                    tx,
                    service="model",
                    kind="tokens",
                    purpose=self.purpose,
                    units=asked.tries * (cost.input_tokens + cost.output_tokens),
                    micro_dollars=asked.tries
                    * self.ctx.prices.model_cost(cost.model, cost.input_tokens, cost.output_tokens),
                    at=now,
                )
            if not asked.unknown:
                reservations.release(tx, asked.key)
        if self._asked:
            warn_near_end(tx, self.ctx, "model", now)
        self._asked.clear()

    def _worst(
        self, messages: Sequence[dict[str, str]], schema: type[BaseModel], max_tokens: int
    ) -> int:
        """Return the most that a question can cost: no token is shorter than a byte."""
        words = sum(len(m["content"].encode(errors="replace")) + _AROUND for m in messages)
        form = len(json.dumps(schema.model_json_schema()).encode())
        return self.ctx.prices.model_cost(self.model.name, words + form, max_tokens)

    def _set_aside(self, key: str, most: int) -> bool:
        ctx = self.ctx
        with ctx.db.write() as tx:
            now = ctx.now()
            reservations.take_turn(tx, "model")
            left = model_left(tx, ctx, now)
            if left.later < most:
                raise ModelBudgetReached
            if left.now < most:
                return False
            reservations.reserve(
                tx, service="model", key=key, purpose=self.purpose, micro_dollars=most, at=now
            )
        return True


def _wait_for(set_aside: Callable[[], bool]) -> None:
    """Try until the money is set aside; only near the day's end is anything waited for."""
    never = threading.Event()
    for _ in range(int(_PATIENCE / _LOOK)):
        if set_aside():
            return
        never.wait(_LOOK)
    raise ModelUnavailable("Other questions use what is left of the model's budget.")


def _counts(cost: TokenCount) -> bool:
    return cost.input_tokens + cost.output_tokens > 0


def _may_be_billed(error: ModelError) -> bool:
    return isinstance(error, ModelRubbish) or (
        isinstance(error, ModelUnavailable | ModelDeclined) and error.may_be_billed
    )


def asking(ctx: JobContext, purpose: str) -> Asking | None:
    """Return what asks the room's model for a purpose; None where there is no model."""
    return None if ctx.model is None else Asking(ctx, ctx.model, purpose)


def note_model(
    tx: Transaction, asked: Asking | None, trouble: ModelError | None, now: datetime
) -> None:
    """Settle what was asked, and tell the channel once of what only a person can mend."""
    answered = asked is not None and asked.answered
    if asked is not None:
        asked.settle(tx, now)
    if isinstance(trouble, ModelDeclined):
        # It works, and would not do this one.
        return
    if trouble is not None:
        health.failed(tx, health.MODEL, trouble.sentence, now)
    elif answered:
        health.worked(tx, health.MODEL, now)
    if isinstance(trouble, ModelBudgetReached):
        open_notice(tx, _BUDGET, trouble, at=now)
    elif isinstance(trouble, ModelPaused | ModelWrongKey):
        open_notice(tx, "model", trouble, at=now)
    if answered and trouble is None and asked is not None:
        resolve_notice(tx, "model", _AGAIN, at=now)
        # With little left, short questions still fit and long ones do not: that is no news.
        if 2 * model_left(tx, asked.ctx, now).later > asked.ctx.team.settings.model_budget_micro:
            resolve_notice(tx, _BUDGET, _AGAIN, at=now)
