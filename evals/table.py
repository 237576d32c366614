"""The table that a run prints, and the lines about what changed; pure."""

from collections.abc import Iterable, Sequence

from evals.comparing import Change
from evals.experiment import EvalOutcome
from evals.measures import EvalMeasure, Result, Sense
from evals.shares import EvalShare, Mean

_HEAD = f"{'':<50}{'set':<8}{'n':>4}{'figure':>9}  {'95 % interval':<17}{'target':<10}"
_MOST_IDS = 12


def table(results: Iterable[Result]) -> list[str]:
    """Return the table's lines, one measure after the other, the sets beside each other."""
    by_measure: dict[EvalMeasure, list[Result]] = {}
    for result in results:
        by_measure.setdefault(result.measure, []).append(result)
    return [_HEAD.rstrip(), *(_line(each) for same in by_measure.values() for each in same)]


def share_line(name: str, set_name: str, share: EvalShare, target: str = "", met: str = "") -> str:
    """Return one line of the table."""
    low, high = share.interval()
    interval = f"{percent(low)} – {percent(high)}"
    figure = percent(share.value)
    return (
        f"{name:<50}{set_name:<8}{share.of:>4}{figure:>9}  {interval:<17}{target:<10}{met}".rstrip()
    )


def mean_line(name: str, mean: Mean) -> str:
    """Return a line for a mean score from 1 to 5."""
    interval = f"{mean.value - mean.error:.2f} – {mean.value + mean.error:.2f}"
    return f"{name:<50}{'':<8}{mean.of:>4}{mean.value:>9.2f}  {interval}"


def percent(share: float) -> str:
    """Write a share as people read it; what is not quite all never reads 100 %."""
    rounded = round(share * 100, 1)
    if rounded == 100 and share < 1 - 1e-9:
        rounded = 99.9
    return f"{rounded:.1f} %"


def change_lines(name: str, found: Sequence[Change], *, show: bool) -> list[str]:
    """Say what changed since an earlier run; ids of our own rows only where asked for."""
    if not found:
        return [f"Nothing changed since {name}."]
    return [f"Since {name}:", *(_change_line(change, show=show) for change in found)]


def wrong_lines(result: Result) -> list[str]:
    """Name the rows that came out wrong, each with what was said of it."""
    wrong: list[EvalOutcome] = [outcome for outcome in result.outcomes if not outcome.right]
    if not wrong:
        return []
    head = f"{result.set_name}: {result.measure.name.strip()}"
    return [head, *(f"  {outcome.id}: {outcome.why}" for outcome in wrong)]


def _line(result: Result) -> str:
    measure = result.measure
    sign = "≥" if measure.sense is Sense.RIGHT else "≤"
    target = "" if measure.target is None else f"{sign} {measure.target * 100:.0f} %"
    met = {None: "", True: "met", False: "NOT MET"}[result.met]
    return share_line(measure.name, result.set_name, result.figure, target, met)


def _change_line(change: Change, *, show: bool) -> str:
    mark = "DROP" if change.drop else "    "
    line = f"  {mark} {change.name}: {_number(change.before)} → {_number(change.after)}"
    if change.worse or change.better:
        line += f" right; {len(change.worse)} worse, {len(change.better)} better"
    if change.name.startswith("own:") and not show:
        return line
    named = [("Worse", change.worse), ("Better", change.better)]
    return ". ".join([line, *(f"{word}: {_few(ids)}" for word, ids in named if ids)])


def _few(ids: Sequence[str]) -> str:
    rest = len(ids) - _MOST_IDS
    return ", ".join(ids[:_MOST_IDS]) + (f" and {rest} more" if rest > 0 else "")


def _number(value: float) -> str:
    return percent(value) if value <= 1 else f"{value:.2f}"
