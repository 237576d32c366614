"""*Approve*: this text, by this member, and the undo window begins. *Undo* takes it back."""

from domain import OPEN_STATES, DecisionKind, MentionState, ReplyState
from errors import AlreadyDecided, GreenroomError
from handlers.decisions.commit import (
    DecidedText,
    approve_text,
    move_or_tell_who,
    record,
    the_mention,
    the_suggestion,
)
from handlers.entry.access import Member
from handlers.entry.context import HandlerContext, Press
from replies.checks import has_hard_stop
from storage.inbox import replies
from storage.queue import jobs
from storage.queue.enqueue import enqueue_card
from views.talking.private_texts import too_late_to_undo


def approve(ctx: HandlerContext, press: Press, member: Member) -> None:
    """Approve the suggestion beside the button as it stands."""
    now = ctx.now()
    with ctx.db.write() as tx:
        mention = the_mention(tx, press.mention_id)
        suggestion = the_suggestion(tx, mention, press.suggestion_id)
        if (stop := has_hard_stop(suggestion.checks)) is not None:
            raise GreenroomError(stop.why, "Use Edit… to change it.")
        taken = DecidedText(DecisionKind.APPROVE, member, suggestion.text, now, suggestion.id)
        approve_text(tx, mention.id, taken, before=OPEN_STATES, due_at=now + ctx.undo)


def undo(ctx: HandlerContext, press: Press, member: Member) -> None:
    """Take an approval back while its reply has not begun to go out."""
    now = ctx.now()
    with ctx.db.write() as tx:
        mention = the_mention(tx, press.mention_id)
        reply = replies.reply_of(tx, mention.id)
        if reply is None or not replies.move_reply(
            tx, reply.id, before={ReplyState.APPROVED}, to=ReplyState.WITHDRAWN
        ):
            raise AlreadyDecided(too_late_to_undo())
        move_or_tell_who(
            tx, mention.id, to=MentionState.WAITING, at=now, before={MentionState.APPROVED}
        )
        jobs.drop(tx, f"send:{reply.decision_id}")
        record(tx, mention.id, DecisionKind.UNDO, member, at=now, text=reply.text)
        enqueue_card(tx, mention.id, at=now)
