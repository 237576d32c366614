"""`/greenroom waiting`: who waits for a decision, longest first."""

from domain import MentionState
from handlers.commands.asked import Asked, Shown
from handlers.desk import Desk
from storage import mentions, messages
from views.command_answers import waiting_answer

_MOST_SHOWN = 10
_WAITING = (
    MentionState.WAITING,
    MentionState.HANDED_OVER,
    MentionState.UNKNOWN,
    MentionState.FAILED,
    MentionState.BY_HAND,
)


def waiting_asked(desk: Desk, _: Asked) -> Shown:
    """Say who waits, each with the way to their card."""
    with desk.db.read() as tx:
        waiting = mentions.in_state(tx, _WAITING, _MOST_SHOWN, newest_first=False)
        cards = messages.cards(tx, [mention.id for mention in waiting])
        counts = mentions.counts(tx)
        folded = mentions.folded_count(tx)
    links = {
        mention_id: desk.slack.link_to(card.channel, card.ts)
        for mention_id, card in cards.items()
        if card.ts is not None
    }
    more = sum(counts.get(state, 0) for state in _WAITING) - len(waiting)
    return waiting_answer(waiting, links, more=more, folded=folded)
