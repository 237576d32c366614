"""A post that is gone on X goes here too: from storage, its card, its thread and the summaries."""

import logging
from collections.abc import Collection
from datetime import datetime

from domain import MentionState
from storage import digests, jobs, mentions, messages
from storage.database import Transaction
from storage.due_work import ask_card, ask_clearing, ask_digest_anew
from storage.forget import forget_gone
from work.room import Room

log = logging.getLogger("greenroom.gone")

GONE_FROM_X = "The post is gone from X."
#: Whoever was about to send is told by the sending itself.
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


def forget_everywhere(tx: Transaction, post_ids: Collection[str], *, at: datetime) -> None:
    """Forget posts that are gone, and have threads and summaries that quote them cleared.

    X asks that what was deleted there goes from wherever it is kept (its developer policy).
    """
    forget_gone(tx, post_ids)
    for post_id in post_ids:
        ask_clearing(tx, post_id, at=at)
        for day in digests.days_naming(tx, post_id):
            ask_digest_anew(tx, day, at=at)


def close_gone(tx: Transaction, post_ids: Collection[str], *, at: datetime) -> int:
    """Close the mentions of posts that are gone, forget their words; return how many closed."""
    closed = 0
    for post_id in post_ids:
        if mentions.move(
            tx, post_id, to=MentionState.GONE, at=at, before=_MAY_GO, reason=GONE_FROM_X
        ):
            closed += 1
            ask_card(tx, post_id, at=at)
            log.info("mention=%s step=gone", post_id)
    forget_everywhere(tx, post_ids, at=at)
    return closed


def clear_thread(job: jobs.Job, room: Room) -> None:
    """Take away what Greenroom wrote below the card of a post that is gone; others' words stay."""
    with room.db.read() as tx:
        below = messages.below_card(tx, job.subject or "")
    for placed in below:
        if placed.ts is not None:
            room.slack.delete(placed.channel, placed.ts)
    with room.finishing(job) as tx:
        for placed in below:
            messages.forget_message(tx, placed.key)
