"""How soon after the undo window a reply's request arrives at X."""

import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import requests

from bench.figure import BenchFigure
from bench.open_cards import fill_channel
from bench.practice import practice_room
from bench.processes import greenroom
from bench.watching import arrived, cards, wait_for_first_poll
from sandbox.room import PracticeRoom
from storage.inbox import replies
from storage.open import open_database
from tests.stage import until

_AIM = 250.0


def measure(*, quick: bool) -> Iterator[BenchFigure]:
    """Approve at random moments with production's waits and a short undo window."""
    count = 5 if quick else 20
    with tempfile.TemporaryDirectory(prefix="greenroom-bench-") as name, practice_room() as room:
        folder = Path(name)
        fill_channel(room, folder, count)
        with greenroom(room, folder, UNDO_SECONDS="3"):
            wait_for_first_poll(room)
            _approve(room)
            until(lambda: len(room.requests.of("x", "post")) >= count, "all were sent", 30.0)
        waits = _waits(room, folder)
    assert len(waits) == count
    note = f"{count} replies; the request's own handling is in it"
    yield BenchFigure(
        "undo", "end of undo to X, median", statistics.median(waits), "ms", _AIM, note
    )
    yield BenchFigure("undo", "end of undo to X, slowest", max(waits), "ms", _AIM)


def _approve(room: PracticeRoom) -> None:
    member = next(m.id for m in room.members if m.role == "approver")
    dice = random.Random(1)
    for card in cards(room):
        press = {"ts": card.ts, "text": "Approve", "member": member}
        requests.post(f"{room.control_url}/click", json=press, timeout=10).raise_for_status()
        time.sleep(dice.uniform(0.02, 0.3))


def _waits(room: PracticeRoom, folder: Path) -> list[float]:
    """Return the milliseconds between each reply's time and its request."""
    sent = {
        call["body"]["reply"]["in_reply_to_tweet_id"]: arrived(call)
        for call in room.requests.of("x", "post")
    }
    db = open_database(f"sqlite:///{folder / 'stage.db'}")
    try:
        with db.read() as tx:
            found = {post: replies.last_reply(tx, post) for post in sent}
    finally:
        db.close()
    return [
        (sent[post] - reply.due_at).total_seconds() * 1000
        for post, reply in found.items()
        if reply is not None
    ]
