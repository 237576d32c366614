"""The first message in a channel, and the line behind which folded mentions wait."""

from jobs.engine.context import Room
from jobs.messages.post_once import place
from storage.inbox import mentions
from storage.queue import jobs
from storage.slack import messages
from views.talking.notices import fold_line, welcome

_FOLD_KEY = "fold"


def greet(job: jobs.Job, room: Room) -> None:
    """Post the welcome, once a channel."""
    message = welcome(
        room.account.handle,
        model_on=room.model is not None,
        approvers_line=approvers_line(room),
        practice=room.practice,
        model_host=room.model.host if room.model else "",
    )
    place(room, f"welcome:{room.channel}", message)
    with room.finishing(job):
        pass


def approvers_line(room: Room) -> str:
    """Say in one line who approves, for the welcome."""
    settings = room.team.settings
    if not settings.approvers:
        return "Every full member of this channel, until you name some."
    if "approvers" in settings.forced:
        return "Only those whom SLACK_APPROVERS names."
    return "Only those whom the settings in the Home tab name."


def render_fold_line(job: jobs.Job, room: Room) -> None:
    """Show how many mentions are folded; nothing where there never were any."""
    with room.db.read() as tx:
        count = mentions.folded_count(tx)
        placed = messages.message(tx, _FOLD_KEY)
    if count or placed is not None:
        place(room, _FOLD_KEY, fold_line(count))
    with room.finishing(job):
        pass
