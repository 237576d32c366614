"""What changed since an earlier run, and whether it is a drop beyond noise; pure."""

from dataclasses import dataclass

from evals.runs import Run, StoredFigure
from evals.shares import fell


@dataclass(frozen=True, slots=True)
class Change:
    """One figure that differs from an earlier run.

    `worse` and `better` are ids of rows that changed sides, where the rows are the same.
    """

    name: str
    before: float
    after: float
    drop: bool
    worse: tuple[str, ...] = ()
    better: tuple[str, ...] = ()


def changes(before: Run, after: Run) -> list[Change]:
    """Compare two runs; figures that only one of them has are left out."""
    both = [name for name in after.figures if name in before.figures]
    found = [_change(name, before.figures[name], after.figures[name]) for name in both]
    return [change for change in found if change] + _means_changed(before, after)


def _change(name: str, before: StoredFigure, after: StoredFigure) -> Change | None:
    if before.rows and before.rows == after.rows:
        return _same_rows_change(name, before, after)
    # Other rows, or a judge that may change its mind: only what is beyond noise counts.
    drop = after.guarded and fell(before.share, after.share)
    if not drop and (before.share.value, before.of) == (after.share.value, after.of):
        return None
    return Change(name, before.share.value, after.share.value, drop)


def _same_rows_change(name: str, before: StoredFigure, after: StoredFigure) -> Change | None:
    """On the same rows a deterministic judgement has no noise: one row less is a drop."""
    worse = sorted(set(after.wrong) - set(before.wrong))
    better = sorted(set(before.wrong) - set(after.wrong))
    if not worse and not better:
        return None
    return Change(
        name,
        before.share.value,
        after.share.value,
        drop=after.guarded and len(worse) > len(better),
        worse=tuple(row.split("#")[0] for row in worse),
        better=tuple(row.split("#")[0] for row in better),
    )


def _means_changed(before: Run, after: Run) -> list[Change]:
    both = [name for name in after.means if name in before.means]
    pairs = [(name, before.means[name].mean, after.means[name].mean) for name in both]
    return [
        Change(name, old.value, new.value, new.fell_from(old))
        for name, old, new in pairs
        if old.value != new.value
    ]
