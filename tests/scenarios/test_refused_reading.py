"""X refuses a reading: what is about the account, the app or the way pauses no watch."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from domain import MentionKind, Watch
from storage.db import key_values
from storage.db.database import Transaction
from storage.open import open_database
from storage.posts import watches
from storage.slack import notices
from tests.stage import Stage, until
from tests.streaming import open_streaming, rules, streaming, told
from tests.team import room_of

TWO = "oat = oat milk; rye = rye bread"
ABOUT_THE_ACCOUNT = [
    "403_suspended",
    "403_locked",
    "403_app",
    "403_level",
    "403_daily",
    "403_not_permitted",
]
ABOUT_THE_WAY = ["403_page", "404"]
ABOUT_TIMES = ["400_start_time", "400_end_time", "400_since_id"]


def keyword_watches(stage: Stage) -> list[Watch]:
    with room_of(stage).db.read() as tx:
        return [w for w in watches.watches(tx) if w.kind is MentionKind.KEYWORD]


def paused(stage: Stage) -> list[str]:
    return [watch.label for watch in keyword_watches(stage) if watch.paused]


@contextmanager
def stopped(stage: Stage) -> Iterator[Transaction]:
    """Stop Greenroom and change its record."""
    assert stage.greenroom is not None
    stage.greenroom.stop()
    db = open_database(f"sqlite:///{stage.folder / 'stage.db'}")
    try:
        with db.write() as tx:
            yield tx
    finally:
        db.close()


def active(stage: Stage) -> list[str]:
    with room_of(stage).db.read() as tx:
        return [notice.key for notice in notices.active_notices(tx)]


@pytest.mark.parametrize("what", [*ABOUT_THE_ACCOUNT, *ABOUT_THE_WAY])
def test_what_is_about_the_account_or_the_way_pauses_no_watch(
    empty_stage: Stage, what: str
) -> None:
    """Both watches wait it out; it is told once, and once when both listen again."""
    stage = empty_stage
    stage.trouble("x", what, times=4, on="search")
    stage.open(X_WATCHES=TWO)
    until(lambda: told(stage, "answers again"), "it is over")
    assert paused(stage) == []
    assert active(stage) == []
    assert told(stage, "does not take the query") == []
    begun = (
        told(stage, "X has")
        + told(stage, "X does not")
        + told(stage, "X's")
        + told(stage, "X says")
    )
    begun += told(stage, "Something on the way") + told(stage, "X refuses")
    assert len(set(begun)) == 1, begun
    assert len(told(stage, "answers again")) == 1
    stage.card_with(stage.post("ruth", "oat milk, anyone?"), "oat milk")
    stage.card_with(stage.post("sam", "rye bread, anyone?"), "rye bread")


@pytest.mark.parametrize("what", ABOUT_TIMES)
def test_what_is_about_times_pauses_no_watch(empty_stage: Stage, what: str) -> None:
    """The second try and the next poll bring the posts."""
    stage = empty_stage
    stage.trouble("x", what, times=5, on="search")
    stage.open(X_WATCHES=TWO)
    stage.card_with(stage.post("ruth", "oat milk, anyone?"), "oat milk", seconds=30)
    stage.card_with(stage.post("sam", "rye bread, anyone?"), "rye bread", seconds=30)
    assert paused(stage) == []


def test_only_the_watch_whose_query_is_named_is_paused(empty_stage: Stage) -> None:
    """The other one goes on, and nobody says that all listen again."""
    stage = empty_stage
    stage.open(X_WATCHES="oat = oat milk; bad = (rye bread")
    until(lambda: told(stage, "does not take the query of the watch “bad”"), "it is told")
    stage.card_with(stage.post("ruth", "oat milk, anyone?"), "oat milk")
    assert paused(stage) == ["bad"]
    assert told(stage, "answers again") == []


def test_the_mentions_watch_waits_out_the_same(empty_stage: Stage) -> None:
    """A mention that came meanwhile is caught; the words are the account's, no query's."""
    stage = empty_stage
    stage.trouble("x", "403_locked", times=3, on="mentions")
    stage.open()
    until(lambda: told(stage, "X has locked the account"), "it is told")
    stage.card_with(stage.mention(), "Approve")
    until(lambda: told(stage, "answers again"), "it is over")
    assert len(told(stage, "X has locked the account")) == 1


def test_it_is_not_over_while_another_watch_is_held_up(empty_stage: Stage) -> None:
    """Mentions work all the time; “listening again” waits for the search. A removed watch does not."""
    stage = empty_stage
    stage.trouble("x", "403_suspended", times=1000, on="search")
    stage.open(X_WATCHES="oat = oat milk")
    until(lambda: told(stage, "X has suspended"), "it is told")
    stage.card_with(stage.mention(), "Approve")
    assert told(stage, "answers again") == []
    (oat,) = (watch.id for watch in keyword_watches(stage))
    with room_of(stage).db.write() as tx:
        watches.remove_watch(tx, oat)
    until(lambda: told(stage, "answers again"), "nothing is held up any more")


@pytest.mark.parametrize("slow", [4, -4, 55])
def test_a_clock_that_is_off_pauses_no_watch(empty_stage: Stage, slow: int) -> None:
    """Seven days back by X's clock, whatever this machine's clock says."""
    stage = empty_stage
    off = timedelta(minutes=slow)
    stage.room.x.clock = lambda: datetime.now(UTC) + off
    stage.open(FIRST_LOOK_BACK_HOURS="168", X_WATCHES=TWO)
    stage.card_with(stage.post("ruth", "oat milk, anyone?"), "oat milk")
    assert paused(stage) == []
    assert told(stage, "X does not take") == []
    assert all(call["status"] == 200 for call in stage.calls("x", "search"))


def test_a_watch_that_was_down_for_weeks_still_searches(empty_stage: Stage) -> None:
    """Its last id is older than what X searches, and so is the beginning of its gap."""
    stage = empty_stage
    stage.open(X_WATCHES=TWO)
    until(lambda: all(w.seen_id for w in keyword_watches(stage)), "both have looked once")
    with stopped(stage) as tx:
        tx.execute("UPDATE watches SET seen_id = '1234567890123456789'")
        for watch in watches.watches(tx):
            key_values.set_value(tx, f"gap:{watch.id}", "1234567890123456789:9034567890123456789")
    stage.open(X_WATCHES=TWO)
    stage.card_with(stage.post("ruth", "oat milk, anyone?"), "oat milk")
    assert paused(stage) == []


def test_what_an_earlier_edition_paused_is_asked_again_once(empty_stage: Stage) -> None:
    """X takes one of the queries: it goes on. The other is paused again; a member's pause stays."""
    stage = empty_stage
    three = "oat = oat milk; bad = (rye bread; tea = tea"
    stage.open(X_WATCHES=three)
    until(lambda: paused(stage) == ["bad"], "the bad one is paused")
    with stopped(stage) as tx:
        # As the edition before left it: no mark, a notice for each that X's refusal paused.
        tx.execute("DELETE FROM marks WHERE name = 'paused_watches_asked_again'")
        for watch in watches.watches(tx):
            if watch.kind is MentionKind.KEYWORD:
                watches.change_watch(tx, watch.id, paused=True)
            if watch.label == "oat":
                sentence = "X does not take the query. X says: Your account is suspended."
                notices.raise_notice(
                    tx, f"watch:{watch.id}", sentence=sentence, at=datetime.now(UTC)
                )
    stage.open(X_WATCHES=three)
    stage.card_with(stage.post("ruth", "oat milk, anyone?"), "oat milk")
    until(lambda: paused(stage) == ["bad", "tea"], "the others are paused")
    until(lambda: told(stage, "The watch “oat” is listening again"), "it is told")
    assert len(told(stage, "does not take the query of the watch “bad”")) == 1
    oat = next(w.id for w in keyword_watches(stage) if w.label == "oat")
    with stopped(stage) as tx:
        watches.change_watch(tx, oat, paused=True)
    stage.open(X_WATCHES=three)
    assert len(told(stage, "An earlier edition paused")) == 1


