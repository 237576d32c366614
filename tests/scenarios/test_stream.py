"""Keyword posts arrive over X's stream at once, and polling catches what the stream does not."""

import threading
from typing import Any

import pytest

from domain import MentionKind, Watch
from storage import ledger, stream_hold, watches
from storage.due_work import ask_listening
from tests.stage import Stage, quick, shown, until
from tests.team import room_of

HOURLY = "3600"


def open_streaming(stage: Stage, **environment: str) -> None:
    """Start a Greenroom with the stream on and polls so seldom that they bring nothing."""
    stage.open(
        **{
            "X_STREAM": "on",
            "X_BEARER_TOKEN": stage.room.x_bearer_token,
            "X_WATCHES": "oat = oat milk",
            "POLL_SECONDS": HOURLY,
            **environment,
        }
    )


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
