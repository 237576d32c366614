"""A run on disk: what each figure was, and which rows were wrong; never a row's text."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from evals.measures import Result
from evals.rows import ROOT
from evals.shares import EvalShare, Mean

RUNS = ROOT / "evals" / "runs"
BASELINE = ROOT / "evals" / "baseline.json"
_KEPT = 50


class StoredFigure(BaseModel):
    """One figure of a run: of so many rows so many right, and which rows were wrong.

    `rows` is a digest of all rows where the judgement is deterministic, so that the same rows
    can be compared one by one; empty where it is not. `wrong` names rows as `id#digest`.
    """

    model_config = ConfigDict(frozen=True)

    right: float
    of: int
    guarded: bool = True
    rows: str = ""
    wrong: tuple[str, ...] = ()

    @property
    def share(self) -> EvalShare:
        """The share that came out right."""
        return EvalShare(self.right, self.of)


class StoredMean(BaseModel):
    """One mean score of a run."""

    model_config = ConfigDict(frozen=True)

    value: float
    deviation: float
    of: int

    @property
    def mean(self) -> Mean:
        """The mean with its interval."""
        return Mean(self.value, self.deviation, self.of)


class Run(BaseModel):
    """One run: `figures` and `means` by "set: measure". `dropped` when it failed by a drop."""

    model_config = ConfigDict(frozen=True)

    at: datetime
    figures: dict[str, StoredFigure]
    means: dict[str, StoredMean] = {}
    dropped: bool = False


def stored_figure(result: Result) -> StoredFigure:
    """Return what is kept of a result."""
    names = {outcome: f"{outcome.id}#{outcome.digest}" for outcome in result.outcomes}
    together = "\n".join(sorted(names.values()))
    return StoredFigure(
        right=result.right.hits,
        of=result.right.of,
        guarded=result.measure.guarded,
        rows=hashlib.sha256(together.encode()).hexdigest()[:16],
        wrong=tuple(name for outcome, name in names.items() if not outcome.right),
    )


def figures_of(results: Iterable[Result]) -> dict[str, StoredFigure]:
    """Name and keep all results of a run."""
    return {
        f"{result.set_name}: {result.measure.name.strip()}": stored_figure(result)
        for result in results
    }


def save(run: Run, path: Path) -> None:
    """Write a run to a file, its folder made where it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(run.model_dump(mode="json"), indent=1, ensure_ascii=False)
    path.write_text(text + "\n", "utf-8")


def load(path: Path) -> Run | None:
    """Read a run; None where there is no such file, or it is none that we can read."""
    try:
        return Run.model_validate_json(path.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return None


def keep(run: Run, folder: Path = RUNS) -> Path:
    """Store a run among the others, and drop the oldest beyond fifty."""
    path = folder / f"{run.at:%Y%m%dT%H%M%S%f}.json"
    save(run, path)
    for old in sorted(folder.glob("*.json"))[:-_KEPT]:
        old.unlink()
    return path


@dataclass(frozen=True, slots=True)
class Reference:
    """An earlier run to compare with, and what it is called."""

    name: str
    run: Run


def references(folder: Path = RUNS, baseline: Path = BASELINE) -> list[Reference]:
    """Return the baseline and, if it is newer, the last run here that had not dropped.

    A run that dropped is left out, or a second try would find nothing to complain of.
    """
    accepted = load(baseline)
    found = [Reference("the baseline", accepted)] if accepted else []
    for path in sorted(folder.glob("*.json"), reverse=True):
        run = load(path)
        if run is not None and not run.dropped:
            if accepted is None or run.at > accepted.at:
                found.append(Reference(f"the run of {run.at:%Y-%m-%d %H:%M} UTC", run))
            break
    return found
