"""Bring a snoozed mention back when its time has come."""

from domain import MentionState
from storage import jobs, mentions
from storage.due_work import ask_card
from work.room import Room


def wake(job: jobs.Job, room: Room) -> None:
    """Move the mention from snoozed to waiting, unless it was decided or snoozed again."""
    now = room.now()
    with room.finishing(job) as tx:
        mention = mentions.mention(tx, job.subject or "")
        if mention is None or mention.snoozed_until is None or mention.snoozed_until > now:
            return
        if mentions.move(
            tx, mention.id, to=MentionState.WAITING, at=now, before={MentionState.SNOOZED}
        ):
            ask_card(tx, mention.id, at=now)
