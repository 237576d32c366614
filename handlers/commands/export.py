"""`/greenroom export`: everything stored about conversations, as a file for who asked."""

from handlers.entry.command_request import CommandRequest, Shown
from handlers.entry.context import HandlerContext
from storage.queue.enqueue_answers import enqueue_export
from views.talking.command_answers import exporting_answer


def export_asked(ctx: HandlerContext, asked: CommandRequest) -> Shown:
    """Have the file made for an admin; it comes as a direct message, and the channel is told."""
    with ctx.db.write() as tx:
        enqueue_export(
            tx,
            member_id=asked.member.id,
            member_name=asked.member.name,
            channel=asked.channel,
            at=ctx.now(),
        )
    return exporting_answer()
