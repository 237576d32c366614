"""Snoozed mentions: whose hands they slept from."""

from domain import Decision, DecisionKind, Mention, MentionState
from storage.db.database import Transaction
from storage.inbox.decisions import last_decision
from storage.inbox.mentions import history


def handed_before_sleep(tx: Transaction, mention: Mention) -> Decision | None:
    """Return the hand-over of a snoozed mention that somebody had, or None when nobody had it."""
    moves = history(tx, mention.id)
    if mention.state is not MentionState.SNOOZED or not mention.assignee or not moves:
        return None
    if moves[-1]["from_state"] != MentionState.HANDED_OVER:
        return None
    return last_decision(tx, mention.id, (DecisionKind.HAND_OVER,))
