"""Bring a snoozed mention back when its time has come."""

from domain import Decision, DecisionKind, Mention, MentionState
from insights.business_time import due_after_business
from jobs.engine.context import JobContext
from storage.db.database import Transaction
from storage.inbox import decisions, mentions
from storage.inbox.snoozes import handed_before_sleep
from storage.queue import jobs
from storage.queue.enqueue import enqueue_card, enqueue_notice_woken, enqueue_reminder


def wake(job: jobs.Job, ctx: JobContext) -> None:
    """Move the mention back to where it slept from, unless it was decided or snoozed again.

    Who had it has it again, and is reminded as after the hand-over.
    """
    now = ctx.now()
    with ctx.finishing(job) as tx:
        mention = mentions.mention(tx, job.subject or "")
        if mention is None or mention.snoozed_until is None or mention.snoozed_until > now:
            return
        handed = handed_before_sleep(tx, mention)
        moved = mentions.move(
            tx,
            mention.id,
            to=MentionState.HANDED_OVER if handed else MentionState.WAITING,
            at=now,
            before={MentionState.SNOOZED},
            reason=handed.text or None if handed else None,
        )
        if moved:
            enqueue_card(tx, mention.id, at=now)
            slept = decisions.last_decision(tx, mention.id, (DecisionKind.SNOOZE,))
            if slept is not None:
                enqueue_notice_woken(tx, slept, at=now)
        if moved and handed is not None:
            _remind(tx, ctx, mention, handed)


def _remind(tx: Transaction, ctx: JobContext, mention: Mention, handed: Decision) -> None:
    settings = ctx.team.settings
    minutes = settings.remind_after.total_seconds() / 60
    at = due_after_business(ctx.now(), minutes, settings.business, settings.timezone)
    enqueue_reminder(tx, handed, to_member=mention.assignee or "", at=at)
