"""One figure of a bench run and the line that shows it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BenchFigure:
    """What was measured, how much it is, and what DESIGN aims at; no aim: a figure to compare with."""

    name: str
    what: str
    value: float
    unit: str
    aim: float | None = None
    note: str = ""

    def line(self) -> str:
        """Return the figure as one aligned line."""
        value = f"{self.value:.{_digits(self.value)}f} {self.unit}"
        aim = "" if self.aim is None else f"aim ≤ {self.aim:g} {self.unit}"
        met = "" if self.aim is None else "met" if self.value <= self.aim else "NOT MET"
        return f"{self.name:<8}{self.what:<50}{value:>11}  {aim:<19}{met:<9}{self.note}".rstrip()


def share(values: list[float], part: float) -> float:
    """Return the value below which `part` (0 to 1) of the values lie, by nearest rank."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(part * len(ranked)))]


def _digits(value: float) -> int:
    if value >= 100:
        return 0
    return 1 if value >= 10 else 2
