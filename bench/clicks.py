"""How soon a click on Approve is acknowledged while a thousand cards are open."""

import itertools
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.crowd import press_as_a_crowd
from bench.figure import Figure, share
from bench.open_cards import fill_channel
from bench.practice import practice_room
from bench.processes import bare_bolt, greenroom
from bench.watching import cards, wait_for_quiet
from sandbox.room import PracticeRoom

_AIM = 100.0
_CROWD = 20


def measure(*, quick: bool) -> Iterator[Figure]:
    """Press by one person after another, then by twenty at once, and the same on bare Bolt."""
    open_cards, clicks, alone = (200, 60, 20) if quick else (1000, 200, 50)
    with tempfile.TemporaryDirectory(prefix="greenroom-bench-") as name, practice_room() as room:
        folder = Path(name)
        fill_channel(room, folder, open_cards)
        ts = iter([card.ts for card in cards(room)])
        with greenroom(room, folder):
            wait_for_quiet(room)
            # The first click asks Slack who may decide; a day has only a few such.
            press(room, list(itertools.islice(ts, 2)))
            single = press(room, list(itertools.islice(ts, alone)))
            crowd = press_as_a_crowd(room, list(itertools.islice(ts, clicks)), _CROWD, looks=0)
        with bare_bolt(room, folder):
            bare = press_as_a_crowd(room, list(itertools.islice(ts, clicks)), _CROWD, looks=0)
    note = f"{clicks} clicks, {open_cards} cards open"
    name = "clicks"
    yield Figure(name, "one at a time, median", statistics.median(single), "ms")
    yield Figure(name, "one at a time, 95th percentile", share(single, 0.95), "ms", _AIM)
    yield Figure(name, f"{_CROWD} at once, median", statistics.median(crowd), "ms", None, note)
    yield Figure(name, f"{_CROWD} at once, 95th percentile", share(crowd, 0.95), "ms", _AIM)
    yield Figure(name, f"{_CROWD} at once, slowest", max(crowd), "ms")
    yield Figure(name, "bare Bolt, the same crowd, median", statistics.median(bare), "ms")
    yield Figure(name, "bare Bolt, the same crowd, 95th percentile", share(bare, 0.95), "ms")


def press(room: PracticeRoom, ts: list[str]) -> list[float]:
    """Press Approve on one card after another; return what each waited, in milliseconds."""
    return press_as_a_crowd(room, ts, 1, looks=0)
