"""Answers that show posts: where they stand is noted, so that a post that is gone goes from them."""

import json
import re

from storage.quoted import note_quotes
from views.message import Message
from work.placing import place
from work.room import Room

#: Each post that is shown is linked to X; each person has a button with their id.
_NAMED = re.compile(r'(?:/status/|"value": ")(\d+)\b')


def place_answer(
    room: Room,
    key: str,
    message: Message,
    *,
    channel: str | None = None,
    thread_ts: str | None = None,
) -> str:
    """Place a message that may quote posts, and note which; return its ts."""
    named = set(_NAMED.findall(json.dumps(message.blocks)))
    if named:
        with room.db.write() as tx:
            note_quotes(tx, key, named)
    return place(room, key, message, channel=channel, thread_ts=thread_ts)
