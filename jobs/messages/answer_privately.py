"""Answer one member in private, near where they asked."""

import logging

from errors import SlackError
from jobs.engine.context import JobContext
from views.blocks.message import Message

log = logging.getLogger("greenroom.answering")


def answer_privately(
    ctx: JobContext, channel: str | None, member_id: str, message: Message
) -> None:
    """Show a message to one member where they asked, or in our channel if we are not there.

    Raises:
        SlackError: it could not be shown in our channel either.
    """
    if channel and channel != ctx.channel:
        try:
            ctx.slack.post_ephemeral(channel, member_id, text=message.text, blocks=message.blocks)
        except SlackError as error:
            log.info("member=%s answered in our channel: %s", member_id, error.for_person())
        else:
            return
    ctx.slack.post_ephemeral(ctx.channel, member_id, text=message.text, blocks=message.blocks)
