"""Assign: somebody is asked to take a mention, is reminded of it, and may give it back."""

from collections.abc import Callable
from datetime import timedelta

from domain import Decision, DecisionKind, Mention, MentionState
from errors import GreenroomError, NotAllowed
from handlers.decisions.commit import move_or_tell_who, record, the_mention
from handlers.entry.access import May, Member
from handlers.entry.context import Body, HandlerContext, Press, view_of
from handlers.entry.submitting import Submitted, submitting
from insights.business_time import due_after_business
from storage.db.database import Transaction
from storage.queue import jobs
from storage.queue.enqueue import enqueue_notice_handed_over, enqueue_reminder
from views.cards.assign_modal import WHO_BLOCK
from views.modals import hand_over_modal, read_hand_over
from views.talking.private_texts import cannot_take, gave_back, not_theirs_to_give_back

_HANDABLE = frozenset({MentionState.WAITING, MentionState.SNOOZED, MentionState.HANDED_OVER})
_MINUTE = timedelta(minutes=1)


def hand_over(
    ctx: HandlerContext, mention_id: str, member: Member, to_member_id: str, note: str = ""
) -> Member:
    """Give a mention to a member, tell them in its thread, and have them reminded: one commit.

    Args:
        ctx: the parts.
        mention_id: the mention; it waits, sleeps, or somebody else has it.
        member: who hands it over, as `Access.member_who_may_decide` returned them.
        to_member_id: who is to take it; may be `member` themself.
        note: a word to them.

    Returns:
        The member who has it now.

    Raises:
        NotAllowed: that member may not decide.
        AlreadyDecided: it is decided already; names who was first.
    """
    other = _one_who_may_take(ctx, to_member_id)
    now = ctx.now()
    with ctx.db.write() as tx:
        mention = the_mention(tx, mention_id)
        move_or_tell_who(
            tx,
            mention.id,
            to=MentionState.HANDED_OVER,
            at=now,
            before=_HANDABLE,
            assignee=other.id,
            reason=note or None,
        )
        handed = record(tx, mention.id, DecisionKind.HAND_OVER, member, at=now, text=note)
        jobs.drop(tx, f"wake:{mention.id}")
        if other.id != member.id:
            enqueue_notice_handed_over(tx, handed, to_member=other.id, at=now)
        remind_later(tx, ctx, handed, other.id)
    return other


def remind_later(tx: Transaction, ctx: HandlerContext, handed: Decision, to_member: str) -> None:
    """Have a member reminded of what they have, after some of the team's business hours."""
    settings = ctx.team.settings
    minutes = settings.remind_after / _MINUTE
    due = due_after_business(ctx.now(), minutes, settings.business, settings.timezone)
    enqueue_reminder(tx, handed, to_member=to_member, at=due)


def open_assign(ctx: HandlerContext, press: Press, mention_id: str) -> None:
    """Open the *Assign* window."""
    with ctx.db.read() as tx:
        mention = the_mention(tx, mention_id)
    ctx.slack.open_modal(press.trigger_id, hand_over_modal(mention))


def on_hand_over(ctx: HandlerContext, may: May) -> Callable[..., None]:
    """Make the listener for the submitted *Assign* window."""

    def store(member: Member, body: Body) -> Submitted:
        values = read_hand_over(view_of(body))
        hand_over(ctx, values.mention_id, member, values.member_id, values.note)
        return Submitted({})

    return submitting(ctx, store, may=may, field=lambda _: WHO_BLOCK)


def give_back(ctx: HandlerContext, press: Press, member: Member) -> None:
    """Put a mention that a member has back on the table, on that member's word."""
    now = ctx.now()
    with ctx.db.write() as tx:
        mention = the_mention(tx, press.mention_id)
        if mention.state is MentionState.HANDED_OVER and mention.assignee != member.id:
            raise NotAllowed(not_theirs_to_give_back(_assignee(mention)))
        move_or_tell_who(
            tx,
            mention.id,
            to=MentionState.WAITING,
            at=now,
            before={MentionState.HANDED_OVER},
            reason=gave_back(member.name),
            assignee=None,
        )
        record(tx, mention.id, DecisionKind.GIVE_BACK, member, at=now)
        jobs.drop(tx, f"remind:{mention.id}")


def _assignee(mention: Mention) -> str:
    return mention.assignee or ""


def _one_who_may_take(ctx: HandlerContext, member_id: str) -> Member:
    """Return the member who is to take a mention; they must be one who may decide."""
    try:
        return ctx.access.member_who_may_decide(member_id)
    except NotAllowed as refusal:
        if isinstance(refusal.__cause__, GreenroomError):
            # Slack did not say: that is no word about this member.
            raise
        raise NotAllowed(cannot_take()) from refusal
