"""What a person decides when it is not known whether a reply went out."""

from domain import DecisionKind, MentionState, Reply, ReplyState
from errors import AlreadyDecided
from handlers.decisions.commit import DecidedText, approve_text, record, the_mention
from handlers.entry.access import Member
from handlers.entry.context import HandlerContext, Press
from storage.inbox import replies
from storage.queue import jobs
from storage.queue.enqueue import enqueue_card, enqueue_reconcile
from views.talking.private_texts import moved_on, other_words_now


def check_again(ctx: HandlerContext, press: Press, member: Member) -> None:
    """Look on X once more, now."""
    now = ctx.now()
    with ctx.db.write() as tx:
        mention = the_mention(tx, press.mention_id)
        reply = replies.reply_of(tx, mention.id)
        if reply is None or reply.state is not ReplyState.UNKNOWN:
            raise AlreadyDecided(moved_on())
        record(tx, mention.id, DecisionKind.CHECK_AGAIN, member, at=now)
        enqueue_reconcile(tx, reply, at=now, by_member=True)


def send_anyway(ctx: HandlerContext, press: Press, member: Member) -> None:
    """Send the same text once more, on this member's word; the first try is closed for good."""
    _only_as_shown(ctx, press)
    now = ctx.now()
    with ctx.db.write() as tx:
        reply = _shown(replies.reply_of(tx, press.mention_id), press)
        if reply is None or not replies.move_reply(
            tx,
            reply.id,
            before={ReplyState.UNKNOWN},
            to=ReplyState.FAILED,
            reason=f"Not found on X; {member.name} sent it anyway.",
        ):
            raise AlreadyDecided(moved_on())
        jobs.drop(tx, f"look:{reply.id}")
        taken = DecidedText(DecisionKind.SEND_ANYWAY, member, reply.text, now)
        approve_text(tx, reply.mention_id, taken, before={MentionState.UNKNOWN}, due_at=now)


def retry(ctx: HandlerContext, press: Press, member: Member) -> None:
    """Approve a failed reply once more, exactly as it stood on the card that was pressed."""
    _only_as_shown(ctx, press)
    now = ctx.now()
    with ctx.db.write() as tx:
        failed = _shown(replies.last_reply(tx, press.mention_id), press)
        if failed is None or failed.state is not ReplyState.FAILED:
            raise AlreadyDecided(moved_on())
        taken = DecidedText(DecisionKind.APPROVE, member, failed.text, now)
        due_at = now + ctx.undo
        approve_text(tx, failed.mention_id, taken, before={MentionState.FAILED}, due_at=due_at)


def _only_as_shown(ctx: HandlerContext, press: Press) -> None:
    """Show the card anew where other words stand there than those beside the button.

    Raises:
        AlreadyDecided: they do; nothing is sent.
    """
    with ctx.db.write() as tx:
        mention = the_mention(tx, press.mention_id)
        if _shown(replies.last_reply(tx, mention.id), press) is not None:
            return
        enqueue_card(tx, mention.id, at=ctx.now())
    raise AlreadyDecided(other_words_now())


def _shown(reply: Reply | None, press: Press) -> Reply | None:
    """Return the reply if it is the one whose words stood beside the button.

    A card that Slack still shows as it was, or one that a member has open elsewhere, may show
    words that another decision has replaced: nobody approves a text unseen.
    """
    return reply if reply is not None and reply.id == press.beside_id else None
