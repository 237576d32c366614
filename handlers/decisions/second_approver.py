"""A member's own words that another member has to approve."""

from domain import OPEN_STATES, Check, DecisionKind, Mention, MentionState, Suggestion
from errors import AlreadyDecided, NotAllowed
from handlers.decisions.commit import move_or_tell_who, record, what_changed
from handlers.entry.access import Member
from handlers.entry.context import HandlerContext
from storage.db.database import Transaction
from storage.inbox import mentions, suggestions
from storage.queue.enqueue import enqueue_card
from views.talking.private_texts import moved_on, own_words

#: So many of the circle are looked up before it counts as "nobody else".
_MOST_ASKED = 30
_AWAKE = frozenset({MentionState.WAITING, MentionState.HANDED_OVER})


def somebody_else_may_decide(ctx: HandlerContext, member: Member) -> bool:
    """Tell whether anybody but this member may decide; asks Slack, so not in a transaction."""
    others = sorted(ctx.access.circle() - {member.id})[:_MOST_ASKED]
    return any(_may_decide(ctx, other) for other in others)


def hand_in(
    tx: Transaction,
    ctx: HandlerContext,
    mention: Mention,
    member: Member,
    text: str,
    checks: tuple[Check, ...],
    *,
    made_of: Suggestion | None,
) -> None:
    """Put a member's words on the card for somebody else to approve.

    Args:
        tx: a transaction that may write.
        ctx: the parts.
        mention: what they answer.
        member: who wrote them.
        text: the words.
        checks: what the checks said of them.
        made_of: the suggestion that they were made of, if there was one.

    Raises:
        NotAllowed: they stand on the card already.
        AlreadyDecided: the mention has moved on.
    """
    if mention.state not in OPEN_STATES:
        raise AlreadyDecided(moved_on())
    if any(s.text == text and s.member_id for s in suggestions.latest_round(tx, mention.id)):
        raise NotAllowed(own_words())
    now = ctx.now()
    if mention.state not in _AWAKE:
        # What did not go out, or slept, has new words now: it waits.
        move_or_tell_who(tx, mention.id, to=MentionState.WAITING, at=now, before={mention.state})
    written = suggestions.add_members_text(
        tx,
        mention.id,
        text,
        checks,
        member_id=member.id,
        member_name=member.name,
        at=now,
        from_id=made_of.id if made_of else None,
    )
    change = what_changed(made_of.text, text) if made_of else "written anew"
    record(
        tx,
        mention.id,
        DecisionKind.WRITE,
        member,
        at=now,
        text=text,
        suggestion_id=written.id,
        change=change,
    )
    mentions.set_note(tx, mention.id, None)
    enqueue_card(tx, mention.id, at=now)


def _may_decide(ctx: HandlerContext, member_id: str) -> bool:
    try:
        ctx.access.member_who_may_decide(member_id)
    except NotAllowed:
        return False
    return True
