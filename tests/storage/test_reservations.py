"""Money set aside: by key, by day, and apart from what is under way."""

from datetime import timedelta

from domain import UsageDay
from storage.db.database import Database, Transaction
from storage.money import ledger, reservations
from storage.money.reservations import IN_FLIGHT, MoneyHeld
from storage.money.usage import keep_usage, last_usage
from tests.storage.made import NOW, later


def set_aside(tx: Transaction, key: str, micro: int, **after: int) -> None:
    reservations.reserve(
        tx, service="x", key=key, purpose="watch", micro_dollars=micro, at=later(**after)
    )


def test_a_key_holds_once_and_is_released_once(db: Database) -> None:
    """Who tries the same again takes it over; another service's money is another thing."""
    with db.write() as tx:
        set_aside(tx, "a", 500)
        set_aside(tx, "a", 300)
        set_aside(tx, "b", 40)
        assert reservations.held(tx, "x", NOW) == MoneyHeld(340, 0)
        assert reservations.held(tx, "x", NOW, but="a") == MoneyHeld(40, 0)
        assert reservations.held(tx, "model", NOW) == MoneyHeld(0, 0)
        reservations.release(tx, "a")
        reservations.release(tx, "never")
        assert reservations.held(tx, "x", NOW).all == 40


def test_what_nobody_ended_is_left_over_until_the_utc_day_is_over(db: Database) -> None:
    """A call takes minutes at most; one that began just before midnight counts after it as well."""
    midnight = NOW.replace(hour=0, minute=0) + timedelta(days=1)
    with db.write() as tx:
        set_aside(tx, "a", 500)
        after = NOW + IN_FLIGHT + timedelta(seconds=1)
        assert reservations.held(tx, "x", after) == MoneyHeld(0, 500)
        assert reservations.held(tx, "x", midnight + timedelta(hours=1)) == MoneyHeld(0, 0)
        reservations.reserve(
            tx,
            service="x",
            key="late",
            purpose="watch",
            micro_dollars=70,
            at=midnight - timedelta(minutes=1),
        )
        assert reservations.held(tx, "x", midnight + timedelta(minutes=1)) == MoneyHeld(70, 0)
        reservations.forget_before(tx, midnight.date())
        assert reservations.held(tx, "x", after).all == 0


def test_the_pace_needs_a_whole_week_behind_it(db: Database) -> None:
    """An average over days on which nobody counted would be made up; today is not among them."""
    today = NOW.date()

    def cost(tx: Transaction, service: str, micro: int, days: int) -> None:
        ledger.note_cost(
            tx,
            service=service,
            kind="post",
            purpose="watch",
            units=3,
            micro_dollars=micro,
            at=later(days=days),
        )

    with db.write() as tx:
        assert ledger.average_day(tx, "x", 7, today) is None
        cost(tx, "x", 700, -6)
        cost(tx, "x", 9_999, 0)
        assert ledger.average_day(tx, "x", 7, today) is None
        cost(tx, "model", 5, -7)
        assert ledger.average_day(tx, "x", 7, today) == 100
        assert ledger.average_day(tx, "model", 7, today) == 0
        assert ledger.units(tx, "x", "post", today) == 3
        assert ledger.units(tx, "x", "person", today) == 0


def test_the_latest_comparison_is_kept(db: Database) -> None:
    """Compared twice, a day has the later counts."""
    today = NOW.date()
    with db.write() as tx:
        assert last_usage(tx) is None
        keep_usage(tx, UsageDay(today, 10, 9), NOW)
        keep_usage(tx, UsageDay(today - timedelta(days=1), 5, 5), NOW)
        keep_usage(tx, UsageDay(today, 12, 9), NOW)
        assert last_usage(tx) == UsageDay(today, 12, 9)
