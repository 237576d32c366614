"""A morning after a storm: ten thousand mentions to draft, a hundred thousand open, fifty people."""

import random
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil

from bench.crowd import press_as_a_crowd
from bench.figure import BenchFigure, share
from bench.open_cards import catch, fill_channel
from bench.practice import practice_room
from bench.processes import greenroom
from bench.watching import cards
from commands.wiring.greenroom import Greenroom
from sandbox.room import PracticeRoom
from settings import read_settings
from storage.open import open_database
from storage.queue.enqueue import enqueue_suggestions
from tests.large_record import Record, write
from tests.stage import practice_settings
from tests.storm.storm import random_question

_MB = 1024 * 1024
_CROWD = 50
#: The most seconds that one of them looks at a card before the press.
_LOOKS = 2.0
_ACK_AIM, _MEMORY_AIM = 100.0, 200.0
#: So many days what is open came in; after fourteen it would expire.
_DAYS = 8
#: What Slack takes in one channel.
_A_SECOND = 1.0


def measure(*, quick: bool) -> Iterator[BenchFigure]:
    """Start on a full database, let fifty people press at once, and watch the queue drain."""
    waiting, stored, opened, seconds = (
        (1_000, 10_000, 300, 20.0) if quick else (10_000, 100_000, 1_000, 120.0)
    )
    with tempfile.TemporaryDirectory(prefix="greenroom-bench-") as name, practice_room() as room:
        folder = Path(name)
        _fill(room, folder, stored=stored, waiting=waiting)
        fill_channel(room, folder, opened)
        room.slack_message_rate = _A_SECOND
        before = {card.ts for card in cards(room)}
        with greenroom(room, folder, X_DAILY_BUDGET_USD="100") as running:
            memory = Memory(running.process)
            began = time.monotonic()
            ts = sorted(before)
            # The practice X makes eight pages of a hundred posts, in the process that measures.
            _wait_for_the_first_poll(room)
            # The first press asks Slack who may decide; a day has only a few such.
            first = press_as_a_crowd(room, ts[:2], 1, looks=0)
            together = press_as_a_crowd(room, ts[2 : 2 + _CROWD], _CROWD, looks=0)
            busy = press_as_a_crowd(room, ts[2 + _CROWD : opened], _CROWD, looks=_LOOKS)
            time.sleep(max(0.0, seconds - (time.monotonic() - began)))
            new = [card for card in cards(room) if card.ts not in before]
            drained = len(new) / (time.monotonic() - began)
            most = memory.close()
    yield BenchFigure("load", "the very first press", max(first), "ms")
    yield from _clicks("in one moment", together)
    yield from _clicks(f"each every {_LOOKS / 2:g} s", busy)
    yield from _figures(waiting, stored, running.seconds, most, drained, new)


def _wait_for_the_first_poll(room: PracticeRoom) -> None:
    """Return once X was asked for mentions, and not again for a second."""
    seen, since = 0, time.monotonic()
    while not seen or time.monotonic() - since < 1:
        asked = len(room.requests.of("x", "mentions"))
        if asked != seen:
            seen, since = asked, time.monotonic()
        time.sleep(0.05)


def _clicks(how: str, waits: list[float]) -> Iterator[BenchFigure]:
    who = f"{_CROWD} people {how}"
    yield BenchFigure(
        "load", f"{who}, median", share(waits, 0.5), "ms", None, f"{len(waits)} presses"
    )
    yield BenchFigure("load", f"{who}, 95th percentile", share(waits, 0.95), "ms", _ACK_AIM)


def _figures(
    waiting: int,
    stored: int,
    started: float,
    most: float,
    drained: float,
    new: Sequence[object],
) -> Iterator[BenchFigure]:
    name, note = "load", f"{waiting:,} mentions to draft, {stored:,} more open"
    yield BenchFigure(name, "from the process's start until it works", started, "s", None, note)
    yield BenchFigure(name, "resident memory, most", most / _MB, "MB", _MEMORY_AIM)
    yield BenchFigure(
        name,
        "cards posted each second",
        drained,
        "",
        None,
        f"{len(new)}; Slack takes {_A_SECOND:g}",
    )


def _fill(practice: PracticeRoom, folder: Path, *, stored: int, waiting: int) -> None:
    """Store what was, and what is still to be drafted and shown."""
    url = practice_settings(practice, folder)["DATABASE_URL"]
    now = datetime.now(UTC)
    db = open_database(url)
    write(
        db,
        url,
        Record(stored, stored // 10, now - timedelta(days=3), days=_DAYS, states=("waiting",)),
    )
    db.close()
    greenroom = Greenroom(read_settings(practice_settings(practice, folder)))
    dice = random.Random(1)
    try:
        room = greenroom.open()
        for first in range(0, waiting, 500):
            with room.db.write() as tx:
                for number in range(first, min(first + 500, waiting)):
                    at = now - timedelta(seconds=2 * number + 60)
                    mention_id = catch(tx, practice, f"crowd{number}", random_question(dice), at)
                    enqueue_suggestions(tx, mention_id, at=at)
    finally:
        greenroom.stop()


class Memory:
    """Watches how much memory a process takes at most."""

    def __init__(self, process: psutil.Popen) -> None:
        self._process = process
        self._most = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def close(self) -> float:
        """Stop watching; return the most bytes that were resident."""
        self._over.set()
        self._thread.join(5)
        return float(self._most)

    def _watch(self) -> None:
        while not self._over.wait(0.2):
            self._most = max(self._most, self._process.memory_info().rss)
