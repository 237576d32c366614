"""How many posts X says that were read on a UTC day, beside our own count."""

from datetime import date, datetime

from domain import UsageDay
from storage.db.database import Transaction

_KEEP = """
INSERT INTO usage_days (day, by_x, by_us, at) VALUES (:day, :by_x, :by_us, :at)
ON CONFLICT (day) DO UPDATE SET
    by_x = excluded.by_x, by_us = excluded.by_us, at = excluded.at
"""


def keep_usage(tx: Transaction, usage: UsageDay, at: datetime) -> None:
    """Keep both counts of a day; what was kept of it before is replaced."""
    counts = {"day": usage.day, "by_x": usage.by_x, "by_us": usage.by_us}
    tx.execute(_KEEP, {**counts, "at": at})


def last_usage(tx: Transaction) -> UsageDay | None:
    """Return the latest day that was compared."""
    row = tx.one("SELECT day, by_x, by_us FROM usage_days ORDER BY day DESC LIMIT 1")
    if row is None:
        return None
    return UsageDay(date.fromisoformat(row["day"]), int(row["by_x"]), int(row["by_us"]))
