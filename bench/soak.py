"""Storms for minutes: `make soak MINUTES=20 SEED=1`. Exits 1 when a promise broke.

Each storm is a fresh practice room and a fresh database; the next seed follows the last one.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.stage import open_stage
from tests.storm.storm import storm
from tests.storm.toll import Toll

_STORM_SECONDS = 60.0
#: Of a hundred replies so many may still wait for a person when the storm is over.
_MOST_LEFT_PERCENT = 1.0


def main() -> int:
    """Let it storm until the minutes are over; print what happened and what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    end = time.monotonic() + chosen.minutes * 60
    whole, seed = Toll(), chosen.seed
    while seed == chosen.seed or time.monotonic() < end:
        left = max(10.0, min(_STORM_SECONDS, end - time.monotonic()))
        with (
            tempfile.TemporaryDirectory(prefix="greenroom-soak-") as folder,
            open_stage(Path(folder)) as stage,
        ):
            toll = storm(stage, seconds=left, seed=seed)
        print(row(f"seed {seed}", toll), flush=True)
        for broken in (*toll.lost, *toll.doubled, *toll.unapproved, *toll.unsettled):
            print(f"  broken: {broken}", flush=True)
        whole.add(toll)
        seed += 1
    print(row("altogether", whole))
    print("faults: " + ", ".join(f"{name} {n}" for name, n in sorted(whole.faults.items())))
    return 1 if whole.broken or whole.left_percent > _MOST_LEFT_PERCENT else 0


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
