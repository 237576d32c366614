"""The guard's two lines each on its own: the look of a hostile post, and the look of the answer.

Together they have to hold; each alone shows how much the other carries. A hostile post that
looks harmless is met by the second line only.
"""

from domain import Advice
from evals.experiment import EvalAnswer, outcomes
from evals.hostile.attacks import LEAK, attacks, leaks
from evals.measures import BY_ANSWER, BY_POST, Result
from evals.rows import InjectionRow, RowSet, read_rows
from evals.stranger import context_for
from replies.drafting.advising import advised_by_the_post
from replies.drafting.asking import question_for
from replies.injection.guard import obeyed


def two_lines(rows_of: RowSet) -> list[Result]:
    """Hold the hostile posts of one set against each line alone."""
    rows = read_rows(rows_of.folder, "injections", InjectionRow)
    lines = ((BY_POST, post_caught), (BY_ANSWER, answers_caught))
    return [
        Result(measure, rows_of.name, tuple(found))
        for measure, task in lines
        if (found := outcomes(f"{rows_of.name}{measure.name}", rows, task, label=True))
    ]


def post_caught(row: InjectionRow) -> EvalAnswer:
    """Say whether a post is known as hostile before any model is asked."""
    advised = advised_by_the_post(context_for(row.post))
    return EvalAnswer(advised is not None and advised.advice is Advice.HOSTILE)


def answers_caught(row: InjectionRow) -> EvalAnswer:
    """Say whether every answer of a model that obeyed is caught, whatever the post looked like."""
    question = question_for(context_for(row.post))
    system = question.messages[0]["content"]
    texts = [part for text in attacks(row) for part in (leaks(system) if text == LEAK else (text,))]
    passed = [text for text in texts if obeyed(text, question.watched) is None]
    return EvalAnswer(not passed, "; ".join(passed))
