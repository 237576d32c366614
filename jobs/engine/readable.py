"""What becomes of a text that takes too long to read: again it would take as long.

Whoever asked for something is told, and the job ends. What reads many texts, a poll, a pile or a
summary, goes on without judging that one.
"""

import logging
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from errors import ReadTooLong
from jobs.engine.context import JobContext
from jobs.engine.worker import Run
from jobs.messages.answer_privately import answer_privately
from storage.queue import jobs
from views.blocks.blocks import context
from views.blocks.formatting import escape
from views.blocks.message import message

log = logging.getLogger("greenroom.readable")

_T = TypeVar("_T")


def unless_too_long(judge: Callable[[], _T], *, otherwise: _T, of: str) -> _T:
    """Return what is judged of a text, or what holds where nobody can tell; `of` is for the log."""
    try:
        return judge()
    except ReadTooLong as too_long:
        log.warning("%s not judged: %s", of, too_long.for_person())
        return otherwise


def readable(run: Run) -> Run:
    """Make a job that a member waits for end with a sentence where its text cannot be read."""

    @wraps(run)
    def ending(job: jobs.Job, ctx: JobContext) -> None:
        try:
            run(job, ctx)
        except ReadTooLong as too_long:
            told = too_long.for_person()
            log.warning("job=%s %s", job.key, told)
            shown = message(told, context(escape(told)))
            answer_privately(ctx, job.payload.get("channel"), str(job.payload["member"]), shown)
            with ctx.finishing(job):
                pass

    return ending
