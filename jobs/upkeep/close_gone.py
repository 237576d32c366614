"""A post that is gone on X goes here too: from storage, its card, its thread, and all that quotes it."""

import logging
from collections.abc import Collection
from datetime import datetime, timedelta

from domain import JobKind, MentionState, ReplyState
from errors import SlackError
from jobs.engine.context import JobContext
from storage.db.database import Transaction
from storage.db.values import id_order
from storage.inbox import mentions, replies
from storage.privacy.erase_words import forget_gone
from storage.privacy.rerender import draw_again
from storage.queue import jobs
from storage.queue.enqueue import enqueue, enqueue_card
from storage.slack import messages, quoting_messages
from storage.slack.messages import PlacedMessage
from views.talking.notices import gone_answer

log = logging.getLogger("greenroom.gone")

GONE_FROM_X = "The post is gone from X."
_MAY_GO = frozenset(
    {
        MentionState.NEW,
        MentionState.SET_ASIDE,
        MentionState.DRAFTING,
        MentionState.WAITING,
        MentionState.SNOOZED,
        MentionState.HANDED_OVER,
        MentionState.APPROVED,
        MentionState.BY_HAND,
        MentionState.FAILED,
    }
)
#: Words that went are overwritten in the file a little later, many at once.
_OVERWRITTEN_IN = timedelta(minutes=5)


def forget_everywhere(tx: Transaction, post_ids: Collection[str], *, at: datetime) -> None:
    """Forget posts that are gone, and have everything in Slack that quotes them cleared.

    X asks that what was deleted there goes from wherever it is kept (its developer policy).
    """
    if not post_ids:
        return
    draw_again(tx, post_ids, at=at)
    forget_gone(tx, post_ids)
    for post_id in post_ids:
        enqueue(tx, JobKind.CLEAR, post_id, at=at)
    enqueue(tx, JobKind.RETENTION, at=at + _OVERWRITTEN_IN)


def close_gone(tx: Transaction, post_ids: Collection[str], *, at: datetime) -> int:
    """Close the mentions of posts that are gone, forget their words; return how many closed.

    A reply that was approved and is not on its way yet is withdrawn.
    """
    closed = 0
    # In one order always: two writers that close the same posts must not wait for each other.
    post_ids = id_order(post_ids)
    for post_id in post_ids:
        # The reply before its mention, as whoever sends it does.
        withdraw(tx, post_id, GONE_FROM_X)
        if mentions.move(
            tx, post_id, to=MentionState.GONE, at=at, before=_MAY_GO, reason=GONE_FROM_X
        ):
            closed += 1
            enqueue_card(tx, post_id, at=at)
            log.info("mention=%s step=gone", post_id)
    forget_everywhere(tx, post_ids, at=at)
    return closed


def withdraw(tx: Transaction, mention_id: str, why: str) -> bool:
    """Withdraw a mention's approved reply; tell whether there was one that had not begun to go."""
    reply = replies.reply_of(tx, mention_id)
    return reply is not None and replies.move_reply(
        tx, reply.id, before={ReplyState.APPROVED}, to=ReplyState.WITHDRAWN, reason=why
    )


def clear_thread(job: jobs.Job, ctx: JobContext) -> None:
    """Take away what Greenroom wrote below the card of a post that is gone, and answers quoting it.

    What members wrote stays.
    """
    post_id = job.subject or ""
    with ctx.db.read() as tx:
        below = messages.below_card(tx, post_id)
        quoting = quoting_messages.messages_quoting(tx, [post_id])
    for placed in below:
        if placed.ts is not None:
            ctx.slack.delete(placed.channel, placed.ts)
    for placed in quoting:
        _take_words_back(ctx, placed)
    with ctx.finishing(job) as tx:
        for placed in below:
            messages.forget_message(tx, placed.key)
        for placed in quoting:
            quoting_messages.forget_quotes(tx, placed.key)


def _take_words_back(ctx: JobContext, placed: PlacedMessage) -> None:
    """Put a sentence in the place of an answer."""
    if placed.ts is None:
        return
    shown = gone_answer()
    try:
        ctx.slack.update(placed.channel, placed.ts, text=shown.text, blocks=shown.blocks)
    except SlackError as error:
        if error.code != "message_not_found":
            raise
