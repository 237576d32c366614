"""Which posts and people a message shows, read from where its links and buttons lead."""

import json

import patterns as re
from views.blocks.message import Message

#: A post's page on X, a person's page there by id, and a button that names either.
_ID = re.compile(r'(?:/status/|/i/user/|"value": ")(\d+)\b')
_CARD = re.compile(r"/archives/(\w+)/p(\d+)(\d{6})\b")


def ids_shown(message: Message) -> frozenset[str]:
    """Return the ids of posts and people that a message leads to on X or with a button."""
    return frozenset(_ID.findall(json.dumps(message.blocks)))


def cards_shown(message: Message) -> frozenset[tuple[str, str]]:
    """Return channel and ts of the messages in Slack that a message leads to."""
    found = _CARD.findall(json.dumps(message.blocks))
    return frozenset((channel, f"{seconds}.{rest}") for channel, seconds, rest in found)