@pytest.mark.parametrize("what", ["403_suspended", "403_page"])
@pytest.mark.parametrize("on", ["rules", "stream"])
def test_the_stream_waits_it_out_too(empty_stage: Stage, what: str, on: str) -> None:
    """No start is needed: it opens when X lets it, and no query counts as bad."""
    stage = empty_stage
    stage.trouble("x", what, times=2, on=on)
    open_streaming(stage, POLL_SECONDS="0.3", X_WATCHES=TWO)
    until(lambda: told(stage, "X's stream is held up"), "it is told")
    streaming(stage, "oat", "rye")
    assert len(rules(stage)) == 2
    until(lambda: told(stage, "X's stream is open"), "it is over")
    assert len(told(stage, "X's stream is held up")) == 1


@pytest.mark.parametrize("what", ["403_suspended", "404", "400_start_time"])
def test_a_trial_that_x_cannot_make_blames_no_query(empty_stage: Stage, what: str) -> None:
    """The choice stays with the person."""
    stage = empty_stage
    stage.open()
    stage.trouble("x", what, times=2, on="search")
    stage.do("command", command="/greenroom", text="watch try oat milk", member=stage.maya)
    until(lambda: "could not try it" in "".join(stage.whispers(stage.maya)), "it says so")
    assert "does not take this query" not in "".join(stage.whispers(stage.maya))
