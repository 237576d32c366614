"""Store that a reply stands on X: one place for the sending and the looking side."""

from datetime import datetime

from domain import LOOKED_THROUGH, MentionState, Post, Reply, ReplyState
from jobs.engine.context import JobContext
from jobs.network.budget import Use
from jobs.network.reserve import SpendKey
from replies.checks import holds_link
from storage.db.database import Transaction
from storage.inbox import mentions, replies
from storage.money import ledger, reservations
from storage.posts import posts
from storage.queue.enqueue import enqueue_card, enqueue_notice_sent
from views.blocks.formatting import without_leading_handles

ANSWERED_ALREADY = "Answered on X already."


def purse_of(reply: Reply) -> SpendKey:
    """Return whose money a reply's sending is."""
    return SpendKey(f"send:{reply.id}", "send", Use.SENDING)


def price_of(ctx: JobContext, reply: Reply) -> int:
    """Return what sending a reply costs; a link makes it dear (X's price list)."""
    return ctx.prices.reply_cost(with_url=holds_link(reply.text))


def set_aside_for(ctx: JobContext, reply: Reply) -> int:
    """Return what sending a reply may cost, looking for it on X included."""
    return price_of(ctx, reply) + LOOKED_THROUGH * ctx.prices.owned_read


def store_sent(
    tx: Transaction, ctx: JobContext, reply: Reply, post_id: str, *, at: datetime
) -> None:
    """Move the reply to sent and its mention to answered, with card, thread note and cost.

    Stored even when the job's lease was lost: X has the post, whoever finishes the job.
    """
    if not _to_sent(tx, ctx, reply, post_id, at=at):
        return
    answered = posts.post(tx, reply.mention_id)
    # The timeline is read around it: what X would say of it is known.
    own = Post(
        id=post_id,
        text=reply.text,
        author=ctx.account,
        created_at=at,
        conversation_id=answered.conversation_id if answered else None,
        in_reply_to_id=reply.mention_id,
        in_reply_to_author_id=answered.author.id if answered else None,
        linked=holds_link(reply.text),
    )
    posts.save_post(tx, own)


def store_answered_already(
    tx: Transaction, ctx: JobContext, reply: Reply, own: Post, *, at: datetime
) -> None:
    """Close an approved reply whose mention one of our own posts answers: nothing is sent.

    With the approved words it is this very reply, which an older copy of the database does not
    know to be out. With others, somebody was first.
    """
    if without_leading_handles(own.text).strip() == reply.text.strip():
        _to_sent(tx, ctx, reply, own.id, at=at)
        return
    moved = replies.move_reply(
        tx,
        reply.id,
        before={ReplyState.APPROVED},
        to=ReplyState.WITHDRAWN,
        reason=ANSWERED_ALREADY,
    )
    if moved:
        mentions.move(
            tx,
            reply.mention_id,
            to=MentionState.ANSWERED,
            at=at,
            before={MentionState.APPROVED},
            reason=ANSWERED_ALREADY,
        )
        enqueue_card(tx, reply.mention_id, at=at)


def _to_sent(tx: Transaction, ctx: JobContext, reply: Reply, post_id: str, *, at: datetime) -> bool:
    """Move reply and mention, write the cost, have it shown; False where it was stored before."""
    moved = replies.move_reply(
        tx,
        reply.id,
        before={ReplyState.SENDING, ReplyState.UNKNOWN, ReplyState.APPROVED},
        to=ReplyState.SENT,
        post_id=post_id,
    )
    if not moved:
        return False
    mentions.move(
        tx,
        reply.mention_id,
        to=MentionState.ANSWERED,
        at=at,
        before={MentionState.APPROVED, MentionState.SENDING, MentionState.UNKNOWN},
    )
    ledger.note_cost(
        tx,
        service="x",
        kind="reply",
        purpose="send",
        units=1,
        micro_dollars=price_of(ctx, reply),
        at=at,
    )
    reservations.release(tx, purse_of(reply).key)
    enqueue_card(tx, reply.mention_id, at=at)
    enqueue_notice_sent(tx, reply, at=at)
    return True
