"""Drafts through the real drafting path, judged by a model: a rubric, and against a person's reply.

Costs money: it runs only where a key is in the environment.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic_evals import Case, Dataset
from pydantic_evals.evaluators import Evaluator, EvaluatorContext

from clients.model.client import ModelClient
from domain import Source
from errors import ModelError
from evals.experiment import evaluated
from evals.judge import Judge, JudgeVerdict, Scores
from evals.rows import ReplyRow, RowSet, read_rows
from evals.shares import EvalShare, Mean
from evals.stranger import context_for
from evals.voices import voice_for
from replies.drafting import Drafted, TokenCount, draft
from replies.text.wording import own_words

_AT_ONCE = 4
_WORTH = {JudgeVerdict.WON: 1.0, JudgeVerdict.TIED: 0.5, JudgeVerdict.LOST: 0.0}


@dataclass(frozen=True, slots=True)
class JudgedDraft:
    """One draft and its verdicts. `why_not` says why there is none, or no verdict."""

    text: str = ""
    scores: Scores | None = None
    verdict: JudgeVerdict | None = None
    why_not: str = ""
    spent: tuple[TokenCount, ...] = ()


@dataclass
class Rubric(Evaluator[ReplyRow, JudgedDraft, Any]):
    """The five scores of a judged draft; nothing where there is no draft."""

    def evaluate(self, ctx: EvaluatorContext[ReplyRow, JudgedDraft, Any]) -> dict[str, Any]:
        """Hand the judge's scores over."""
        return dict(ctx.output.scores) if ctx.output.scores else {}


@dataclass
class AgainstPerson(Evaluator[ReplyRow, JudgedDraft, Any]):
    """1 where the draft won against the person's reply, a half for a tie, 0 where it lost."""

    def evaluate(self, ctx: EvaluatorContext[ReplyRow, JudgedDraft, Any]) -> dict[str, Any]:
        """Hand the judge's preference over."""
        verdict = ctx.output.verdict
        return {} if verdict is None else {"win": _WORTH[verdict]}


@dataclass(frozen=True, slots=True)
class JudgedDrafts:
    """What came of all drafts: mean scores, share of wins (ties count half), tokens, and gaps."""

    means: dict[str, Mean]
    wins: EvalShare
    gaps: dict[str, int]
    spent: tuple[TokenCount, ...]


def chosen_rows(sets: Sequence[RowSet], wanted: int) -> list[ReplyRow]:
    """Choose posts with a person's good reply, evenly from all files that have some."""
    files = [
        rows
        for each in sets
        for file in ("replies_good", "replies_human")
        if (rows := read_rows(each.folder, file, ReplyRow))
    ]
    chosen: list[ReplyRow] = []
    for place, rows in enumerate(files):
        share = wanted // len(files) + (place < wanted % len(files))
        step = max(1, len(rows) // max(1, share))
        chosen += rows[::step][:share]
    return chosen


def judged_drafts(
    rows: list[ReplyRow], drafting: ModelClient, judging: ModelClient, *, at_once: int = _AT_ONCE
) -> JudgedDrafts:
    """Draft for each row and have the first suggestion judged; a few rows at once."""
    dataset: Dataset[ReplyRow, JudgedDraft, Any] = Dataset(
        name="drafts",
        cases=[Case(name=row.id, inputs=row) for row in rows],
        evaluators=[Rubric(), AgainstPerson()],
    )

    def task(row: ReplyRow) -> JudgedDraft:
        return _judged(row, drafting, judging)

    report = evaluated(dataset, task, "drafts", at_once=at_once)
    scored: dict[str, list[float]] = {}
    for case in report.cases:
        for name, score in case.scores.items():
            scored.setdefault(name, []).append(float(score.value))
    wins = scored.pop("win", [])
    gaps = Counter(case.output.why_not for case in report.cases if case.output.why_not)
    gaps.update(failure.error_message for failure in report.failures)
    spent = tuple(each for case in report.cases for each in case.output.spent)
    means = {name: Mean.of_scores(scores) for name, scores in scored.items()}
    return JudgedDrafts(means, EvalShare(sum(wins), len(wins)), dict(gaps), spent)


def _judged(row: ReplyRow, drafting: ModelClient, judging: ModelClient) -> JudgedDraft:
    handle, known = voice_for(row.mention)
    voice = " ".join([known.who, known.how, *(f"Fact: {fact.line}." for fact in known.facts)])
    drafted = draft(context_for(row.mention, known, handle), drafting.ask)
    spent: list[TokenCount] = [drafted.cost] if drafted.cost else []
    first = next((each for each, _ in drafted.drafts if each.source is Source.MODEL), None)
    if first is None:
        return JudgedDraft(why_not=_why_not(drafted), spent=tuple(spent))
    judge = Judge(judging.ask, spent)
    try:
        scores = judge.scores(row.mention, first.text, voice)
        verdict = judge.against(row.mention, first.text, own_words(row.reply), voice)
    except ModelError as error:
        why_not = f"the judge did not answer: {type(error).__name__}"
        return JudgedDraft(first.text, why_not=why_not, spent=tuple(spent))
    return JudgedDraft(first.text, scores, verdict, spent=tuple(spent))


def _why_not(drafted: Drafted) -> str:
    if drafted.trouble is not None:
        return f"no draft: {type(drafted.trouble).__name__}"
    return f"no draft: {drafted.advice}" if drafted.advice else "no draft of the model's"
