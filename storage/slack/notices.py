"""Troubles that the channel was told about: once when they begin, once when they are over."""

from dataclasses import dataclass
from datetime import datetime

from storage.db.database import Transaction
from storage.db.values import read_time


@dataclass(frozen=True, slots=True)
class Notice:
    """A trouble that is still true."""

    key: str
    sentence: str
    raised_at: datetime


_RAISE = """
INSERT INTO notices (key, sentence, raised_at) VALUES (:key, :sentence, :at)
ON CONFLICT (key) DO UPDATE SET
    sentence = excluded.sentence, raised_at = excluded.raised_at, cleared_at = NULL
WHERE notices.cleared_at IS NOT NULL
"""


def raise_notice(tx: Transaction, key: str, *, sentence: str, at: datetime) -> bool:
    """Note a trouble; True only when it was not known already."""
    return bool(tx.execute(_RAISE, {"key": key, "sentence": sentence, "at": at}))


def clear_notice(tx: Transaction, key: str, at: datetime) -> bool:
    """Note that a trouble is over; True only when it was active."""
    return bool(
        tx.execute(
            "UPDATE notices SET cleared_at = :at WHERE key = :key AND cleared_at IS NULL",
            {"key": key, "at": at},
        )
    )


def active_notices(tx: Transaction) -> list[Notice]:
    """Return the troubles that are still true, oldest first."""
    rows = tx.query("SELECT * FROM notices WHERE cleared_at IS NULL ORDER BY raised_at, key")
    return [Notice(row["key"], row["sentence"], read_time(row["raised_at"])) for row in rows]
