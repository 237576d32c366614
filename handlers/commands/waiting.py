"""`/greenroom waiting`: who waits for a decision, longest first."""

from domain import MentionState
from handlers.commands.asked import Asked, Shown
from handlers.desk import Desk
from storage import mentions
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
    """Say who waits."""
    with desk.db.read() as tx:
        waiting = mentions.in_state(tx, _WAITING, _MOST_SHOWN, newest_first=False)
        folded = mentions.folded_count(tx)
    return waiting_answer(waiting, folded, now=desk.now())
