"""One experiment: rows go through a task, an evaluator holds each answer against its label."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic_evals import Case, Dataset
from pydantic_evals.evaluators import EvaluationReason, Evaluator, EvaluatorContext
from pydantic_evals.reporting import EvaluationReport

from evals.rows import AnyRow

Given = TypeVar("Given")
Made = TypeVar("Made")
Label = TypeVar("Label")


@dataclass(frozen=True, slots=True)
class EvalAnswer:
    """What the task said of a row: yes or no, and why."""

    answer: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class EvalOutcome:
    """Whether a row came out as its label says. `digest` tells the row's text from a later one."""

    id: str
    digest: str
    right: bool
    why: str = ""


@dataclass
class AsLabelled(Evaluator[Any, EvalAnswer, bool]):
    """Right is what says the same as the label, which is the case's metadata."""

    def evaluate(self, ctx: EvaluatorContext[Any, EvalAnswer, bool]) -> EvaluationReason:
        """Compare the answer with the label."""
        return EvaluationReason(ctx.output.answer == ctx.metadata, ctx.output.why)


def outcomes(
    name: str,
    rows: list[AnyRow],
    task: Callable[[AnyRow], EvalAnswer],
    label: Callable[[AnyRow], bool] | bool,
) -> list[EvalOutcome]:
    """Run an experiment, one row after the other; a task that raises is wrong, with its error.

    Args:
        name: what the experiment is called.
        rows: what goes through it.
        task: what is measured.
        label: what the task should say of a row, or of all of them.
    """
    if not rows:
        return []

    def wanted(row: AnyRow) -> bool:
        return label if isinstance(label, bool) else label(row)

    dataset: Dataset[AnyRow, EvalAnswer, bool] = Dataset(
        name=name,
        cases=[Case(name=row.id, inputs=row, metadata=wanted(row)) for row in rows],
        evaluators=[AsLabelled()],
    )

    report = evaluated(dataset, task, name, at_once=1)
    made = {
        case.name: EvalOutcome(
            case.name,
            case.inputs.digest,
            (result := case.assertions["AsLabelled"]).value,
            result.reason or "",
        )
        for case in report.cases
    }
    for broken in report.failures:
        row = broken.inputs
        made[broken.name] = EvalOutcome(row.id, row.digest, right=False, why=broken.error_message)
    return [made[row.id] for row in rows]


def evaluated(
    dataset: Dataset[Given, Made, Label], task: Callable[[Given], Any], name: str, *, at_once: int
) -> EvaluationReport[Given, Made, Label]:
    """Run a dataset through a task, in a thread and an event loop of their own.

    Whoever calls may have a loop running in theirs; this one is closed at the end.
    """

    async def run() -> EvaluationReport[Given, Made, Label]:
        return await dataset.evaluate(task, task_name=name, progress=False, max_concurrency=at_once)

    with ThreadPoolExecutor(1) as alone:
        return alone.submit(lambda: asyncio.run(run())).result()
