"""The by-hand lane: *Use this*, *I posted it*, *Back*."""

from domain import DecisionKind, JobKind, MentionState
from handlers.decisions.commit import (
    DecidedText,
    move_or_tell_who,
    record,
    take_by_hand,
    the_mention,
    the_suggestion,
)
from handlers.entry.access import Member
from handlers.entry.context import HandlerContext, Press
from storage.inbox import decisions
from storage.queue.enqueue import enqueue


def use(ctx: HandlerContext, press: Press, member: Member) -> None:
    """Choose the suggestion to post by hand; the card then offers its text and the link."""
    now = ctx.now()
    with ctx.db.write() as tx:
        mention = the_mention(tx, press.mention_id)
        suggestion = the_suggestion(tx, mention, press.suggestion_id)
        taken = DecidedText(DecisionKind.USE, member, suggestion.text, now, suggestion.id)
        take_by_hand(tx, mention.id, taken)


def posted(ctx: HandlerContext, press: Press, member: Member) -> None:
    """Believe the member that they posted it, and look for it once to find its link."""
    now = ctx.now()
    with ctx.db.write() as tx:
        mention = the_mention(tx, press.mention_id)
        chosen = decisions.last_decision(tx, mention.id, (DecisionKind.USE, DecisionKind.EDIT))
        move_or_tell_who(
            tx,
            mention.id,
            to=MentionState.ANSWERED,
            at=now,
            before={MentionState.BY_HAND},
            reason="Posted by hand on X.",
        )
        text = chosen.text if chosen else None
        record(tx, mention.id, DecisionKind.POSTED, member, at=now, text=text)
        enqueue(tx, JobKind.TIMELINE, at=now)


def back(ctx: HandlerContext, press: Press, member: Member) -> None:
    """Return to the suggestions."""
    now = ctx.now()
    with ctx.db.write() as tx:
        mention = the_mention(tx, press.mention_id)
        move_or_tell_who(
            tx, mention.id, to=MentionState.WAITING, at=now, before={MentionState.BY_HAND}
        )
        record(tx, mention.id, DecisionKind.UNDO, member, at=now)
