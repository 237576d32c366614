"""What the stream is to bring: rules in step with watches, caps, budget and pauses."""

from datetime import UTC, datetime, timedelta

from domain import JobKind
from jobs.network.budget import next_utc_day
from storage.posts import watches
from storage.queue.enqueue import enqueue
from tests.moved_clock import MovedDatabase, open_at
from tests.stage import Stage, until
from tests.streaming import (
    a_watch,
    change_rules,
    covered,
    keyword_watches,
    open_streaming,
    rules,
    spend,
    streaming,
    streaming_environment,
    told,
)
from tests.team import room_of, set_team


def test_rules_follow_the_watches_and_leave_others_alone(empty_stage: Stage) -> None:
    """Added, changed, paused, removed: X's rules are in step; another program's rule stays."""
    stage = empty_stage
    change_rules(stage, add=[{"value": "somebody else", "tag": "theirs"}])
    open_streaming(stage)
    streaming(stage, "oat")
    theirs = {"theirs": "somebody else"}
    (oat,) = keyword_watches(stage)
    tag = f"greenroom:{stage.room.x.account.id}:"
    ours = rules(stage)
    assert ours.pop("theirs") == "somebody else"
    assert list(ours) == [tag + oat.id]
    assert ours[tag + oat.id].startswith("(oat milk) -is:retweet")
    room = room_of(stage)
    with room.db.write() as tx:
        watches.add_watch(tx, a_watch("w-rye", "rye", "rye bread"))
        enqueue(tx, JobKind.LISTEN, "w-rye", at=room.now())
        watches.change_watch(tx, oat.id, query="barley milk")
    streaming(stage, "oat", "rye")
    until(lambda: "barley" in rules(stage).get(tag + oat.id, ""), "the new query stands at X")
    stage.card_with(stage.post("ruth", "rye bread on Sundays?"), "rye bread")
    stage.card_with(stage.post("sam", "barley milk, anyone?"), "barley milk")
    unwanted = stage.post("tess", "oat milk is not asked for any more")
    with room.db.write() as tx:
        watches.change_watch(tx, "w-rye", paused=True)
        watches.remove_watch(tx, oat.id)
    until(lambda: rules(stage) == theirs, "only the other program's rule is left")
    until(lambda: not covered(stage), "nothing is left to listen to")
    assert stage.card(unwanted) is None


def test_two_watches_with_one_query_share_a_rule(empty_stage: Stage) -> None:
    """X knows a query once; a rule of somebody else's with the same query serves as well."""
    stage = empty_stage
    query = f"(oat milk) -is:retweet -from:{stage.room.account.removeprefix('@')}"
    change_rules(stage, add=[{"value": query, "tag": "theirs"}])
    open_streaming(stage, X_WATCHES="oat = oat milk; again = oat milk")
    streaming(stage, "again", "oat")
    assert rules(stage) == {"theirs": query}
    stage.card_with(stage.post("ruth", "oat milk for two?"), "for two")


def test_a_query_that_the_stream_does_not_take_is_polled(empty_stage: Stage) -> None:
    """The other watches' posts arrive over the stream; X is asked about it once."""
    stage = empty_stage
    open_streaming(stage, X_WATCHES="oat = oat milk; hidden = -coffee", POLL_SECONDS="0.3")
    streaming(stage, "oat")
    adds = [c for c in stage.calls("x", "rules") if c["method"] == "POST"]
    stage.card_with(stage.post("ruth", "oat milk by itself?"), "by itself")
    assert [c for c in stage.calls("x", "rules") if c["method"] == "POST"] == adds


def test_at_the_budgets_end_the_line_is_cut_until_midnight(empty_stage: Stage) -> None:
    """What arrived is caught and paid; then X is read no more until the next UTC day."""
    stage = empty_stage
    # 30 cents of it are for keywords: the post that is to come costs the last of them.
    environment = {**streaming_environment(stage), "X_DAILY_BUDGET_USD": "0.50"}
    clock = open_at(stage, datetime.now(UTC), **environment).room.db
    assert isinstance(clock, MovedDatabase)
    streaming(stage, "oat")
    spend(stage, 286_000)
    stage.card_with(stage.post("ruth", "the last oat milk today?"), "the last")
    until(lambda: told(stage, "budget for X is used up for keyword watches."), "the end is told")
    until(lambda: not covered(stage), "the line is cut")
    until(lambda: rules(stage) == {}, "no rule of ours is left")
    assert len(told(stage, "budget for X is used up for keyword watches.")) == 1
    calls = len(stage.calls("x", "stream"))
    beyond = stage.post("uma", "oat milk tomorrow?")
    now = datetime.now(UTC)
    clock.set_clock(ahead=next_utc_day(now) - now + timedelta(seconds=1))
    stage.card_with(beyond, "tomorrow")
    streaming(stage, "oat")
    assert len(stage.calls("x", "stream")) == calls + 1


def test_a_watch_that_read_its_cap_leaves_the_stream(empty_stage: Stage) -> None:
    """The other watches go on."""
    stage = empty_stage
    open_streaming(stage, X_WATCHES="oat = oat milk; rye = rye bread")
    streaming(stage, "oat", "rye")
    oat = next(w for w in keyword_watches(stage) if w.label == "oat")
    with room_of(stage).db.write() as tx:
        watches.change_watch(tx, oat.id, cap=1)
    stage.card_with(stage.post("ruth", "the last oat milk today?"), "the last")
    until(lambda: covered(stage) == {"rye"}, "only the other watch is left")
    until(lambda: told(stage, "read its 1 posts for today"), "it is told")
    stage.card_with(stage.post("sam", "rye bread goes on?"), "goes on")


def test_a_pause_rests_the_stream_too(empty_stage: Stage) -> None:
    """Nothing is read while a member's pause lasts; afterwards the gap is searched."""
    stage = empty_stage
    open_streaming(stage)
    streaming(stage, "oat")
    set_team(stage, paused_by="Maya")
    until(lambda: not covered(stage), "the line is cut")
    post = stage.post("ruth", "oat milk meanwhile?")
    set_team(stage, paused_by=None)
    stage.card_with(post, "meanwhile")
