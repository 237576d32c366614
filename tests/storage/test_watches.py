from dataclasses import replace
from datetime import timedelta

from domain import MentionKind
from storage.db.database import Database
from storage.posts import watches
from tests.storage.made import NOW, a_watch


def test_a_watch_comes_back_as_it_was_and_mentions_come_first(db: Database) -> None:
    """Then by label, whatever its case."""
    mine = a_watch("m", kind=MentionKind.MENTION, label="Mentions", query="", cap=1_000_000)
    tea = a_watch("w1", label="tea", channel="C9", paused=True, seen_id="7")
    coffee = a_watch("w2", label="Coffee")
    with db.write() as tx:
        for watch in (tea, coffee, mine):
            watches.add_watch(tx, watch)
        assert watches.watches(tx) == [mine, coffee, tea]
        assert watches.watch(tx, "w1") == tea
        assert watches.watch(tx, "w3") is None
        assert watches.watch_labelled(tx, " TEA ") == tea
        assert watches.watch_labelled(tx, "milk") is None


def test_only_what_is_given_is_changed(db: Database) -> None:
    """None empties the channel; the rest stays."""
    before = a_watch(channel="C9", seen_id="7")
    with db.write() as tx:
        watches.add_watch(tx, before)
        assert watches.change_watch(tx, "w1", paused=True, cap=50)
        assert watches.watch(tx, "w1") == replace(before, paused=True, cap=50)
        assert watches.change_watch(tx, "w1", channel=None, label="Espresso")
        assert watches.watch(tx, "w1") == replace(
            before, paused=True, cap=50, channel=None, label="Espresso"
        )
        assert not watches.change_watch(tx, "w2", paused=True)


def test_a_new_query_begins_anew(db: Database) -> None:
    """How far the old query was read says nothing about the new one; the same query goes on."""
    with db.write() as tx:
        watches.add_watch(tx, a_watch(seen_id="7"))
        watches.change_watch(tx, "w1", query="coffee -tea")
        assert (watches.watch(tx, "w1") or a_watch()).seen_id == "7"
        watches.change_watch(tx, "w1", query="espresso")
        assert watches.watch(tx, "w1") == a_watch(query="espresso")


def test_the_newest_seen_only_grows(db: Database) -> None:
    """A late poll with an older id takes nothing back; 100 is more than 99."""
    with db.write() as tx:
        watches.add_watch(tx, a_watch())
        for seen, kept in (("99", "99"), ("100", "100"), ("99", "100"), ("101", "101")):
            watches.saw(tx, "w1", seen_id=seen, at=NOW)
            assert (watches.watch(tx, "w1") or a_watch()).seen_id == kept
        watches.saw(tx, "gone", seen_id="1", at=NOW)


def test_reads_are_counted_for_each_watch_and_day(db: Database) -> None:
    """Also for a watch that was removed while its poll was on the way."""
    today = NOW.date()
    with db.write() as tx:
        watches.add_watch(tx, a_watch())
        watches.count_reads(tx, "w1", today, 30)
        watches.count_reads(tx, "w1", today, 12)
        watches.count_reads(tx, "w1", today + timedelta(days=1), 5)
        watches.count_reads(tx, "gone", today, 1)
        assert watches.reads_on(tx, "w1", today) == 42
        assert watches.reads_on(tx, "w1", today - timedelta(days=1)) == 0


def test_a_removed_watch_is_gone(db: Database) -> None:
    """Removing it twice says so."""
    with db.write() as tx:
        watches.add_watch(tx, a_watch())
        assert watches.remove_watch(tx, "w1")
        assert not watches.remove_watch(tx, "w1")
        assert watches.watches(tx) == []
