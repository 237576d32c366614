"""The ledger: what X and the model cost, in micro-dollars, by UTC day."""

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta

from storage.db.database import Transaction
from storage.db.ids import new_id

_NOTE = """
INSERT INTO costs (id, service, kind, purpose, units, micro_dollars, day, at)
VALUES (:id, :service, :kind, :purpose, :units, :micro_dollars, :day, :at)
"""

_BILL = """
INSERT INTO billed_reads (day, kind, id) VALUES :reads ON CONFLICT DO NOTHING
"""


def note_cost(
    tx: Transaction,
    *,
    service: str,
    kind: str,
    purpose: str,
    units: int,
    micro_dollars: int,
    at: datetime,
) -> None:
    """Write down what something cost; `at` is when, and tells the UTC day."""
    tx.execute(
        _NOTE,
        {
            "id": new_id(),
            "service": service,
            "kind": kind,
            "purpose": purpose,
            "units": units,
            "micro_dollars": micro_dollars,
            "day": at.astimezone(UTC).date(),
            "at": at,
        },
    )


def bill_reads(
    tx: Transaction,
    *,
    kind: str,
    ids: Collection[str],
    price_micro: int,
    purpose: str,
    at: datetime,
) -> int:
    """Bill each id once a UTC day, as X does; return how many were new today."""
    day = at.astimezone(UTC).date()
    # In one order always: two processes that bill the same ids must not wait for each other.
    reads = [(day, kind, read_id) for read_id in sorted(set(ids))]
    new = tx.execute(_BILL, {"reads": reads}) if reads else 0
    if new:
        note_cost(
            tx,
            service="x",
            kind=kind,
            purpose=purpose,
            units=new,
            micro_dollars=new * price_micro,
            at=at,
        )
    return new


def forget_reads(tx: Transaction, before: date) -> None:
    """Forget which ids were billed before a UTC day; what they cost stays."""
    tx.execute("DELETE FROM billed_reads WHERE day < :day", {"day": before})


def spent(tx: Transaction, service: str, day: date) -> int:
    """Return the micro-dollars that a service has cost on a UTC day."""
    row = tx.one(
        "SELECT CAST(COALESCE(SUM(micro_dollars), 0) AS bigint) AS spent FROM costs"
        " WHERE service = :service AND day = :day",
        {"service": service, "day": day},
    )
    return int(row["spent"]) if row else 0


def units(tx: Transaction, service: str, kind: str, day: date) -> int:
    """Return how many of a kind (`post`, `person`, `reply`, `tokens`) a UTC day's costs are for."""
    row = tx.one(
        "SELECT CAST(COALESCE(SUM(units), 0) AS bigint) AS units FROM costs"
        " WHERE service = :service AND kind = :kind AND day = :day",
        {"service": service, "kind": kind, "day": day},
    )
    return int(row["units"]) if row else 0


def average_day(tx: Transaction, service: str, days: int, today: date) -> int | None:
    """Return what a service cost a day, on the last `days` full UTC days.

    None where the ledger, all of it, does not reach back so far.
    """
    first = today - timedelta(days=days)
    row = tx.one(
        "SELECT CAST(COALESCE(SUM(CASE WHEN service = :service AND day >= :first AND day < :today"
        " THEN micro_dollars ELSE 0 END), 0) AS bigint) AS spent, MIN(day) AS begun FROM costs",
        {"service": service, "first": first, "today": today},
    )
    if row is None or row["begun"] is None or date.fromisoformat(row["begun"]) > first:
        return None
    return int(row["spent"]) // days


def spent_since(tx: Transaction, service: str, first_day: date) -> int:
    """Return the micro-dollars that a service has cost since the beginning of a UTC day."""
    row = tx.one(
        "SELECT CAST(COALESCE(SUM(micro_dollars), 0) AS bigint) AS spent FROM costs"
        " WHERE service = :service AND day >= :day",
        {"service": service, "day": first_day},
    )
    return int(row["spent"]) if row else 0


def spent_by_purpose(tx: Transaction, service: str, day: date) -> dict[str, int]:
    """Return the micro-dollars of a UTC day by what they were spent for."""
    rows = tx.query(
        "SELECT purpose, CAST(SUM(micro_dollars) AS bigint) AS spent FROM costs"
        " WHERE service = :service AND day = :day GROUP BY purpose ORDER BY purpose",
        {"service": service, "day": day},
    )
    return {row["purpose"]: int(row["spent"]) for row in rows}
