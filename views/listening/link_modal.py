"""The window that asks for the link to a post on X."""

from collections.abc import Mapping
from typing import Any

from views.blocks.action_ids import ViewId
from views.blocks.blocks import context
from views.blocks.form import answer, field, modal, words_input

LINK_BLOCK = "link"


def link_modal() -> dict[str, Any]:
    """Build the window."""
    return modal(
        ViewId.LINK,
        title="Suggest a reply",
        submit="Get ideas",
        blocks=[
            field(
                LINK_BLOCK,
                "The post's link on X",
                words_input("words", example="https://x.com/nell/status/1990000000000000000"),
            ),
            context(
                "Reading one post costs about a cent and a half. Its card comes into our channel."
            ),
        ],
    )


def read_link(view: Mapping[str, Any]) -> str:
    """Read what was written."""
    return answer(view, LINK_BLOCK, "words")
