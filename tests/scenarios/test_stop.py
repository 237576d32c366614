"""Asked to stop, Greenroom finishes what it sends, lets go of its work, and ends within seconds."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.stage import Stage, until
from tests.storm.process import Process, environment

#: What a platform gives a process before it kills it is ten seconds (Docker) to thirty (Heroku).
#: Greenroom's own waits add up to eight; the rest is for a machine that is busy.
_PATIENCE = 25.0


@contextmanager
def running(stage: Stage, **settings: str) -> Iterator[Process]:
    """Run Greenroom as a process of its own."""
    with (stage.folder / "greenroom.log").open("ab") as log:
        process = Process(environment(stage, **settings), log)
        assert process.wait_until_ready()
        try:
            yield process
        finally:
            if process.ended() is None:
                process.kill()


def asked(stage: Stage, where: str) -> bool:
    """Whether a card was asked for."""
    call = "chat.postMessage" if where == "slack" else "completions"
    return any(r["where"] == where and call in r["path"] for r in stage.get("requests"))


def stopped(process: Process) -> None:
    """Ask it to stop; it must end by itself, soon, and say that all was well."""
    began = time.monotonic()
    assert process.stop()
    assert process.ended() == 0
    assert time.monotonic() - began < _PATIENCE


@pytest.mark.parametrize("what", ["slow", "posted_but_lost"])
def test_a_reply_on_its_way_is_finished_once(empty_stage: Stage, what: str) -> None:
    """X takes its time with the answer, or loses it: there is one reply, and the card says so."""
    stage = empty_stage
    with running(stage, UNDO_SECONDS="0") as process:
        post = stage.mention()
        card = stage.card_with(post, "Approve")
        stage.do("trouble", where="x", what=what, times=1, seconds=1, on="post")
        stage.press(card, "Approve")
        until(lambda: stage.calls("x", "post"), "it is being sent")
        stopped(process)
    with running(stage) as again:
        stage.card_with(post, "Answered by")
        assert len(stage.replies_to(post)) == 1
        stopped(again)


@pytest.mark.slow
@pytest.mark.parametrize(("where", "what"), [("model", "timeout"), ("slack", "timeout")])
def test_a_service_that_hangs_does_not_hold_up_the_stop(
    empty_stage: Stage, where: str, what: str
) -> None:
    """What hung is let go and done by the next start."""
    stage = empty_stage
    model = {"OPENAI_API_KEY": "sk-practice", "OPENAI_BASE_URL": stage.room.model_url}
    with running(stage, **model) as process:
        stage.do("trouble", where=where, what=what, times=20, seconds=25)
        post = stage.mention()
        until(lambda: asked(stage, where), f"{where} was asked")
        stopped(process)
    stage.forget_trouble()
    with running(stage, **model) as again:
        stage.card_with(post, "Approve")
        stopped(again)


def test_with_nothing_to_do_it_ends_at_once(empty_stage: Stage) -> None:
    """Nobody waits for an idle Greenroom."""
    with running(empty_stage) as process:
        stopped(process)
