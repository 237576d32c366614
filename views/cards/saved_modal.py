"""The *Use a saved answer* window: the playbook's answers, filled for this post."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from domain import Mention
from views.blocks.action_ids import ActionId, ViewId, button_value
from views.blocks.blocks import AnyBlock, button, context, plain_section, section
from views.blocks.form import modal
from views.blocks.formatting import count, excerpt
from views.cards.card_person import above_line

#: Slack shows a hundred blocks in a window; the headings need some.
MOST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """One answer to choose; `key` comes back with the press."""

    key: str
    occasion: str
    text: str
    fits: bool


def saved_modal(mention: Mention, answers: Sequence[ShownAnswer]) -> dict[str, Any]:
    """Build the window: those first whose words stand in the post."""
    shown = answers[:MOST_SHOWN]
    fitting = [answer for answer in shown if answer.fits]
    others = [answer for answer in shown if not answer.fits]
    left = len(answers) - len(shown)
    return modal(
        ViewId.SAVED,
        title="Saved answers",
        submit=None,
        blocks=[
            above_line(mention.post),
            context("Choose one, and change what you like before anything is approved."),
            *_group("With words of this post", fitting, mention.id),
            *_group("Others", others, mention.id),
            context(f"{count(left, 'more answer')}: see `/greenroom playbook`." if left else ""),
            None if shown else section("The playbook has no answer that can be filled here."),
        ],
    )


def _group(title: str, answers: Sequence[ShownAnswer], mention_id: str) -> list[AnyBlock | None]:
    blocks: list[AnyBlock | None] = [section(f"*{title}*")] if answers else []
    for number, answer in enumerate(answers):
        if number == 0 or answers[number - 1].occasion != answer.occasion:
            blocks.append(context(excerpt(answer.occasion.replace("_", " "), 60).capitalize()))
        press = button(
            "Use…",
            ActionId.USE_SAVED,
            button_value(mention_id, answer.key),
            spoken=f"Use: {answer.text}",
        )
        blocks.append(plain_section(answer.text, press))
    return blocks
