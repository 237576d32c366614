"""What the two doors promise alike."""

from datetime import UTC, datetime, timedelta

import psutil
import pytest

from errors import StorageError
from storage.db import key_values
from storage.db.database import Database
from storage.posts import watches
from tests.storage.conftest import Opening
from tests.storage.made import NOW, a_watch
from tests.storage.racing import at_once, in_thread


def test_a_transaction_is_whole_or_nothing(db: Database) -> None:
    """What was written before an exception is gone, and the exception comes out as it is."""
    with pytest.raises(KeyError), db.write() as tx:  # noqa: PT012
        key_values.set_value(tx, "a", "1")
        raise KeyError
    with db.write() as tx:
        key_values.set_value(tx, "b", "2")
    with db.read() as tx:
        assert key_values.value(tx, "a") is None
        assert key_values.value(tx, "b") == "2"


def test_a_snapshot_refuses_to_write(db: Database) -> None:
    """A read is a read; afterwards the same thread may write again."""
    with pytest.raises(StorageError), db.read() as tx:
        key_values.set_value(tx, "a", "1")
    with db.write() as tx:
        key_values.set_value(tx, "a", "2")


def test_a_snapshot_sees_one_moment(db: Database) -> None:
    """What another thread commits during a read is seen by the next read only."""

    def write() -> None:
        with db.write() as tx:
            key_values.set_value(tx, "a", "new")

    with db.read() as tx:
        assert key_values.value(tx, "a") is None
        in_thread(write)
        assert key_values.value(tx, "a") is None
    with db.read() as tx:
        assert key_values.value(tx, "a") == "new"


def test_a_failed_statement_leaves_nothing_to_commit(db: Database) -> None:
    """Who swallows the failure of one statement is told that the rest was not stored either."""
    with pytest.raises(StorageError, match="Nothing was stored"), db.write() as tx:  # noqa: PT012
        watches.add_watch(tx, a_watch("w1"))
        with pytest.raises(StorageError, match="does not fit"):
            watches.add_watch(tx, a_watch("w1"))
    with db.read() as tx:
        assert watches.watches(tx) == []


def test_a_second_transaction_in_the_same_thread_is_a_mistake(db: Database) -> None:
    """It could only wait for itself, so it is refused at once."""
    with db.write(), pytest.raises(RuntimeError), db.read():
        pass
    with db.read():
        pass


def test_a_failure_says_what_it_is_and_keeps_the_original(db: Database) -> None:
    """A driver's own error never comes out; it is the cause of ours."""
    with pytest.raises(StorageError) as raised, db.read() as tx:
        tx.query("SELECT nothing FROM nowhere")
    assert raised.value.__cause__ is not None
    assert "nowhere" not in raised.value.for_person()


def test_writers_at_once_wait_for_each_other(opening: Opening) -> None:
    """Four threads on two openings of one database write 200 times, none fails, none is lost."""
    doors = [opening(), opening()]

    def write(number: int) -> None:
        for _ in range(50):
            with doors[number % 2].write() as tx:
                # Reading first is what makes a deferred transaction fail on SQLite.
                watches.reads_on(tx, "w", NOW.date())
                watches.count_reads(tx, "w", NOW.date(), 1)

    at_once(4, write)
    with doors[0].read() as tx:
        assert watches.reads_on(tx, "w", NOW.date()) == 200


def test_the_clock_is_aware_utc_inside_a_transaction_too(db: Database) -> None:
    """Both engines tell a time close to the machine's (the test's server is on it)."""
    with db.write() as tx:
        inside = db.now()
        key_values.set_value(tx, "a", "1")
    assert inside.tzinfo is UTC
    assert inside <= db.now()
    assert abs(datetime.now(UTC) - db.now()) < timedelta(seconds=5)


def test_a_closed_database_says_so(db: Database) -> None:
    """After closing, every thread gets one clear sentence, and closing again does no harm."""
    db.close()
    db.close()
    with pytest.raises(StorageError, match="closed"), db.write():
        pass


def test_threads_that_ended_leave_no_connection_behind(db: Database) -> None:
    """Thirty short threads do not end as thirty open connections."""

    def look() -> None:
        with db.read() as tx:
            key_values.value(tx, "a")

    process = psutil.Process()
    before = process.num_fds()
    for _ in range(30):
        in_thread(look)
    assert process.num_fds() - before < 10
