"""Keyword posts arrive over X's stream at once, and polling catches what the stream does not."""

import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import requests

from commands.wiring import stream_door
from domain import MentionKind, Watch
from storage import ledger, notices, stream_hold, watches
from storage.due_work import ask_listening
from tests.moved_clock import MovedDatabase, open_at
from tests.stage import QUICK, Stage, quick, shown, until
from tests.team import room_of, set_team
from work.money import next_utc_day
from work.readings import readings
from work.stream import Streaming
from work.timings import Timings

HOURLY = "3600"


def streaming_environment(stage: Stage) -> dict[str, str]:
    return {
        "X_STREAM": "on",
        "X_BEARER_TOKEN": stage.room.x_bearer_token,
        "X_WATCHES": "oat = oat milk",
        "POLL_SECONDS": HOURLY,
    }


def open_streaming(stage: Stage, timings: Timings = QUICK, **environment: str) -> None:
    """Start a Greenroom with the stream on and polls so seldom that they bring nothing."""
    stage.open(timings, **{**streaming_environment(stage), **environment})


def covered(stage: Stage) -> set[str]:
    """Return the labels of the watches that the stream brings posts for now."""
    room = room_of(stage)
    with room.db.read() as tx:
        ids = stream_hold.covered(tx, room.now())
        return {watch.label for watch in watches.watches(tx) if watch.id in ids}


def polled_since(stage: Stage, calls: int) -> bool:
    return len(stage.calls("x", "search")) > calls


def streaming(stage: Stage, *labels: str) -> None:
    """Wait until the stream brings exactly these watches' posts and the gap is searched."""
    until(lambda: covered(stage) == set(labels), f"the stream covers {labels}")
    until(lambda: not busy(stage), "what was missed is searched for")


def busy(stage: Stage) -> bool:
    """Tell whether a poll is due or running."""
    room = room_of(stage)
    with room.db.read() as tx:
        row = tx.one(
            "SELECT COUNT(*) AS n FROM jobs WHERE kind = 'listen'"
            " AND (due_at <= :now OR lease_owner IS NOT NULL)",
            {"now": room.now()},
        )
    return bool(row and row["n"])


def keyword_watches(stage: Stage) -> list[Watch]:
    with room_of(stage).db.read() as tx:
        return [w for w in watches.watches(tx) if w.kind is MentionKind.KEYWORD]


def a_watch(watch_id: str, label: str, query: str) -> Watch:
    return Watch(id=watch_id, kind=MentionKind.KEYWORD, label=label, query=query)


def at_rules(stage: Stage, **body: Any) -> dict[str, Any]:
    """Ask X about the app's rules, as any other program does."""
    answer = requests.request(
        "POST" if body else "GET",
        f"{stage.room.x_url}/2/tweets/search/stream/rules",
        headers={"Authorization": f"Bearer {stage.room.x_bearer_token}"},
        json=body or None,
        timeout=5,
    )
    return dict(answer.json())


def rules(stage: Stage) -> dict[str, str]:
    """Return the rules that stand at X, query by tag."""
    return {rule["tag"]: rule["value"] for rule in at_rules(stage).get("data", [])}


def change_rules(stage: Stage, **body: Any) -> None:
    assert "errors" not in at_rules(stage, **body)


def spend(stage: Stage, micro: int) -> None:
    """Write into the ledger what something else cost today."""
    room = room_of(stage)
    with room.db.write() as tx:
        ledger.note_cost(
            tx,
            service="x",
            kind="post",
            purpose="test",
            units=1,
            micro_dollars=micro,
            at=room.now(),
        )


def told(stage: Stage, words: str) -> list[str]:
    return [m["text"] for m in stage.messages() if words in m["text"]]


