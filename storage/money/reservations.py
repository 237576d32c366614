"""Money that is set aside before a call is made, until it is known what the call cost.

A reservation has the key of what it is for: who tries the same again takes its own over, so what
a killed run left is not counted twice. One that is left stays counted to the end of its UTC day.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from storage.db.database import Transaction

#: No call takes so long: what was set aside before that is of a call whose end nobody knows.
IN_FLIGHT = timedelta(minutes=10)

_TURN = """
INSERT INTO spending_turns (service, turn) VALUES (:service, 1)
ON CONFLICT (service) DO UPDATE SET turn = spending_turns.turn + 1
"""

_RESERVE = """
INSERT INTO reservations (key, service, purpose, micro_dollars, day, at)
VALUES (:key, :service, :purpose, :micro_dollars, :day, :at)
ON CONFLICT (key) DO UPDATE SET
    service = excluded.service, purpose = excluded.purpose,
    micro_dollars = excluded.micro_dollars, day = excluded.day, at = excluded.at
"""

_HELD = """
SELECT CAST(COALESCE(SUM(micro_dollars), 0) AS bigint) AS held,
    CAST(COALESCE(SUM(CASE WHEN at < :recent THEN micro_dollars ELSE 0 END), 0) AS bigint) AS left_over
FROM reservations
WHERE service = :service AND key <> :but AND (day = :day OR at >= :recent)
"""


@dataclass(frozen=True, slots=True)
class MoneyHeld:
    """What is set aside, in micro-dollars: for calls under way, and for those of unknown end."""

    under_way: int
    left_over: int

    @property
    def all(self) -> int:
        """Both together."""
        return self.under_way + self.left_over


def take_turn(tx: Transaction, service: str) -> None:
    """Let nobody else compare what a service may spend until this transaction ends."""
    tx.execute(_TURN, {"service": service})


def reserve(
    tx: Transaction, *, service: str, key: str, purpose: str, micro_dollars: int, at: datetime
) -> None:
    """Set money aside under a key, in place of what stood there; `at` tells the UTC day."""
    tx.execute(
        _RESERVE,
        {
            "key": key,
            "service": service,
            "purpose": purpose,
            "micro_dollars": micro_dollars,
            "day": at.astimezone(UTC).date(),
            "at": at,
        },
    )


def release(tx: Transaction, key: str) -> None:
    """Set the money free: what the call cost stands in the ledger, or it cost nothing."""
    tx.execute("DELETE FROM reservations WHERE key = :key", {"key": key})


def held(tx: Transaction, service: str, now: datetime, *, but: str = "") -> MoneyHeld:
    """Return what is set aside for a service today, apart from what stands under the key `but`.

    What was set aside a moment before midnight UTC still counts: its call may be billed after it.
    """
    row = tx.one(
        _HELD,
        {
            "service": service,
            "but": but,
            "day": now.astimezone(UTC).date(),
            "recent": now - IN_FLIGHT,
        },
    )
    if row is None:
        return MoneyHeld(0, 0)
    left_over = int(row["left_over"])
    return MoneyHeld(int(row["held"]) - left_over, left_over)


def forget_before(tx: Transaction, day: date) -> None:
    """Forget what was set aside on earlier UTC days: it counts no more."""
    tx.execute("DELETE FROM reservations WHERE day < :day", {"day": day})
