"""How the work stands, as numbers for whoever watches over Greenroom."""

from dataclasses import dataclass
from datetime import datetime

from storage.db.database import Transaction
from storage.db.values import read_time_or_none


@dataclass(frozen=True, slots=True)
class Standing:
    """How the work stands.

    Attributes:
        oldest_due: seconds that the job that is due longest is late; 0 when none is.
        jobs: jobs by kind, waiting and running.
        mentions: mentions by state.
        replies: replies by state: what became of what was approved.
        lag: seconds from the newest caught post on X until it was caught; None before the first.
        polled: seconds since the watch that was not asked for longest was asked; None: never.
    """

    oldest_due: float
    jobs: dict[str, int]
    mentions: dict[str, int]
    replies: dict[str, int]
    lag: float | None
    polled: float | None


def standing(tx: Transaction, now: datetime) -> Standing:
    """Read how the work stands."""
    due = tx.one(
        "SELECT MIN(due_at) AS at FROM jobs WHERE lease_until IS NULL AND due_at <= :now",
        {"now": now},
    )
    newest = tx.one(
        "SELECT m.caught_at, p.created_at FROM mentions m JOIN posts p ON p.id = m.id"
        " WHERE m.folded = 0 ORDER BY m.caught_at DESC LIMIT 1"
    )
    asked = tx.one("SELECT MIN(seen_at) AS at FROM watches WHERE paused = 0")
    at = read_time_or_none(due["at"]) if due else None
    seen = read_time_or_none(asked["at"]) if asked else None
    caught = read_time_or_none(newest["caught_at"]) if newest else None
    written = read_time_or_none(newest["created_at"]) if newest else None
    return Standing(
        oldest_due=(now - at).total_seconds() if at else 0.0,
        jobs=_counted(tx, "SELECT kind AS name, COUNT(*) AS n FROM jobs GROUP BY kind"),
        mentions=_counted(tx, "SELECT state AS name, COUNT(*) AS n FROM mentions GROUP BY state"),
        replies=_counted(tx, "SELECT state AS name, COUNT(*) AS n FROM replies GROUP BY state"),
        lag=(caught - written).total_seconds() if caught and written else None,
        polled=(now - seen).total_seconds() if seen else None,
    )


def _counted(tx: Transaction, sql: str) -> dict[str, int]:
    return {row["name"]: int(row["n"]) for row in tx.query(sql)}
