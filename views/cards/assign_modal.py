"""The *Assign…* window: who takes this mention, and a word to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import UserSelectElement

from domain import Mention
from views.blocks.action_ids import ViewId
from views.blocks.blocks import plain
from views.blocks.form import answer, field, kept_value, modal, words_input
from views.blocks.formatting import shorten
from views.cards.card_person import above_line

#: Block to which an error about the choice of member belongs.
WHO_BLOCK = "who"


@dataclass(frozen=True, slots=True)
class HandOverValues:
    """To whom a mention goes, and what was said about it."""

    mention_id: str
    member_id: str
    note: str


def hand_over_modal(mention: Mention) -> dict[str, Any]:
    """Build the window."""
    select = UserSelectElement(
        action_id="member",
        placeholder=plain("A member of this channel"),
        initial_user=mention.assignee,
    )
    note = words_input("words", example="You know this customer best")
    return modal(
        ViewId.HAND_OVER,
        title="Assign",
        submit="Assign",
        kept={"mention": mention.id},
        blocks=[
            above_line(mention.post),
            field(WHO_BLOCK, "Who takes this?", select),
            field("note", "A word to them", note, optional=True),
        ],
    )


def read_hand_over(view: Mapping[str, Any]) -> HandOverValues:
    """Read a submitted view.

    Raises:
        NotOurs: the view is not one of ours.
    """
    return HandOverValues(
        mention_id=kept_value(view, "mention"),
        member_id=answer(view, WHO_BLOCK, "member"),
        note=shorten(answer(view, "note", "words").strip(), 300),
    )
