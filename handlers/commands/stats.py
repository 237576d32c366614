"""`/greenroom stats [7d|30d|90d] [public]`: how the account does; a job counts and answers."""

import patterns as re
from errors import GreenroomError
from handlers.entry.command_request import CommandRequest, Shown
from handlers.entry.context import HandlerContext
from insights.stats import PERIODS
from storage.queue.enqueue_answers import enqueue_stats
from views.blocks.formatting import escape
from views.talking.command_answers import counting_answer

_USUAL = 7
_DAYS = re.compile(r"(\d{1,3})\s*(?:d|days?)?\Z")
_NAMED = {"week": 7, "month": 30, "quarter": 90}


def stats_asked(ctx: HandlerContext, asked: CommandRequest) -> Shown:
    """Have the figures counted; they come as a direct message, or into the channel if asked so."""
    days, public = _USUAL, False
    for word in asked.words.lower().split():
        if word == "public":
            public = True
        elif word not in {"private", "last", "days"}:
            days = _read_days(word)
    with ctx.db.write() as tx:
        enqueue_stats(
            tx,
            days=days,
            public=public,
            member_id=asked.member.id,
            channel=asked.channel,
            at=ctx.now(),
        )
    return counting_answer(days, public=public)


def _read_days(word: str) -> int:
    """Return the days that a word names.

    Raises:
        GreenroomError: it names none that are counted.
    """
    number = _DAYS.match(word)
    days = int(number[1]) if number else _NAMED.get(word, 0)
    if days not in PERIODS:
        raise GreenroomError(
            f"Figures are counted over 7, 30 or 90 days, not “{escape(word[:40])}”.",
            "Write `/greenroom stats 30d`, and `public` behind it to show all.",
        )
    return days
