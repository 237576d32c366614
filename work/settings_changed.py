"""What follows when the team's settings change: one commit that may be done twice."""

from domain import JobKind, MentionState
from storage import jobs, mentions
from storage.database import Transaction
from storage.due_work import ask_card, ask_held_cards, ask_learning
from work.daily import next_daily
from work.room import Room
from work.start import begin_in_channel

#: The cards that say what a member may do next.
_OPEN = (MentionState.WAITING, MentionState.HANDED_OVER, MentionState.FAILED)
_MOST_CARDS = 200
_LOOKS_AT_X = frozenset({"poll_every", "x_budget_micro", "paused_by"})


def follow_settings(job: jobs.Job, room: Room) -> None:
    """Do what follows from the changes that the payload names."""
    names = {str(name) for name in job.payload.get("names", ())}
    room.team.refresh()
    with room.finishing(job) as tx:
        if "channel" in names and room.channel:
            begin_in_channel(tx, room)
        if names & {"digest_at", "timezone"}:
            _move_daily(tx, room)
        if names & _LOOKS_AT_X and not room.at_rest:
            jobs.make_due(tx, [JobKind.LISTEN], room.now())
        if "quiet" in names:
            ask_held_cards(tx, at=room.now())
        if "second_approver" in names:
            for mention in mentions.in_state(tx, _OPEN, _MOST_CARDS, newest_first=True):
                ask_card(tx, mention.id, at=room.now())


def _move_daily(tx: Transaction, room: Room) -> None:
    """Put what happens once a day at its new time; a job that waits would keep the earlier one."""
    jobs.drop(tx, "learn")
    ask_learning(tx, at=next_daily(room.now(), room.digest_at, room.timezone))
