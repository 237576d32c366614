from datetime import UTC, datetime, timedelta, timezone

from storage.db.database import Database, Transaction
from storage.money import ledger
from tests.storage.conftest import Opening
from tests.storage.made import NOW, later
from tests.storage.racing import at_once

TODAY = NOW.date()


def bill(
    tx: Transaction, *ids: str, kind: str = "post", purpose: str = "watch", at: datetime = NOW
) -> int:
    return ledger.bill_reads(tx, kind=kind, ids=ids, price_micro=5000, purpose=purpose, at=at)


def test_a_post_is_billed_once_a_utc_day(db: Database) -> None:
    """However often and for whatever it is read; a person's id is another thing than a post's."""
    with db.write() as tx:
        assert bill(tx, "1", "2", "2") == 2
        assert bill(tx, "2", "3", purpose="conversation") == 1
        assert bill(tx, "1", "2", "3") == 0
        assert bill(tx) == 0
        assert bill(tx, "1", kind="person") == 1
        assert bill(tx, "1", at=later(days=1)) == 1
        assert ledger.spent(tx, "x", TODAY) == 4 * 5000
        assert ledger.spent(tx, "x", TODAY + timedelta(days=1)) == 5000
        assert ledger.spent(tx, "model", TODAY) == 0
        assert ledger.spent_by_purpose(tx, "x", TODAY) == {
            "conversation": 5000,
            "watch": 3 * 5000,
        }


def test_the_day_is_the_utc_day(db: Database) -> None:
    """Half past midnight in Berlin is still yesterday for X."""
    berlin = timezone(timedelta(hours=1))
    with db.write() as tx:
        bill(tx, "1", at=datetime(2026, 3, 5, 0, 30, tzinfo=berlin))
        assert ledger.spent(tx, "x", datetime(2026, 3, 4, tzinfo=UTC).date()) == 5000


def test_large_pages_are_billed_in_one_go(db: Database) -> None:
    """Eight pages of a hundred posts with their people are no trouble."""
    ids = [str(number) for number in range(2000)]
    with db.write() as tx:
        assert bill(tx, *ids) == 2000
        assert ledger.spent(tx, "x", TODAY) == 2000 * 5000


def test_costs_add_up_beyond_small_numbers(db: Database) -> None:
    """Micro-dollars of a large bill fit."""
    with db.write() as tx:
        for purpose in ("suggest", "suggest", "send"):
            ledger.note_cost(
                tx,
                service="model",
                kind="tokens",
                purpose=purpose,
                units=10**9,
                micro_dollars=3 * 10**12,
                at=NOW,
            )
        assert ledger.spent(tx, "model", TODAY) == 9 * 10**12
        assert ledger.spent_by_purpose(tx, "model", TODAY)["suggest"] == 6 * 10**12
        assert ledger.spent_by_purpose(tx, "x", TODAY) == {}


def test_pages_that_overlap_at_once_are_billed_once(opening: Opening) -> None:
    """Two watches that find the same posts in the same moment pay once, and none is in the way."""
    doors = [opening(), opening()]
    ids = [str(number) for number in range(200)]

    def read(number: int) -> int:
        with doors[number % 2].write() as tx:
            return bill(tx, *(ids if number % 2 else reversed(ids)))

    assert sum(at_once(4, read)) == 200
    with doors[0].read() as tx:
        assert ledger.spent(tx, "x", TODAY) == 200 * 5000
