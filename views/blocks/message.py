"""A message as Slack takes it: the text that is read aloud, and the blocks that are seen."""

from dataclasses import dataclass
from typing import Any

from views.blocks.blocks import AnyBlock


@dataclass(frozen=True, slots=True)
class Message:
    """`text` stands in notifications, screen readers and search; `blocks` on the screen."""

    text: str
    blocks: list[dict[str, Any]]


def message(text: str, *blocks: AnyBlock | None) -> Message:
    """Build a message; blocks that are None are left out.

    Raises:
        SlackObjectFormationError: a block breaks one of Slack's limits (a fault of ours).
    """
    return Message(text, [block.to_dict() for block in blocks if block is not None])
