"""What follows when the team's settings change: one commit that may be done twice."""

from domain import JobKind, MentionState
from jobs.engine.context import Room
from jobs.messages.post_once import place
from jobs.reports.digest import move_digest
from jobs.start import begin_in_channel
from storage.inbox import mentions
from storage.queue import jobs
from storage.queue.enqueue import ask_card, ask_held_cards
from views.team.settings_texts import choose_channel

#: The cards that say what a member may do next.
_OPEN = (MentionState.WAITING, MentionState.HANDED_OVER, MentionState.FAILED)
_MOST_CARDS = 200
#: More owners and admins than this are not all called.
_MOST_ASKED = 3
_LOOKS_AT_X = frozenset({"poll_every", "x_budget_micro", "paused_by"})


def follow_settings(job: jobs.Job, room: Room) -> None:
    """Do what follows from the changes that the payload names."""
    names = {str(name) for name in job.payload.get("names", ())}
    room.team.refresh()
    if "channel" in names and not room.channel:
        _ask_for_a_channel(room)
    with room.finishing(job) as tx:
        if "channel" in names and room.channel:
            begin_in_channel(tx, room)
        if names & {"digest_at", "timezone"}:
            move_digest(tx, room)
        if names & _LOOKS_AT_X and not room.at_rest:
            jobs.make_due(tx, [JobKind.LISTEN], room.now())
        if "quiet" in names:
            ask_held_cards(tx, at=room.now())
        if "second_approver" in names:
            for mention in mentions.in_state(tx, _OPEN, _MOST_CARDS, newest_first=True):
                ask_card(tx, mention.id, at=room.now())


def _ask_for_a_channel(room: Room) -> None:
    """Ask those who may choose the channel to do so: once each, in a direct message."""
    message = choose_channel(room.account.handle)
    for admin in room.slack.admins()[:_MOST_ASKED]:
        place(room, f"choose_channel:{admin.id}", message, channel=admin.id)
