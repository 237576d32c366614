from storage.db.database import Database
from storage.slack import messages
from storage.slack.messages import PlacedMessage
from tests.storage.conftest import Opening
from tests.storage.made import NOW, later
from tests.storage.racing import at_once


def test_a_message_is_reserved_once(db: Database) -> None:
    """The second who reserves gets what is there, and no attempt was made yet."""
    with db.write() as tx:
        assert messages.message(tx, "card:1") is None
        first = messages.reserve(tx, "card:1", channel="C1", thread_ts="1.0", at=NOW)
        assert first == PlacedMessage("card:1", "C1", thread_ts="1.0")
        assert messages.reserve(tx, "card:1", channel="C2", at=later(hours=1)) == first


def test_an_attempt_keeps_the_time_of_the_first(db: Database) -> None:
    """A lost answer may belong to the first one: the search begins there."""
    with db.write() as tx:
        messages.reserve(tx, "card:1", channel="C1", at=NOW)
        messages.attempt(tx, "card:1", later(seconds=1))
        messages.attempt(tx, "card:1", later(seconds=9))
        tried = messages.message(tx, "card:1")
    assert tried is not None
    assert tried.attempted_at == later(seconds=1)


def test_a_placed_message_is_found_where_it_stands(db: Database) -> None:
    """By key, and by channel and ts; its digest is the last one; it may be forgotten."""
    with db.write() as tx:
        messages.reserve(tx, "card:1", channel="C1", at=NOW)
        messages.placed(tx, "card:1", "17.5", "abc")
        messages.placed(tx, "card:1", "17.5", "def")
        there = PlacedMessage("card:1", "C1", ts="17.5", digest="def")
        assert messages.message(tx, "card:1") == there
        assert messages.message_at(tx, "C1", "17.5") == there
        assert messages.message_at(tx, "C2", "17.5") is None
        assert messages.message_at(tx, "C1", "17.6") is None
        assert messages.forget_message(tx, "card:1")
        assert not messages.forget_message(tx, "card:1")
        assert messages.message(tx, "card:1") is None


def test_two_who_reserve_at_once_get_the_same_message(opening: Opening) -> None:
    """There is one row a key."""
    doors = [opening(), opening()]

    def reserve(number: int) -> PlacedMessage:
        with doors[number % 2].write() as tx:
            return messages.reserve(tx, "card:1", channel=f"C{number}", at=NOW)

    assert len(set(at_once(4, reserve))) == 1
