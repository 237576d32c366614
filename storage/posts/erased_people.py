"""Who was forgotten, so that what X still shows of them is not stored again by the next look.

Kept as the hash of their id, with the time: what they write after it is a new acquaintance.
"""

import hashlib
from collections.abc import Collection
from datetime import datetime

from storage.db.database import Transaction
from storage.db.key_values import set_value
from storage.db.values import time_text

_MARK = "forgotten:"


def remember_forgotten(tx: Transaction, person_id: str, at: datetime) -> None:
    """Note that everything about a person up to a time was forgotten."""
    set_value(tx, _name(person_id), time_text(at))


def forgotten_among(
    tx: Transaction, people_ids: Collection[str], written_at: datetime
) -> frozenset[str]:
    """Return which of these people were forgotten after something was written."""
    if not people_ids:
        return frozenset()
    names = {_name(each): each for each in people_ids}
    rows = tx.query(
        "SELECT name FROM marks WHERE name IN (:names) AND value >= :at",
        {"names": sorted(names), "at": time_text(written_at)},
    )
    return frozenset(names[row["name"]] for row in rows)


def was_forgotten(tx: Transaction, person_id: str) -> bool:
    """Tell whether a person was ever forgotten."""
    return (
        tx.one("SELECT name FROM marks WHERE name = :name", {"name": _name(person_id)}) is not None
    )


def _name(person_id: str) -> str:
    return _MARK + hashlib.sha256(person_id.encode()).hexdigest()[:40]