def test_a_keyword_post_reaches_its_card_over_the_stream(empty_stage: Stage) -> None:
    """Polls are an hour apart: what the card shows came over the stream, and was paid once."""
    stage = empty_stage
    open_streaming(stage)
    streaming(stage, "oat")
    searches = len(stage.calls("x", "search"))
    post = stage.post("ruth", "who in town has oat milk?")
    stage.card_with(post, "oat milk")
    assert len(stage.calls("x", "search")) == searches
    room = room_of(stage)
    standing = {name: dict(values) for name, _, _, values in readings(room)}
    assert standing["greenroom_stream_watches"] == {"": 1.0}
    with room.db.read() as tx:
        (watch,) = [w for w in watches.watches(tx) if w.kind is MentionKind.KEYWORD]
        assert watches.reads_on(tx, watch.id, room.now().date()) == 1
        assert ledger.spent(tx, "x", room.now().date()) == 15_000


def test_what_came_while_the_line_was_cut_is_found(empty_stage: Stage) -> None:
    """After the next connection one search refills the gap; nothing comes twice."""
    stage = empty_stage
    open_streaming(stage)
    streaming(stage, "oat")
    before = stage.post("ruth", "oat milk before the cut?")
    stage.card_with(before, "before")
    stage.trouble("x", "503", times=3, on="stream")
    stage.trouble("x", "disconnect")
    until(lambda: not covered(stage), "the line is cut")
    missed = stage.post("sam", "oat milk in the gap?")
    stage.card_with(missed, "in the gap")
    streaming(stage, "oat")
    after = stage.post("tess", "oat milk after the gap?")
    stage.card_with(after, "after")
    cards = [m for m in stage.messages() if "oat milk" in shown(m) and not m["thread_ts"]]
    assert len(cards) == 3


def test_polling_is_as_usual_while_the_stream_is_down(empty_stage: Stage) -> None:
    """A stream that does not come back delays nothing beyond the usual poll."""
    stage = empty_stage
    open_streaming(stage, POLL_SECONDS="0.3")
    streaming(stage, "oat")
    searches = len(stage.calls("x", "search"))
    stage.card_with(stage.post("ruth", "oat milk over the stream?"), "over the stream")
    assert len(stage.calls("x", "search")) == searches
    stage.trouble("x", "503", times=500, on="stream")
    stage.trouble("x", "disconnect")
    until(lambda: not covered(stage), "the line is cut")
    stage.card_with(stage.post("sam", "oat milk by a poll?"), "by a poll")
    until(lambda: polled_since(stage, searches + 2), "polls come as usual")


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
        ask_listening(tx, "w-rye", at=room.now())
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


def test_a_refusal_falls_back_to_polling_and_is_told_once(empty_stage: Stage) -> None:
    """One try, one sentence; polls bring the posts; a start without the stream forgets it."""
    stage = empty_stage
    stage.trouble("x", "403_not_enrolled", times=50, on="stream")
    open_streaming(stage, POLL_SECONDS="0.3")
    until(lambda: told(stage, "X refused its stream"), "the channel is told")
    searches = len(stage.calls("x", "search"))
    stage.card_with(stage.post("ruth", "oat milk by a poll?"), "by a poll")
    until(lambda: polled_since(stage, searches + 2), "polls go on")
    assert len(stage.calls("x", "stream")) == 1
    assert len(told(stage, "X refused its stream")) == 1
    assert covered(stage) == set()
    assert stage.greenroom is not None
    stage.greenroom.stop()
    stage.open()
    with room_of(stage).db.read() as tx:
        assert [n.key for n in notices.active_notices(tx)] == []


def test_at_the_budgets_end_the_line_is_cut_until_midnight(empty_stage: Stage) -> None:
    """What arrived is caught and paid; then X is read no more until the next UTC day."""
    stage = empty_stage
    environment = {**streaming_environment(stage), "X_DAILY_BUDGET_USD": "0.05"}
    clock = open_at(stage, datetime.now(UTC), **environment).room.db
    assert isinstance(clock, MovedDatabase)
    streaming(stage, "oat")
    spend(stage, 30_000)
    stage.card_with(stage.post("ruth", "the last oat milk today?"), "the last")
    until(lambda: told(stage, "Today's budget for X is used up."), "the end is told")
    until(lambda: not covered(stage), "the line is cut")
    until(lambda: rules(stage) == {}, "no rule of ours is left")
    calls = len(stage.calls("x", "stream"))
    beyond = stage.post("uma", "oat milk tomorrow?")
    now = datetime.now(UTC)
    clock.set_clock(ahead=next_utc_day(now) - now + timedelta(seconds=1))
    stage.card_with(beyond, "tomorrow")
    streaming(stage, "oat")
    assert len(stage.calls("x", "stream")) == calls + 1
    assert len(told(stage, "Today's budget for X is used up.")) == 1


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


