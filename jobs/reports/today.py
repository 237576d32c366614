"""Answer `/greenroom today`: the local day so far, for who asked or for the channel."""

import logging
from datetime import UTC, datetime, time

from domain import Span
from errors import SlackError, SlackUnavailable, SlackUncertain
from jobs.engine.context import JobContext
from jobs.messages.answer_privately import answer_privately
from jobs.messages.answers_that_quote import place_answer
from jobs.reports.digest_facts import collect_facts
from jobs.reports.digest_message import facts_message
from storage.queue import jobs
from views.blocks.message import Message

log = logging.getLogger("greenroom.digest")


def answer_today(job: jobs.Job, ctx: JobContext) -> None:
    """Sum the day up from midnight on; without the model, so that asking costs nothing."""
    now = ctx.now()
    today = now.astimezone(ctx.timezone).date()
    midnight = datetime.combine(today, time(), tzinfo=ctx.timezone).astimezone(UTC)
    facts = collect_facts(ctx, Span(midnight, now), with_model=False)
    message = facts_message(ctx, facts, today, so_far=True)
    member, channel = str(job.payload["member"]), job.payload.get("channel")
    if not job.payload["public"] or not _posted(job, ctx, channel, message):
        answer_privately(ctx, channel, member, message)
    with ctx.finishing(job):
        pass


def _posted(job: jobs.Job, ctx: JobContext, channel: str | None, message: Message) -> bool:
    """Post where all see it; False where Slack does not let us, so that only who asked does.

    Raises:
        SlackUnavailable, SlackUncertain: the job comes back, and looks for it first.
    """
    to = channel or ctx.channel
    try:
        place_answer(ctx, job.key, message, channel=to)
    except (SlackUnavailable, SlackUncertain):
        raise
    except SlackError as error:
        log.info("the day so far is whispered: %s", error.for_person())
        return False
    return True
