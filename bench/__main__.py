"""Measure Greenroom on this machine: `make bench`, or `python -m bench --only idle --quick`."""

import argparse
import os
import platform
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Protocol

from bench import checks, idle, judgement, load, pile_on, start, stats, trace, undo, way
from bench.cost import month
from bench.figure import BenchFigure
from commands.logs import set_up_logs


class Measure(Protocol):
    """Something that measures: yields its figures."""

    def __call__(self, *, quick: bool) -> Iterator[BenchFigure]: ...


MEASURES: dict[str, Measure] = {
    "start": start.measure,
    "idle": idle.measure,
    "undo": undo.measure,
    "way": way.measure,
    "checks": checks.measure,
    "judgement": judgement.measure,
    "stats": stats.measure,
    "cost": month.measure,
    "load": load.measure,
    "pile-on": pile_on.measure,
    "trace": trace.measure,
}


def main() -> int:
    """Print one line for each figure. Slowness is no failure: these are no tests."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", choices=MEASURES, action="append", help="may be given again")
    parser.add_argument("--quick", action="store_true", help="shorter and less exact")
    chosen = parser.parse_args()
    set_up_logs("ERROR")
    print(_machine(), flush=True)
    for name, measure in MEASURES.items():
        if chosen.only and name not in chosen.only:
            continue
        for figure in measure(quick=chosen.quick):
            print(figure.line(), flush=True)
    return 0


def _machine() -> str:
    busy = " ".join(f"{load:.2f}" for load in os.getloadavg())
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} cores, Python {platform.python_version()}, load {busy}"
    )


if __name__ == "__main__":
    sys.exit(main())
