"""Storms for minutes: `make soak MINUTES=20 SEED=1`. Exits 1 when a promise broke.

Each storm is a fresh practice room and a fresh database; the next seed follows the last one.
"""

import argparse
import compileall
import logging
import re
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from tests.stage import open_stage
from tests.storage.postgres_server import running_server
from tests.storm.process import ROOT
from tests.storm.storm import Storm
from tests.storm.toll import Toll

_STORM_SECONDS = 60.0
_NOT_OURS = re.compile(r"/\.[^/]+/")
#: Of a hundred replies so many may still wait for a person when the storm is over.
_MOST_LEFT_PERCENT = 1.0


def main() -> int:
    """Let it storm until the minutes are over; print what happened and what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    # A line cut in the middle of a request is what we do, not something to warn of.
    logging.getLogger("uvicorn.error").addFilter(lambda said: "Invalid HTTP" not in str(said.msg))
    # The programs write no bytecode (a full disk would spoil it), so it must be there before.
    compileall.compile_dir(ROOT, quiet=1, rx=_NOT_OURS)
    end = time.monotonic() + chosen.minutes * 60
    whole, seed = Toll(), chosen.seed
    while seed == chosen.seed or time.monotonic() < end:
        left = max(10.0, min(_STORM_SECONDS, end - time.monotonic()))
        toll = _storm(seed, left)
        print(row(f"seed {seed}", toll), flush=True)
        for broken in (*toll.lost, *toll.doubled, *toll.unapproved, *toll.unsettled):
            print(f"  broken: {broken}", flush=True)
        whole.add(toll)
        seed += 1
    print(row("altogether", whole))
    print("faults: " + ", ".join(f"{name} {n}" for name, n in sorted(whole.faults.items())))
    return 1 if whole.broken or whole.left_percent > _MOST_LEFT_PERCENT else 0


def _storm(seed: int, seconds: float) -> Toll:
    """Blow one storm in a fresh practice room; every third one over PostgreSQL."""
    with ExitStack() as closing:
        folder = closing.enter_context(tempfile.TemporaryDirectory(prefix="greenroom-soak-"))
        stage = closing.enter_context(open_stage(Path(folder)))
        if seed % 3:
            return Storm(stage, seed).blow(seconds)
        server = closing.enter_context(running_server())
        server.run("CREATE DATABASE stormy")
        return Storm(stage, seed, database=server.url("stormy"), server=server).blow(seconds)


def row(name: str, toll: Toll) -> str:
    """Return one line of the table."""
    return (
        f"{name:<11} faults {sum(toll.faults.values()):>4}  kills {toll.kills:>4}  "
        f"mentions {len(toll.posted):>5}  replies {toll.replies:>5}  "
        f"skipped {toll.skipped:>3}  lost {len(toll.lost)}  doubled {len(toll.doubled)}  "
        f"unapproved {len(toll.unapproved)}  unsettled {len(toll.unsettled)}  "
        f"unknown for a while {toll.looked_for}, "
        f"a person looked {toll.asked}, left unconfirmed {toll.left} "
        f"({toll.left_percent:.1f} %)"
    )


if __name__ == "__main__":
    sys.exit(main())
