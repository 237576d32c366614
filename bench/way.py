"""What a card costs of our own processor time, from X to Slack, with services that answer at once."""

import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.figure import BenchFigure
from bench.practice import practice_room
from bench.processes import cpu_seconds, greenroom
from bench.watching import cards, wait_for_cards, wait_for_first_poll
from sandbox.room import PracticeRoom
from tests.storm.storm import random_question

_AIM = 10.0
_TOGETHER = 30
_EAGER = {"POLL_SECONDS": "1", "X_DAILY_BUDGET_USD": "100", "MODEL_DAILY_BUDGET_USD": "100"}


def measure(*, quick: bool) -> Iterator[BenchFigure]:
    """Let posts come in rounds of thirty, without a model and with one."""
    rounds = 1 if quick else 5
    for what in ("no model", "with a model"):
        with (
            tempfile.TemporaryDirectory(prefix="greenroom-bench-") as name,
            practice_room() as room,
        ):
            model = {"OPENAI_API_KEY": "practice", "OPENAI_BASE_URL": room.model_url}
            settings = _EAGER | (model if what == "with a model" else {})
            with greenroom(room, Path(name), **settings) as running:
                wait_for_first_poll(room)
                # The first mention imports what is imported when it is first needed.
                _cards(room, 1)
                taken = []
                for _ in range(rounds):
                    before, began = cpu_seconds(running.process), time.monotonic()
                    _cards(room, _TOGETHER)
                    passed = time.monotonic() - began
                    taken.append((cpu_seconds(running.process) - before, passed))
        own, whole = (
            1000 * statistics.median(each) / _TOGETHER for each in zip(*taken, strict=True)
        )
        note = f"{whole:.0f} ms a card from the post to Slack, {_TOGETHER} together"
        yield BenchFigure("way", f"a card's own processor time, {what}", own, "ms", _AIM, note)


def _cards(room: PracticeRoom, count: int) -> None:
    """Make posts at X; return when their cards stand."""
    before = len(cards(room))
    room.model.clear()
    room.model.queue([_model_answer(before + n) for n in range(count)])
    for number in range(before, before + count):
        words = random_question(random.Random(number))
        room.x.add_post(f"guest{number}", f"{room.account} {words}")
    wait_for_cards(room, before + count)


def _model_answer(number: int) -> dict[str, Any]:
    suggestions = [
        {"move": f"answer {hour}", "text": f"We open at {hour} on Sunday, table {number} is free"}
        for hour in (8, 9, 10)
    ]
    return {"suggestions": suggestions, "better_not_to_reply": False, "reason": ""}