def test_a_silent_line_is_opened_anew(empty_stage: Stage) -> None:
    """No blank line, no post: the line counts as dead, and the gap is searched."""
    stage = empty_stage
    silent = replace(QUICK.stream, silence=timedelta(seconds=0.6))
    open_streaming(stage, timings=quick(stream=silent))
    until(lambda: len(stage.calls("x", "stream")) >= 3, "the line is opened again and again")
    stage.card_with(stage.post("ruth", "oat milk all the same?"), "all the same")


def test_after_a_kill_the_stream_is_taken_at_once(empty_stage: Stage) -> None:
    """On SQLite no other process can have it: what a killed one left behind counts for nothing."""
    stage = empty_stage
    patient = quick(stream=replace(QUICK.stream, lease=timedelta(minutes=1)))
    open_streaming(stage, timings=patient)
    streaming(stage, "oat")
    room = room_of(stage)
    (oat,) = keyword_watches(stage)
    assert stage.greenroom is not None
    assert stage.greenroom._streaming is not None
    stage.greenroom._streaming.stop()
    with room.db.write() as tx:
        stream_hold.take(tx, "killed", now=room.now(), lease=timedelta(minutes=1))
        stream_hold.cover(tx, "killed", [oat.id])
    stage.greenroom.stop()
    calls = len(stage.calls("x", "stream"))
    open_streaming(stage, timings=patient)
    until(lambda: len(stage.calls("x", "stream")) > calls, "a line is opened")
    streaming(stage, "oat")
    stage.card_with(stage.post("ruth", "oat milk after the kill?"), "after the kill")


def test_a_full_disk_takes_nothing_from_what_the_stream_brought(empty_stage: Stage) -> None:
    """A post that could not be stored is found by the search that follows the next connection."""
    stage = empty_stage
    open_streaming(stage)
    streaming(stage, "oat")
    room = room_of(stage)
    with room.db.write() as tx:
        tx.execute(
            "CREATE TRIGGER full BEFORE INSERT ON mentions"
            " BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
        )
    post = stage.post("ruth", "oat milk on a full disk?")
    until(lambda: not covered(stage), "the line is cut")
    with room.db.write() as tx:
        tx.execute("DROP TRIGGER full")
    stage.card_with(post, "on a full disk")


def test_one_process_holds_the_stream_and_the_next_takes_over(empty_stage: Stage) -> None:
    """X allows one connection: the other waits, and opens its own when the first has stopped."""
    stage = empty_stage
    open_streaming(stage)
    streaming(stage, "oat")
    greenroom = stage.greenroom
    assert greenroom is not None
    door = stream_door(greenroom._settings, QUICK, greenroom.room.x)
    assert door is not None
    assert greenroom._streaming is not None
    other = Streaming(greenroom.room, door)
    other.start()
    try:
        stage.card_with(stage.post("ruth", "oat milk from the first?"), "from the first")
        assert len(stage.calls("x", "stream")) == 1
        began = time.monotonic()
        greenroom._streaming.stop()
        assert time.monotonic() - began < 2
        until(lambda: len(stage.calls("x", "stream")) >= 2, "the other one opens its line")
        streaming(stage, "oat")
        stage.card_with(stage.post("sam", "oat milk from the next?"), "from the next")
    finally:
        other.stop()
    assert not [t.name for t in threading.enumerate() if t.name.startswith("stream-")]
