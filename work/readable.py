"""End what reads a text that takes too long, and tell whoever asked: again it would take as long."""

import logging
from functools import wraps

from errors import ReadTooLong
from storage import jobs
from views.message import message
from views.pieces import context
from views.words import escape
from work.answering import answer_privately
from work.room import Room
from work.worker import Run

log = logging.getLogger("greenroom.readable")


def readable(run: Run) -> Run:
    """Make a job that a member waits for end with a sentence where its text cannot be read."""

    @wraps(run)
    def ending(job: jobs.Job, room: Room) -> None:
        try:
            run(job, room)
        except ReadTooLong as too_long:
            told = too_long.for_person()
            log.warning("job=%s %s", job.key, told)
            shown = message(told, context(escape(told)))
            answer_privately(room, job.payload.get("channel"), str(job.payload["member"]), shown)
            with room.finishing(job):
                pass

    return ending
