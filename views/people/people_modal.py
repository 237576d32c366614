"""The list of people as a window, for who asks from the Home tab."""

from typing import Any

from slack_sdk.models.views import View

from views.blocks.action_ids import ViewId
from views.blocks.blocks import plain
from views.blocks.message import Message


def people_modal(shown: Message) -> dict[str, Any]:
    """Build the window from the list as a message shows it."""
    built: dict[str, Any] = View(
        type="modal",
        callback_id=ViewId.PEOPLE,
        title=plain("People"),
        close=plain("Close"),
        blocks=shown.blocks,
    ).to_dict()
    return built
