"""Store that a reply stands on X: one place for the sending and the looking side."""

from datetime import datetime

from domain import MentionState, Post, Reply, ReplyState
from storage import ledger, mentions, posts, replies
from storage.database import Transaction
from storage.due_work import ask_card, tell_sent
from work.prices import SUMMONED_REPLY
from work.room import Room


def store_sent(tx: Transaction, room: Room, reply: Reply, post_id: str, *, at: datetime) -> None:
    """Move the reply to sent and its mention to answered, with card, thread note and cost.

    Stored even when the job's lease was lost: X has the post, whoever finishes the job.
    """
    moved = replies.move_reply(
        tx,
        reply.id,
        before={ReplyState.SENDING, ReplyState.UNKNOWN, ReplyState.APPROVED},
        to=ReplyState.SENT,
        post_id=post_id,
    )
    if not moved:
        return
    own = Post(
        id=post_id,
        text=reply.text,
        author=room.account,
        created_at=at,
        in_reply_to_id=reply.mention_id,
    )
    posts.save_post(tx, own)
    mentions.move(
        tx,
        reply.mention_id,
        to=MentionState.ANSWERED,
        at=at,
        before={MentionState.SENDING, MentionState.UNKNOWN},
    )
    ledger.note_cost(
        tx,
        service="x",
        kind="reply",
        purpose="send",
        units=1,
        micro_dollars=SUMMONED_REPLY,
        at=at,
    )
    ask_card(tx, reply.mention_id, at=at)
    tell_sent(tx, reply, at=at)
