"""*Skip* and *Bring back*."""

from domain import OPEN_STATES, Decision, DecisionKind, Mention, MentionState
from handlers.decisions.assign import remind_later
from handlers.decisions.commit import move_or_tell_who, record, the_mention
from handlers.entry.access import Member
from handlers.entry.context import HandlerContext, Press
from storage.db.database import Transaction
from storage.inbox import suggestions as stored
from storage.inbox.snoozes import handed_before_sleep
from storage.queue import jobs
from storage.queue.enqueue import enqueue_suggestions

_BRINGABLE = frozenset({MentionState.SKIPPED, MentionState.EXPIRED, MentionState.SNOOZED})


def skip(ctx: HandlerContext, press: Press, member: Member) -> None:
    """Let this one go; who and when stays on the record."""
    now = ctx.now()
    with ctx.db.write() as tx:
        mention = the_mention(tx, press.mention_id)
        move_or_tell_who(
            tx,
            mention.id,
            to=MentionState.SKIPPED,
            at=now,
            before=OPEN_STATES,
        )
        record(tx, mention.id, DecisionKind.SKIP, member, at=now)


def bring_back(ctx: HandlerContext, press: Press, member: Member) -> None:
    """Put a skipped, snoozed or expired mention back on the table."""
    now = ctx.now()
    with ctx.db.write() as tx:
        mention = the_mention(tx, press.mention_id)
        handed = handed_before_sleep(tx, mention)
        if handed is None:
            move_or_tell_who(tx, mention.id, to=MentionState.WAITING, at=now, before=_BRINGABLE)
        else:
            _wake_in_their_hands(tx, ctx, mention, handed)
        record(tx, mention.id, DecisionKind.UNDO, member, at=now)
        jobs.drop(tx, f"wake:{mention.id}")
        if not stored.latest_round(tx, mention.id):
            enqueue_suggestions(tx, mention.id, at=now)


def _wake_in_their_hands(
    tx: Transaction, ctx: HandlerContext, mention: Mention, handed: Decision
) -> None:
    """Give a snoozed mention back to the member who had it when it went to sleep."""
    whose = mention.assignee or ""
    move_or_tell_who(
        tx,
        mention.id,
        to=MentionState.HANDED_OVER,
        at=ctx.now(),
        before={MentionState.SNOOZED},
        assignee=whose,
        reason=handed.text or None,
    )
    remind_later(tx, ctx, handed, whose)
