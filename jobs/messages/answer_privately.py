"""Answer one member in private, near where they asked."""

import logging

from errors import SlackError
from jobs.engine.context import Room
from views.blocks.message import Message

log = logging.getLogger("greenroom.answering")


def answer_privately(room: Room, channel: str | None, member_id: str, message: Message) -> None:
    """Show a message to one member where they asked, or in our channel if we are not there.

    Raises:
        SlackError: it could not be shown in our channel either.
    """
    if channel and channel != room.channel:
        try:
            room.slack.whisper(channel, member_id, text=message.text, blocks=message.blocks)
        except SlackError as error:
            log.info("member=%s answered in our channel: %s", member_id, error.for_person())
        else:
            return
    room.slack.whisper(room.channel, member_id, text=message.text, blocks=message.blocks)
