"""The *Other ideas…* window: free words that steer the next suggestions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain import Mention
from views.blocks.action_ids import ViewId
from views.blocks.blocks import context
from views.blocks.form import answer, field, kept_value, modal, words_input
from views.cards.card_person import above_line

#: Block to which an error belongs.
STEER_BLOCK = "steer"


@dataclass(frozen=True, slots=True)
class OtherIdeasValues:
    """What was asked for. `steer` may be empty: then simply others."""

    mention_id: str
    steer: str


def other_ideas_modal(mention: Mention, *, model_on: bool) -> dict[str, Any]:
    """Build the window."""
    honest = (
        ""
        if model_on
        else (
            "No model is set up: only a plain question about your facts or a plain thanks gets an idea."
        )
    )
    words = words_input("words", example="Shorter, and ask which day it was", lines=True)
    return modal(
        ViewId.OTHER_IDEAS,
        title="Other ideas",
        submit="Suggest others",
        kept={"mention": mention.id},
        blocks=[
            above_line(mention.post),
            field(STEER_BLOCK, "What should be different?", words, optional=True),
            context(honest),
        ],
    )


def read_other_ideas(view: Mapping[str, Any]) -> OtherIdeasValues:
    """Read a submitted view.

    Raises:
        NotOurs: the view is not one of ours.
    """
    return OtherIdeasValues(kept_value(view, "mention"), answer(view, STEER_BLOCK, "words").strip())
