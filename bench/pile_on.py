"""A pile-on: two thousand angry people in ten minutes, while the team presses buttons as ever."""

import random
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.crowd import press_as_a_crowd
from bench.figure import BenchFigure, share
from bench.load import Memory
from bench.open_cards import fill_channel
from bench.practice import practice_room
from bench.processes import Running, greenroom
from bench.watching import cards
from sandbox.room import PracticeRoom
from storage.db.database import Database
from storage.inbox import mentions
from storage.open import open_database
from tests.stage import practice_settings, until
from tests.storm.storm import random_question

_TEAM = 50
_ACK_AIM, _MEMORY_AIM = 100.0, 200.0
_PRESSES = 300
#: X gives the newest 800 mentions only: twice that often is asked for while they come.
_POLL_SECONDS = 20.0
_STORM = "boycott this place, they never gave the piano back to the school"
#: One in so many asks something else meanwhile, and must not drown.
_OTHERS = 50


@dataclass
class _Seen:
    """What a pile-on came to."""

    waits: list[float]
    most_memory: float
    stored: int
    wrote: int
    others: int
    others_shown: int
    new_cards: int
    seconds_behind: float


def measure(*, quick: bool) -> Iterator[BenchFigure]:
    """Let the crowd write for ten minutes (quick: two hundred in one), the team press meanwhile."""
    people, seconds = (200, 60.0) if quick else (2_000, 600.0)
    with tempfile.TemporaryDirectory(prefix="greenroom-bench-") as name, practice_room() as room:
        folder = Path(name)
        fill_channel(room, folder, _PRESSES + _TEAM)
        room.slack_message_rate = 1.0
        db = open_database(practice_settings(room, folder)["DATABASE_URL"])
        poll = {"POLL_SECONDS": str(_POLL_SECONDS), "X_DAILY_BUDGET_USD": "100"}
        with greenroom(room, folder, **poll) as running:
            seen = _storm(room, db, running, people, seconds)
        db.close()
    note = f"{people:,} people in {seconds / 60:g} min, asked every {_POLL_SECONDS:g} s"
    yield BenchFigure("pile-on", f"stored, of {seen.wrote:,}", seen.stored, "", None, note)
    yield BenchFigure("pile-on", "new cards in the channel", seen.new_cards, "", None)
    yield BenchFigure(
        "pile-on", f"others shown, of {seen.others}", seen.others_shown, "", None, "when all is in"
    )
    yield BenchFigure("pile-on", "after the last one until all are in", seen.seconds_behind, "s")
    yield BenchFigure(
        "pile-on", f"{_TEAM} people press, 95th percentile", share(seen.waits, 0.95), "ms", _ACK_AIM
    )
    yield BenchFigure("pile-on", "resident memory, most", seen.most_memory, "MB", _MEMORY_AIM)


def _storm(
    room: PracticeRoom, db: Database, running: Running, people: int, seconds: float
) -> _Seen:
    before = {card.ts for card in cards(room)}
    ts = sorted(before)
    press_as_a_crowd(room, ts[:2], 1, looks=0)
    memory = Memory(running.process)
    dice = random.Random(1)
    posts: list[str] = []
    others: list[str] = []
    began = time.monotonic()
    waits: list[float] = []
    for number in range(people):
        time.sleep(max(0.0, began + number * seconds / people - time.monotonic()))
        other = number % _OTHERS == 0
        text = random_question(dice) if other else f"{_STORM} {'!' * (number % 3)}"
        posts.append(room.x.add_post(f"crowd{number}", f"{room.account} {text}").id)
        if other:
            others.append(posts[-1])
        if number == people // 2:
            waits = press_as_a_crowd(room, ts[2 : 2 + _PRESSES], _TEAM, looks=2.0)
    wrote_until = time.monotonic()
    until(lambda: _all_in(db, posts), "all are stored", 300)
    until(lambda: _shown(room, others) == len(others), "the others are shown", 300)
    return _Seen(
        waits=waits,
        most_memory=memory.close() / 1024 / 1024,
        stored=people - len(posts),
        wrote=people,
        others=len(others),
        others_shown=_shown(room, others),
        new_cards=len([card for card in cards(room) if card.ts not in before]),
        seconds_behind=time.monotonic() - wrote_until,
    )


def _all_in(db: Database, left: list[str]) -> bool:
    """Strike out what is stored by now; tell whether nothing is left."""
    with db.read() as tx:
        while left and mentions.mention(tx, left[-1]) is not None:
            left.pop()
    return not left


def _shown(room: PracticeRoom, post_ids: list[str]) -> int:
    keys = {str(((m.metadata or {}).get("event_payload") or {}).get("key")) for m in cards(room)}
    return sum(f"card:{post_id}" in keys for post_id in post_ids)
