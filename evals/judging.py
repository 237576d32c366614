"""The deterministic judgement on labelled rows: checks on replies, triage on posts."""

from collections import defaultdict
from functools import partial

from domain import CheckLevel
from evals.experiment import EvalAnswer, EvalOutcome, outcomes
from evals.measures import (
    AI_SOUNDING,
    ASKED,
    BOILERPLATE,
    GOOD,
    HUMAN,
    PLAIN_PITCH,
    PROMOTIONAL,
    TRIAGE,
    EvalMeasure,
    Result,
    kind_measure,
)
from evals.rows import MentionRow, ReplyRow, RowSet, read_rows
from replies.checks import check_text, worst
from replies.triage import judge

#: Which file of replies stands behind which figure, and whether its rows should be marked.
_REPLY_FILES: tuple[tuple[str, EvalMeasure, bool], ...] = (
    ("replies_ai_slop", AI_SOUNDING, True),
    ("replies_boilerplate", BOILERPLATE, True),
    ("replies_promotional", PLAIN_PITCH, True),
    ("replies_asked", ASKED, False),
    ("replies_good", GOOD, False),
    ("replies_human", HUMAN, False),
)


def judged_replies(rows_of: RowSet) -> list[Result]:
    """Hold the replies of one set against the checks."""
    results: list[Result] = []
    for file, measure, marked in _REPLY_FILES:
        rows = read_rows(rows_of.folder, file, ReplyRow)
        found = outcomes(f"{rows_of.name} {file}", rows, marked_reply, marked)
        if found:
            results.append(Result(measure, rows_of.name, tuple(found)))
        if measure is AI_SOUNDING and found:
            results.append(_promotional(rows_of, rows, found))
    return results


def marked_reply(row: ReplyRow) -> EvalAnswer:
    """Say whether the checks mark a reply, as `bot.py check` would without a voice."""
    checks = check_text(row.reply, post_text=row.mention)
    marked = worst(checks) is not CheckLevel.FINE
    return EvalAnswer(marked, ", ".join(check.name for check in checks) or "no check")


def judged_mentions(rows_of: RowSet) -> list[Result]:
    """Hold the posts of one set against triage: altogether, then by kind."""
    rows = read_rows(rows_of.folder, "mentions_mixed", MentionRow)
    found = outcomes(f"{rows_of.name} triage", rows, worth_it, lambda row: row.worth_answering)
    if not found:
        return []
    by_kind: dict[str, list[EvalOutcome]] = defaultdict(list)
    for row, outcome in zip(rows, found, strict=True):
        by_kind[row.kind].append(outcome)
    made = partial(Result, set_name=rows_of.name)
    return [
        made(TRIAGE, outcomes=tuple(found)),
        *(made(kind_measure(kind), outcomes=tuple(by_kind[kind])) for kind in sorted(by_kind)),
    ]


def worth_it(row: MentionRow) -> EvalAnswer:
    """Say whether triage finds a post worth answering, as `bot.py triage` would."""
    verdict = judge(row.text)
    return EvalAnswer(verdict.worth_answering, verdict.why)


def _promotional(rows_of: RowSet, rows: list[ReplyRow], found: list[EvalOutcome]) -> Result:
    """Pick out the AI-sounding replies that sell."""
    sells = {row.id for row in rows if row.promotional}
    return Result(
        PROMOTIONAL, rows_of.name, tuple(outcome for outcome in found if outcome.id in sells)
    )
