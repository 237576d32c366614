"""The window that shows a mention in the team's other channel: why, and who has to know."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain import Mention
from views.blocks.action_ids import ViewId
from views.blocks.blocks import context, section
from views.blocks.form import answer, field, kept_value, modal, words_input
from views.blocks.formatting import channel_words, excerpt, shorten, slack_date
from views.cards.card_person import above_line

#: Block to which an error belongs.
WHY_BLOCK = "why"


@dataclass(frozen=True, slots=True)
class ElsewhereValues:
    """What is to be shown in the other channel, and why; the why may be empty."""

    mention_id: str
    why: str


def elsewhere_modal(
    mention: Mention, channel: str, *, shown: tuple[str, datetime] | None = None
) -> dict[str, Any]:
    """Build the window; `shown` names who showed it there last, and when."""
    before = ""
    if shown is not None:
        name, at = shown
        before = f"{excerpt(name, 60)} showed it there {slack_date(at)}."
    why = words_input("words", example="They ask about the lease, and I do not know", lines=True)
    return modal(
        ViewId.ELSEWHERE,
        title="Show elsewhere",
        submit="Show it there",
        kept={"mention": mention.id},
        blocks=[
            section(f"A copy goes to {channel_words(channel)}, with a link back to this card."),
            above_line(mention.post),
            context(before),
            field(WHY_BLOCK, "Why should they see it?", why, optional=True),
        ],
    )


def read_elsewhere(view: Mapping[str, Any]) -> ElsewhereValues:
    """Read a submitted view.

    Raises:
        NotOurs: the view is not one of ours.
    """
    why = shorten(answer(view, WHY_BLOCK, "words").strip(), 500)
    return ElsewhereValues(kept_value(view, "mention"), why)
