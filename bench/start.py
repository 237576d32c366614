"""How long Greenroom takes from the start of its process until it works."""

import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.figure import BenchFigure
from bench.practice import practice_room
from bench.processes import bare_imports, greenroom
from sandbox.room import PracticeRoom

_AIM = 2.0


def measure(*, quick: bool) -> Iterator[BenchFigure]:
    """Start each a few times; the first start of Greenroom makes its database."""
    times = 3 if quick else 7
    with tempfile.TemporaryDirectory(prefix="greenroom-bench-") as name, practice_room() as room:
        folder = Path(name)
        imports = [bare_imports(folder) for _ in range(times)]
        ours = [_start(room, folder) for _ in range(times)]
    of = f"of {times}"
    yield BenchFigure(
        "start", "process start to ready, median", statistics.median(ours), "s", _AIM, of
    )
    yield BenchFigure("start", "process start to ready, slowest", max(ours), "s", _AIM, of)
    yield BenchFigure(
        "start", "Python and our libraries alone, median", statistics.median(imports), "s"
    )


def _start(room: PracticeRoom, folder: Path) -> float:
    with greenroom(room, folder) as running:
        return running.seconds
