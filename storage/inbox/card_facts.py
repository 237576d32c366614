"""Everything a card shows, read in one snapshot."""

from domain import CardFacts, Decision, DecisionKind, Reply, ReplyState
from storage.db.database import Transaction
from storage.db.key_values import ACCOUNT_HANDLE, ACCOUNT_ID, value
from storage.inbox.decisions import last_decision
from storage.inbox.mentions import mention
from storage.inbox.replies import OPEN_OR_SENT, last_reply
from storage.inbox.suggestions import latest_round
from storage.posts.people import shared_history
from storage.posts.posts import post_chain, reply_by
from storage.slack.members import names_of

#: What a card tells of; asking for other ideas, muting, showing it elsewhere, writing a text
#: for somebody else to approve, or looking again decides nothing.
_TOLD = frozenset(DecisionKind) - {
    DecisionKind.STEER,
    DecisionKind.MUTE,
    DecisionKind.PAUSE_WATCH,
    DecisionKind.CHECK_AGAIN,
    DecisionKind.ESCALATE,
    DecisionKind.WRITE,
}
_TAKING_TEXT = (
    DecisionKind.APPROVE,
    DecisionKind.EDIT,
    DecisionKind.SEND_ANYWAY,
    DecisionKind.USE,
)


def card_facts(tx: Transaction, mention_id: str, *, above_limit: int = 3) -> CardFacts | None:
    """Return what the mention's card shows, or None when there is no such mention.

    Whether a model is on is the caller's to say. A reply that was taken back, or that another
    chosen text has replaced, is not shown.
    """
    found = mention(tx, mention_id)
    if found is None:
        return None
    account_id = value(tx, ACCOUNT_ID) or ""
    suggested = latest_round(tx, mention_id)
    whose = frozenset[str]().union(*(each.words_of or () for each in suggested))
    return CardFacts(
        mention=found,
        suggestions=suggested,
        names=names_of(tx, mention_id, whose),
        above=tuple(post_chain(tx, mention_id, above_limit)),
        history=shared_history(tx, found.post.author.id, account_id, found.post.created_at),
        decision=last_decision(tx, mention_id, _TOLD),
        reply=_standing(last_reply(tx, mention_id), last_decision(tx, mention_id, _TAKING_TEXT)),
        answer=reply_by(tx, account_id, mention_id),
        account_handle=value(tx, ACCOUNT_HANDLE) or "",
        escalated=last_decision(tx, mention_id, (DecisionKind.ESCALATE,)),
    )


def _standing(reply: Reply | None, chosen: Decision | None) -> Reply | None:
    if reply is None or reply.state is ReplyState.WITHDRAWN:
        return None
    if reply.state in OPEN_OR_SENT or chosen is None or chosen.id == reply.decision_id:
        return reply
    return None
