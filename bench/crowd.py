"""People who press Approve, as a process of their own: their clicks cost the practice room nothing.

`python -m bench.crowd PORT` reads who presses what from its input and prints how many
milliseconds each press waited for its acknowledgement.
"""

import http.client
import json
import random
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from bench.processes import ROOT
from sandbox.room import PracticeRoom

_PATIENCE = 300.0


@dataclass(frozen=True, slots=True)
class Hand:
    """One person: the cards they press, and the most seconds they look at the next one before."""

    member: str
    cards: list[str]
    looks: float


def press_as_a_crowd(
    room: PracticeRoom, ts: list[str], people: int, *, looks: float
) -> list[float]:
    """Let so many people press all these cards; return what each press waited, in milliseconds.

    With `looks` 0 and one card for each they all press in the same moment.
    """
    members = [member.id for member in room.members if member.role == "approver"]
    hands = [
        {"member": members[i % len(members)], "cards": ts[i::people], "looks": looks}
        for i in range(people)
    ]
    done = subprocess.run(
        (sys.executable, "-m", "bench.crowd", str(room.port)),
        cwd=ROOT,
        input=json.dumps(hands),
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        check=True,
    )
    return [float(wait) for wait in json.loads(done.stdout)]


def main() -> int:
    """Press what the input says, and print what each press waited."""
    port = int(sys.argv[1])
    hands = [Hand(**each) for each in json.load(sys.stdin)]
    together = threading.Barrier(len(hands))
    with ThreadPoolExecutor(len(hands)) as people:
        waits = people.map(lambda hand: _press_each(port, hand, together), hands)
        print(json.dumps([wait for each in waits for wait in each]))
    return 0


def _press_each(port: int, hand: Hand, together: threading.Barrier) -> list[float]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    line.connect()
    waits = []
    together.wait()
    for ts in hand.cards:
        time.sleep(random.random() * hand.looks)
        body = json.dumps({"ts": ts, "text": "Approve", "member": hand.member})
        line.request("POST", "/control/click", body, {"Content-Type": "application/json"})
        answer = json.loads(line.getresponse().read())
        assert answer.get("acked"), answer
        waits.append(float(answer["ms"]))
    line.close()
    return waits


if __name__ == "__main__":
    sys.exit(main())
