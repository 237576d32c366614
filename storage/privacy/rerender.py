"""What shows a post besides its own card: all of it is drawn again when the post is gone."""

from collections.abc import Collection
from datetime import datetime

from domain import ENDED_STATES, OPEN_STATES, JobKind, MentionState
from storage.db.database import Transaction
from storage.inbox import filtered, proposals
from storage.queue.enqueue import enqueue, enqueue_card, enqueue_filtered_list, enqueue_proposal
from storage.reports import digests

#: Cards that show more than one line: what stands above, and what we said to each other before.
_WHOLE_CARDS = (*OPEN_STATES, MentionState.APPROVED, MentionState.BY_HAND)

# Each way has its index: one long OR would walk through all posts.
_CARDS_BESIDE = """
SELECT m.id FROM mentions m WHERE m.state IN (:states) AND m.folded = 0 AND m.id IN (
    SELECT p.id FROM posts p WHERE p.in_reply_to_id IN (:ids)
    UNION
    SELECT p.id FROM posts p JOIN posts gone ON gone.author_id = p.author_id WHERE gone.id IN (:ids)
    UNION
    SELECT p.id FROM posts p JOIN posts below ON below.id = p.in_reply_to_id
        WHERE below.in_reply_to_id IN (:ids)
    UNION
    SELECT p.id FROM posts p JOIN posts low ON low.id = p.in_reply_to_id
        JOIN posts below ON below.id = low.in_reply_to_id WHERE below.in_reply_to_id IN (:ids)
)
ORDER BY m.id
"""
_PILES = """
SELECT pile_id AS id FROM piled WHERE mention_id IN (:ids)
UNION
SELECT id FROM piles WHERE about_id IN (:ids)
"""

#: So many cards that ended last may have been brought back since; Slack takes some fifty a minute.
_LAST = 200
_CARDS = """
SELECT m.id FROM mentions m JOIN messages card ON card.key = 'card:' || m.id
WHERE card.ts IS NOT NULL AND (m.state IN (:open) OR m.id IN (
    SELECT id FROM mentions WHERE state IN (:ended) ORDER BY changed_at DESC LIMIT :last
))
ORDER BY m.id
"""


def draw_unknown_cards(tx: Transaction, *, at: datetime) -> None:
    """Have each card drawn that may show what this database does not know.

    Those are the open ones, which may have been decided since, and those that ended last, which
    may have been taken back.
    """
    open_too = sorted({*_WHOLE_CARDS, MentionState.UNKNOWN})
    states = {"open": open_too, "ended": sorted(ENDED_STATES), "last": _LAST}
    for row in tx.query(_CARDS, states):
        tx.execute(
            "UPDATE messages SET digest = NULL WHERE key = :key", {"key": f"card:{row['id']}"}
        )
        enqueue_card(tx, row["id"], at=at)


def draw_again(
    tx: Transaction, post_ids: Collection[str], *, at: datetime, person_too: bool = False
) -> None:
    """Have everything drawn again that shows one of the posts beside its own card.

    Call it before the posts are forgotten: afterwards nobody knows where they stood. With
    `person_too` not even their ids stay in the summaries.
    """
    if not post_ids:
        return
    params = {"ids": sorted(post_ids)}
    for row in tx.query(_CARDS_BESIDE, {**params, "states": sorted(_WHOLE_CARDS)}):
        enqueue_card(tx, row["id"], at=at)
    for row in tx.query(_PILES, params):
        enqueue(tx, JobKind.PILE, row["id"], at=at)
    for hour in filtered.hours_naming(tx, post_ids):
        enqueue_filtered_list(tx, hour, at=at)
    for day in digests.forget_posts(tx, post_ids, person_too=person_too):
        enqueue(tx, JobKind.DIGEST, day.isoformat(), at=at)
    for proposal_id in proposals.drop_evidence(tx, post_ids):
        enqueue_proposal(tx, proposal_id, at=at)
