"""Kills and faults for minutes: `make soak MINUTES=20 SEED=1`. Exits 1 when a promise broke."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.kills import Toll, kill_rounds
from tests.stage import open_stage

_ROUNDS_AT_A_TIME = 30


def main() -> int:
    """Play rounds of kills until the minutes are over; print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    end = time.monotonic() + chosen.minutes * 60
    tolls: list[Toll] = []
    while not tolls or time.monotonic() < end:
        with (
            tempfile.TemporaryDirectory(prefix="greenroom-soak-") as folder,
            open_stage(Path(folder)) as stage,
        ):
            seed = chosen.seed + len(tolls)
            tolls.append(kill_rounds(stage, rounds=_ROUNDS_AT_A_TIME, seed=seed))
            print(row(f"seed {seed}", [tolls[-1]]), flush=True)
    print(row("altogether", tolls))
    return 1 if any(toll.broken for toll in tolls) else 0


def row(name: str, tolls: list[Toll]) -> str:
    """Return one line of the table."""
    return (
        f"{name:<12} kills {sum(t.kills for t in tolls):>5}  "
        f"mentions {sum(len(t.posted) for t in tolls):>6}  "
        f"replies {sum(t.replies for t in tolls):>6}  "
        f"lost {sum(len(t.lost) for t in tolls)}  "
        f"doubled {sum(len(t.doubled) for t in tolls)}  "
        f"unapproved {sum(len(t.unapproved) for t in tolls)}  "
        f"unsettled {sum(len(t.unsettled) for t in tolls)}"
    )


if __name__ == "__main__":
    sys.exit(main())
