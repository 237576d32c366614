"""Write down what a question to the model cost, and how the model is."""

from datetime import datetime

from errors import ModelError, ModelPaused, ModelWrongKey
from replies.drafting import Counted
from storage import health, ledger
from storage.database import Transaction
from work.prices import model_cost
from work.trouble_words import tell_better, tell_once


def note_model(
    tx: Transaction,
    purpose: str,
    cost: Counted | None,
    trouble: ModelError | None,
    now: datetime,
) -> None:
    """Note what a question cost, and tell the channel once of what only a person can mend."""
    if cost is not None:
        note_model_cost(tx, purpose, cost, now)
    if trouble is not None:
        health.failed(tx, health.MODEL, trouble.sentence, now)
    elif cost is not None:
        health.worked(tx, health.MODEL, now)
    if cost is not None and trouble is None:
        tell_better(tx, "model", "The model answers again.", at=now)
    if isinstance(trouble, ModelPaused | ModelWrongKey):
        tell_once(tx, "model", trouble, at=now)


def note_model_cost(tx: Transaction, purpose: str, cost: Counted, now: datetime) -> None:
    """Note what a question to the model cost, for whatever it was asked."""
    ledger.note_cost(
        tx,
        service="model",
        kind="tokens",
        purpose=purpose,
        units=cost.input_tokens + cost.output_tokens,
        micro_dollars=model_cost(cost.model, cost.input_tokens, cost.output_tokens),
        at=now,
    )
