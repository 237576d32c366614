"""Remind whoever took a mention: once after a while of business hours, then all a day later."""

from datetime import datetime

from domain import Decision, DecisionKind, Mention, MentionState
from insights.business_time import a_business_day_later
from jobs.cards.card import card_key
from jobs.engine.context import JobContext
from jobs.messages.post_once import post_once
from jobs.messages.quiet_hours import quiet_end
from storage.inbox import decisions, mentions
from storage.queue import jobs
from storage.queue.enqueue import enqueue_reminder
from storage.slack import messages
from views.cards.reminders import last_reminder, reminder, woken

_AWAKE = frozenset({MentionState.WAITING, MentionState.HANDED_OVER})


def remind(job: jobs.Job, ctx: JobContext) -> None:
    """Say in the card's thread that it still waits; nothing when that is no longer so."""
    if "woken" in job.payload:
        _tell_woken(job, ctx)
        return
    with ctx.db.read() as tx:
        mention = mentions.mention(tx, job.subject or "")
        handed = decisions.last_decision(tx, job.subject or "", (DecisionKind.HAND_OVER,))
        card = messages.message(tx, card_key(job.subject or ""))
    if mention is None or handed is None or not _still_theirs(job, mention, handed):
        with ctx.finishing(job):
            return
    later = _not_now(ctx)
    if later is not None:
        with ctx.repeating(job, later):
            return
    last = bool(job.payload.get("last"))
    if card is not None and card.ts is not None:
        _say(ctx, mention, handed, thread_ts=card.ts, last=last)
    with ctx.finishing(job) as tx:
        if not last:
            settings = ctx.team.settings
            at = a_business_day_later(ctx.now(), settings.business, settings.timezone)
            enqueue_reminder(tx, handed, to_member=mention.assignee or "", at=at, last=True)


def _tell_woken(job: jobs.Job, ctx: JobContext) -> None:
    """Tell whoever put the mention to sleep that it is back, if it still waits."""
    with ctx.db.read() as tx:
        mention = mentions.mention(tx, job.subject or "")
        card = messages.message(tx, card_key(job.subject or ""))
    waits = mention is not None and mention.state in _AWAKE
    later = _not_now(ctx) if waits else None
    if later is not None:
        with ctx.repeating(job, later):
            return
    if waits and card is not None and card.ts is not None:
        post_once(ctx, job.key, woken(str(job.payload["woken"])), thread_ts=card.ts)
    with ctx.finishing(job):
        pass


def _not_now(ctx: JobContext) -> datetime | None:
    """Return when to look again, where nobody is to be called now; None when they may be."""
    if ctx.team.settings.paused_by is not None:
        return ctx.now() + ctx.timings.paused_probe
    return quiet_end(ctx)


def _still_theirs(job: jobs.Job, mention: Mention, handed: Decision) -> bool:
    """Tell whether the member whom the job reminds has the mention still, from that hand-over."""
    return (
        mention.state is MentionState.HANDED_OVER
        and mention.assignee == job.payload.get("to")
        and handed.id == job.payload.get("handed")
    )


def _say(
    ctx: JobContext, mention: Mention, handed: Decision, *, thread_ts: str, last: bool
) -> None:
    member, person = mention.assignee or "", mention.post.author.name
    if last:
        other = handed.member_id if handed.member_id != member else None
        said = last_reminder(member, person, asked_by=other, since=handed.at)
    else:
        said = reminder(member, person, since=handed.at)
    number = 2 if last else 1
    post_once(ctx, f"remind:{handed.id}:{number}", said, thread_ts=thread_ts)
