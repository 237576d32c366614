"""`/greenroom export`: everything stored about conversations, as a file for who asked."""

from handlers.entry.command_request import Asked, Shown
from handlers.entry.context import Desk
from storage.queue.enqueue import ask_export
from views.talking.command_answers import exporting_answer


def export_asked(desk: Desk, asked: Asked) -> Shown:
    """Have the file made for an admin; it comes as a direct message, and the channel is told."""
    with desk.db.write() as tx:
        ask_export(
            tx,
            member_id=asked.member.id,
            member_name=asked.member.name,
            channel=asked.channel,
            at=desk.now(),
        )
    return exporting_answer()
