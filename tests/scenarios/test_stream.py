"""Keyword posts arrive over X's stream at once, and polling catches what the stream does not."""

import threading
import time
from dataclasses import replace
from datetime import timedelta

from commands.wiring.clients import stream_door
from domain import MentionKind
from jobs.gauges import readings
from jobs.listening.stream import Streaming
from storage.money import ledger
from storage.posts import stream_hold, watches
from storage.slack import notices
from tests.stage import QUICK, Stage, quick, shown, until
from tests.streaming import covered, keyword_watches, open_streaming, polled_since, streaming, told
from tests.team import room_of


def test_a_keyword_post_reaches_its_card_over_the_stream(empty_stage: Stage) -> None:
    """Polls are an hour apart: it came over the stream, and was paid once, beside our own profile."""
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
        assert ledger.spent(tx, "x", room.now().date()) == 25_000


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
        assert time.monotonic() - began < QUICK.stream.silence.total_seconds() / 2
        until(lambda: len(stage.calls("x", "stream")) >= 2, "the other one opens its line")
        streaming(stage, "oat")
        stage.card_with(stage.post("sam", "oat milk from the next?"), "from the next")
    finally:
        other.stop()
    assert not [t.name for t in threading.enumerate() if t.name.startswith("stream-")]


def test_what_the_stream_brings_unreadable_is_searched_for_until_it_is_whole(
    empty_stage: Stage,
) -> None:
    """The stream brings it no second time, and what covers a watch else is a quarter of an hour away."""
    stage = empty_stage
    open_streaming(stage, POLL_SECONDS="0.3")
    streaming(stage, "oat")
    stage.do("lacking", fields=["author_id"])
    post = stage.post("ruth", "who in town has oat milk?")
    until(lambda: told(stage, "cannot be read"), "it is told")
    searches = len(stage.calls("x", "search"))
    until(lambda: polled_since(stage, searches + 2), "it is searched for again")
    stage.do("lacking", fields=[])
    stage.card_with(post, "oat milk")
    until(lambda: told(stage, "can be read again"), "it is told")
