"""*Skip* and *Bring back*."""

from domain import OPEN_STATES, DecisionKind, MentionState
from handlers.access import Member
from handlers.deciding import move_or_tell_who, record, the_mention
from handlers.desk import Desk, Press
from storage import jobs
from storage import suggestions as stored
from storage.due_work import ask_suggestions

_BRINGABLE = frozenset({MentionState.SKIPPED, MentionState.EXPIRED, MentionState.SNOOZED})


def skip(desk: Desk, press: Press, member: Member) -> None:
    """Let this one go; who and when stays on the record."""
    now = desk.now()
    with desk.db.write() as tx:
        mention = the_mention(tx, press.mention_id)
        move_or_tell_who(
            tx,
            mention.id,
            to=MentionState.SKIPPED,
            at=now,
            before=OPEN_STATES,
        )
        record(tx, mention.id, DecisionKind.SKIP, member, at=now)


def bring_back(desk: Desk, press: Press, member: Member) -> None:
    """Put a skipped, snoozed or expired mention back on the table."""
    now = desk.now()
    with desk.db.write() as tx:
        mention = the_mention(tx, press.mention_id)
        move_or_tell_who(tx, mention.id, to=MentionState.WAITING, at=now, before=_BRINGABLE)
        record(tx, mention.id, DecisionKind.UNDO, member, at=now)
        jobs.drop(tx, f"wake:{mention.id}")
        if not stored.latest_round(tx, mention.id):
            ask_suggestions(tx, mention.id, at=now)
