"""How soon a click on Approve is acknowledged while a thousand cards are open."""

import http.client
import itertools
import json
import statistics
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

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
            press(room, list(itertools.islice(ts, 2)), 1)
            single = press(room, list(itertools.islice(ts, alone)), 1)
            crowd = press(room, list(itertools.islice(ts, clicks)), _CROWD)
        with bare_bolt(room, folder):
            bare = press(room, list(itertools.islice(ts, clicks)), _CROWD)
    note = f"{clicks} clicks, {open_cards} cards open"
    name = "clicks"
    yield Figure(name, "one at a time, median", statistics.median(single), "ms")
    yield Figure(name, "one at a time, 95th percentile", share(single, 0.95), "ms", _AIM)
    yield Figure(name, f"{_CROWD} at once, median", statistics.median(crowd), "ms", None, note)
    yield Figure(name, f"{_CROWD} at once, 95th percentile", share(crowd, 0.95), "ms", _AIM)
    yield Figure(name, f"{_CROWD} at once, slowest", max(crowd), "ms")
    yield Figure(name, "bare Bolt, the same crowd, median", statistics.median(bare), "ms")
    yield Figure(name, "bare Bolt, the same crowd, 95th percentile", share(bare, 0.95), "ms")


def press(room: PracticeRoom, ts: list[str], crowd: int) -> list[float]:
    """Press Approve on each card, so many at a time; return what each waited, in milliseconds."""
    members = [member.id for member in room.members if member.role == "approver"]
    hands = [(ts[i::crowd], members[i % len(members)]) for i in range(crowd)]
    with ThreadPoolExecutor(crowd) as people:
        waits = people.map(lambda hand: _press_each(room, *hand), hands)
        return [wait for each in waits for wait in each]


def _press_each(room: PracticeRoom, ts: list[str], member: str) -> list[float]:
    # The plainest client there is: it shares this process's processor with the practice room.
    line = http.client.HTTPConnection("127.0.0.1", room.port, timeout=20)
    waits = []
    for one in ts:
        body = json.dumps({"ts": one, "text": "Approve", "member": member})
        line.request("POST", "/control/click", body, {"Content-Type": "application/json"})
        answer = json.loads(line.getresponse().read())
        assert answer.get("acked"), answer
        waits.append(float(answer["ms"]))
    line.close()
    return waits
