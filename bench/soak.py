"""Storms for minutes: `make soak MINUTES=20 SEED=1`. Exits 1 when a promise broke.

Each storm is a fresh practice room and a fresh database; two of them rage side by side, each in a
process of its own, and the next seed follows the last one. With `--keep DIR` the databases and
logs stay.
"""

import argparse
import compileall
import logging
import multiprocessing
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import ExitStack
from itertools import count
from pathlib import Path

from tests.stage import open_stage
from tests.storage.postgres_server import running_server
from tests.storm.process import ROOT
from tests.storm.storm import Storm
from tests.storm.toll import Toll

_STORM_SECONDS = 60.0
_SIDE_BY_SIDE = 2
_NOT_OURS = re.compile(r"/\.[^/]+/")
#: Of a hundred replies so many may still wait for a person when the storm is over.
_MOST_LEFT_PERCENT = 1.0
#: So many broken promises of one storm are told one by one.
_MOST_TOLD = 20
#: The table's columns, and what stands in each.
_COLUMNS: dict[str, Callable[[Toll], object]] = {
    "faults": lambda toll: sum(toll.faults.values()),
    "kills": lambda toll: toll.kills,
    "mentions": lambda toll: len(toll.posted),
    "replies": lambda toll: toll.replies,
    "skipped": lambda toll: toll.skipped,
    "lost": lambda toll: len(toll.lost),
    "doubled": lambda toll: len(toll.doubled) + len(toll.cards_twice),
    "unapproved": lambda toll: len(toll.unapproved),
    "never ended": lambda toll: len(toll.unsettled),
    "did not answer": lambda toll: len(toll.frozen),
    "unknown for a while": lambda toll: toll.looked_for,
    "a person looked": lambda toll: toll.asked,
    "left unconfirmed": lambda toll: f"{toll.left} ({toll.left_percent:.1f} %)",
}


def main() -> int:
    """Let it storm until the minutes are over; print what happened and what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a new folder for the databases and logs")
    chosen = parser.parse_args()
    # The programs write no bytecode (a full disk would spoil it), so it must be there before.
    compileall.compile_dir(ROOT, quiet=1, rx=_NOT_OURS)
    whole = Toll()
    print(f"{'storm':<11}", *_COLUMNS, sep="  ", flush=True)
    for seed, toll in _storms(chosen.minutes * 60, chosen.seed, chosen.keep):
        print(row(f"seed {seed}", toll), flush=True)
        for broken in toll.broken[:_MOST_TOLD]:
            print(f"  broken: {broken}", flush=True)
        whole.add(toll)
    print(row("altogether", whole))
    print("faults: " + ", ".join(f"{name} {n}" for name, n in sorted(whole.faults.items())))
    return 1 if whole.broken or whole.left_percent > _MOST_LEFT_PERCENT else 0


def _storms(seconds: float, first: int, keep: Path | None) -> Iterator[tuple[int, Toll]]:
    """Yield each seed with its toll, as the storms end; no new one begins after the seconds."""
    end = time.monotonic() + seconds
    seeds = count(first)
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(_SIDE_BY_SIDE, spawn, max_tasks_per_child=1) as pool:
        raging: dict[Future[Toll], int] = {}
        while raging or time.monotonic() < end:
            left = end - time.monotonic()
            while len(raging) < _SIDE_BY_SIDE and left > 0:
                seed = next(seeds)
                length = min(_STORM_SECONDS, max(10.0, left))
                raging[pool.submit(storm, seed, length, keep)] = seed
            over, _ = wait(raging, return_when=FIRST_COMPLETED)
            for each in over:
                yield raging.pop(each), each.result()


def storm(seed: int, seconds: float, keep: Path | None) -> Toll:
    """Blow one storm in a fresh practice room; every third one over PostgreSQL."""
    # A line cut in the middle of a request is what we do, not something to warn of.
    logging.getLogger("uvicorn.error").disabled = True
    with ExitStack() as closing:
        if keep is None:
            folder = Path(closing.enter_context(tempfile.TemporaryDirectory(prefix="greenroom-")))
        else:
            folder = keep / f"seed-{seed}"
            folder.mkdir(parents=True)
        stage = closing.enter_context(open_stage(folder))
        if seed % 3:
            return Storm(stage, seed).blow(seconds)
        server = closing.enter_context(running_server())
        server.run("CREATE DATABASE stormy")
        return Storm(stage, seed, database=server.url("stormy"), server=server).blow(seconds)


def row(name: str, toll: Toll) -> str:
    """Return one line of the table, below the words of its columns."""
    cells = (f"{value(toll)!s:>{len(head)}}" for head, value in _COLUMNS.items())
    return "  ".join([f"{name:<11}", *cells])


if __name__ == "__main__":
    sys.exit(main())
