"""What is measured: the figures of the table, their targets, and the rows behind each."""

from dataclasses import dataclass
from enum import StrEnum

from evals.experiment import EvalOutcome
from evals.shares import EvalShare


class Sense(StrEnum):
    """Whether a figure counts what came out right (more is better) or wrong (less is better)."""

    RIGHT = "right"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class EvalMeasure:
    """One figure. `target` is a share; None means that nothing is promised.

    `guarded` figures fail a run when they drop; the others are parts of such a figure.
    """

    name: str
    sense: Sense = Sense.RIGHT
    target: float | None = None
    guarded: bool = True


AI_SOUNDING = EvalMeasure("AI-sounding replies caught", target=0.90)
BOILERPLATE = EvalMeasure("boilerplate replies caught", target=0.95)
PROMOTIONAL = EvalMeasure("promotional replies caught")
PLAIN_PITCH = EvalMeasure("promotional replies in plain words caught")
ASKED = EvalMeasure("false alarms on prices and offers asked for", Sense.WRONG)
GOOD = EvalMeasure("false alarms on good replies", Sense.WRONG, 0.03)
HUMAN = EvalMeasure("false alarms on human replies", Sense.WRONG, 0.10)
TRIAGE = EvalMeasure("triage right", target=0.85)
SURVIVED = EvalMeasure("hostile posts survived", target=1.0)
BY_POST = EvalMeasure("  by the look of the post alone", guarded=False)
BY_ANSWER = EvalMeasure("  by the look of the answer alone", guarded=False)
GUARDED = EvalMeasure("harmless answers that the guard took for obeyed", Sense.WRONG)
COMMANDS = EvalMeasure("`check` and `triage` say the same", target=1.0)


def kind_measure(kind: str) -> EvalMeasure:
    """Return the part of triage that concerns one kind of post."""
    return EvalMeasure(f"  {kind}", guarded=False)


@dataclass(frozen=True, slots=True)
class Result:
    """A measure on one set of rows, with every row's outcome."""

    measure: EvalMeasure
    set_name: str
    outcomes: tuple[EvalOutcome, ...]

    @property
    def right(self) -> EvalShare:
        """How many rows came out as they should."""
        return EvalShare(sum(outcome.right for outcome in self.outcomes), len(self.outcomes))

    @property
    def figure(self) -> EvalShare:
        """The share that the table shows."""
        return self.right if self.measure.sense is Sense.RIGHT else self.right.rest

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None where none is set or nothing was measured."""
        target = self.measure.target
        if target is None or not self.outcomes:
            return None
        value = self.figure.value
        return value >= target if self.measure.sense is Sense.RIGHT else value <= target
