from storage.db.database import Database
from storage.slack import notices
from storage.slack.notices import Notice
from tests.storage.conftest import Opening
from tests.storage.made import NOW, later
from tests.storage.racing import at_once


def test_a_trouble_is_told_once_until_it_is_over(db: Database) -> None:
    """Raised again while it lasts it is no news; over once; then it may come again."""
    with db.write() as tx:
        assert not notices.clear_notice(tx, "x", NOW)
        assert notices.raise_notice(tx, "x", sentence="X is away.", at=NOW)
        assert not notices.raise_notice(tx, "x", sentence="X is still away.", at=later(hours=1))
        assert notices.active_notices(tx) == [Notice("x", "X is away.", NOW)]
        assert notices.clear_notice(tx, "x", later(hours=2))
        assert not notices.clear_notice(tx, "x", later(hours=3))
        assert notices.active_notices(tx) == []
        assert notices.raise_notice(tx, "x", sentence="X is away again.", at=later(hours=4))
        assert notices.active_notices(tx) == [Notice("x", "X is away again.", later(hours=4))]


def test_troubles_are_listed_oldest_first(db: Database) -> None:
    """Each has its own key."""
    with db.write() as tx:
        notices.raise_notice(tx, "a", sentence="A", at=later(hours=1))
        notices.raise_notice(tx, "b", sentence="B", at=NOW)
        assert [notice.key for notice in notices.active_notices(tx)] == ["b", "a"]


def test_one_of_many_who_raise_at_once_tells_it(opening: Opening) -> None:
    """Two watches that fail in the same moment make one message."""
    doors = [opening(), opening()]

    def raise_it(number: int) -> bool:
        with doors[number % 2].write() as tx:
            return notices.raise_notice(tx, "x", sentence=f"{number}", at=NOW)

    assert sorted(at_once(4, raise_it)) == [False, False, False, True]
