"""How each service is: when it last answered, when it last failed, and with what words.

Noted inside transactions that are open anyway; a service that goes on answering is written
down at most once a minute.
"""

import json
from datetime import datetime, timedelta

from domain import ServiceHealth
from storage.db.database import Transaction
from storage.db.key_values import set_value, value
from storage.db.values import read_time, time_text

X = "x"
SLACK = "slack"
MODEL = "model"

_PREFIX = "health:"
_OFTEN = timedelta(minutes=1)


def worked(tx: Transaction, service: str, at: datetime) -> None:
    """Note that a service answered."""
    known = health_of(tx, service)
    fresh = known.worked_at is not None and at - known.worked_at < _OFTEN
    if fresh and not known.fails:
        return
    _keep(tx, service, worked_at=at, failed_at=known.failed_at, sentence=known.sentence)


def failed(tx: Transaction, service: str, sentence: str, at: datetime) -> None:
    """Note that a service failed, in words for people."""
    known = health_of(tx, service)
    fresh = known.failed_at is not None and at - known.failed_at < _OFTEN
    if fresh and known.fails and known.sentence == sentence:
        return
    _keep(tx, service, worked_at=known.worked_at, failed_at=at, sentence=sentence)


def health_of(tx: Transaction, service: str) -> ServiceHealth:
    """Return what is known of a service; nothing at all before its first answer."""
    stored = value(tx, f"{_PREFIX}{service}")
    if stored is None:
        return ServiceHealth()
    kept = json.loads(stored)
    return ServiceHealth(
        worked_at=read_time(kept["worked_at"]) if kept["worked_at"] else None,
        failed_at=read_time(kept["failed_at"]) if kept["failed_at"] else None,
        sentence=str(kept["sentence"]),
    )


def _keep(
    tx: Transaction,
    service: str,
    *,
    worked_at: datetime | None,
    failed_at: datetime | None,
    sentence: str,
) -> None:
    kept = {
        "worked_at": time_text(worked_at) if worked_at else None,
        "failed_at": time_text(failed_at) if failed_at else None,
        "sentence": sentence,
    }
    set_value(tx, f"{_PREFIX}{service}", json.dumps(kept))
