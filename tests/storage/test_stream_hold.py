from datetime import timedelta

from storage.db.database import Database
from storage.posts import stream_hold
from tests.storage.conftest import Opening
from tests.storage.made import NOW, later
from tests.storage.racing import at_once

LEASE = timedelta(seconds=30)


def test_one_process_holds_the_stream_and_says_what_it_covers(db: Database) -> None:
    """Another gets it only when the lease is over, and covers nothing of before."""
    with db.write() as tx:
        assert stream_hold.covered(tx, NOW) == frozenset()
        assert stream_hold.take(tx, "a", now=NOW, lease=LEASE)
        assert stream_hold.cover(tx, "a", {"w1", "w2"})
        assert stream_hold.covered(tx, NOW) == {"w1", "w2"}
        assert not stream_hold.take(tx, "b", now=later(seconds=29), lease=LEASE)
        assert not stream_hold.cover(tx, "b", {"w9"})
        assert stream_hold.take(tx, "a", now=later(seconds=20), lease=LEASE)
        assert stream_hold.covered(tx, later(seconds=49)) == {"w1", "w2"}
        assert stream_hold.covered(tx, later(seconds=50)) == frozenset()
        assert stream_hold.take(tx, "b", now=later(seconds=50), lease=LEASE)
        assert stream_hold.covered(tx, later(seconds=51)) == frozenset()
        assert not stream_hold.cover(tx, "a", {"w1"})


def test_what_is_let_go_or_forgotten_is_free_at_once(db: Database) -> None:
    """Only its owner lets it go."""
    with db.write() as tx:
        stream_hold.take(tx, "a", now=NOW, lease=LEASE)
        stream_hold.let_go(tx, "b")
        assert not stream_hold.take(tx, "b", now=NOW, lease=LEASE)
        stream_hold.let_go(tx, "a")
        assert stream_hold.take(tx, "b", now=NOW, lease=LEASE)
        stream_hold.forget(tx)
        assert stream_hold.take(tx, "c", now=NOW, lease=LEASE)


def test_a_hold_from_a_wrong_clock_does_not_last(db: Database) -> None:
    """A clock that was a day ahead and is set right locks nobody out."""
    with db.write() as tx:
        stream_hold.take(tx, "a", now=later(hours=24), lease=LEASE)
        assert stream_hold.take(tx, "b", now=NOW, lease=LEASE)


def test_of_many_who_take_it_at_once_one_has_it(opening: Opening) -> None:
    """Two machines that start together open one connection."""
    doors = [opening(), opening()]

    def take(number: int) -> bool:
        with doors[number % 2].write() as tx:
            return stream_hold.take(tx, f"{number}", now=NOW, lease=LEASE)

    assert sorted(at_once(4, take)) == [False, False, False, True]
