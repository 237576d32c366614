"""Two simulated days around a normal account: our ledger against the bill of the practice X."""

from collections import Counter
from pathlib import Path

import pytest

from bench.cost.days import SimulatedDays
from bench.cost.traffic import SIZES
from sandbox.room import PracticeRoom
from sandbox.x.bill import PRICES, Bill

_KINDS = {
    "post_read": "post",
    "owned_read": "post",
    "user_read": "person",
    "expanded_user_read": "person",
    "reply_created": "reply",
    "post_created_with_url": "reply",
}


#: What the polls' overlap and the evening's reading have in common with both days: half an hour.
_OVER_MIDNIGHT = 4


#: Every quarter of an hour: what is read is the same, and the simulated days pass sooner.
_SELDOM = {f"POLL_SECONDS{which}": "900" for which in ("", "_LEAST", "_MOST")}


class NotedBill(Bill):
    """Notes every reading too, those that X does not bill because it billed them that day."""

    def __init__(self, days: SimulatedDays) -> None:
        super().__init__(lambda: days.now)
        self._days = days
        self.asked: Counter[tuple[str, str, str]] = Counter()

    def read(self, kind: str, resource_id: str) -> None:
        self.asked[str(self._days.now.date()), _KINDS[kind], resource_id] += 1
        super().read(kind, resource_id)


@pytest.mark.slow
def test_the_ledger_is_the_bill_and_nothing_is_paid_twice(tmp_path: Path) -> None:
    """Every kind to the micro-dollar. What is paid on two days was looked at again on purpose."""
    normal = next(size for size in SIZES if size.name == "normal")
    with PracticeRoom() as practice:
        days = SimulatedDays(normal, practice)
        bill = NotedBill(days)
        days.put_on_our_bill(bill)
        with days.read_by(tmp_path, _SELDOM):
            days.live(2)
            booked = days.booked_by_kind()
            looked_at_again = days.units_for("sweep") + days.units_for("look_again")
    billed: Counter[str] = Counter()
    for kind, number in bill.counts().items():
        billed[_KINDS[kind]] += number * PRICES[kind]
    assert booked == dict(billed)
    assert set(booked) == {"post", "person", "reply"}
    days_of: Counter[tuple[str, str]] = Counter((sort, read) for _, sort, read in bill.asked)
    paid_again = [read for read, number in days_of.items() if number > 1]
    # Followers are counted once a week, and nobody's profile is read a second time.
    assert [read for sort, read in paid_again if sort == "person"] == []
    posts = [read for sort, read in paid_again if sort == "post"]
    assert len(posts) <= looked_at_again + _OVER_MIDNIGHT, posts
    ours = practice.x.account.id
    again = [who for (_, sort, who), n in bill.asked.items() if sort == "person" and n > 1]
    assert set(again) <= {ours}
