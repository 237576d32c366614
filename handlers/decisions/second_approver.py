"""A member's own words that another member has to approve."""

from domain import OPEN_STATES, Check, DecisionKind, Mention, MentionState
from errors import AlreadyDecided, NotAllowed
from handlers.decisions.commit import DecidedText, move_or_tell_who, record
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
    tx: Transaction, mention: Mention, taken: DecidedText, checks: tuple[Check, ...]
) -> None:
    """Put a member's words on the card for somebody else to approve, with what the checks say.

    Raises:
        NotAllowed: they stand on the card already.
        AlreadyDecided: the mention has moved on.
    """
    if mention.state not in OPEN_STATES:
        raise AlreadyDecided(moved_on())
    latest = suggestions.latest_round(tx, mention.id)
    if any(each.text == taken.text and each.member_id for each in latest):
        raise NotAllowed(own_words())
    member, at = taken.member, taken.at
    if mention.state not in _AWAKE:
        # What did not go out, or slept, has new words now: it waits.
        move_or_tell_who(tx, mention.id, to=MentionState.WAITING, at=at, before={mention.state})
    written = suggestions.add_members_text(
        tx,
        mention.id,
        taken.text,
        checks,
        member_id=member.id,
        member_name=member.name,
        at=at,
        from_id=taken.suggestion_id,
    )
    record(
        tx,
        mention.id,
        DecisionKind.WRITE,
        member,
        at=at,
        text=taken.text,
        suggestion_id=written.id,
        change=taken.change,
    )
    mentions.set_note(tx, mention.id, None)
    enqueue_card(tx, mention.id, at=at)


def _may_decide(ctx: HandlerContext, member_id: str) -> bool:
    try:
        ctx.access.member_who_may_decide(member_id)
    except NotAllowed:
        return False
    return True
