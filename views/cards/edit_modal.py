"""The *Edit…* window: the text, its length, what the checks mind, and where to start from."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import Option, PlainTextInputElement, StaticSelectElement
from slack_sdk.models.blocks.basic_components import DispatchActionConfig

from domain import Check, CheckLevel, Lane, Mention, Suggestion
from views.blocks.action_ids import ActionId, ViewId
from views.blocks.blocks import AnyBlock, context, plain
from views.blocks.form import (
    LONGEST_INPUT,
    answer,
    block_with,
    field,
    kept_value,
    kept_values,
    modal,
)
from views.blocks.formatting import one_line, shorten
from views.cards.card_person import above_line
from views.cards.card_suggestions import check_line

#: What X takes from an account without a subscription, in its weighted count.
LONGEST_REPLY = 280
_CUT = "⛔ The text is longer than this window: only its beginning stands here. Write it shorter."
_SECOND = "Words of your own go onto the card for somebody else to approve."


@dataclass(frozen=True, slots=True)
class EditValues:
    """What an *Edit…* window holds now. `text_block` is where an error about the text goes.

    `warned` is the digest of the text that the checks shown are about.
    """

    mention_id: str
    suggestion_id: str | None
    text: str
    text_block: str
    draft_key: str
    warned: str | None = None

    @property
    def was_warned(self) -> bool:
        """Tell whether the checks were shown about exactly this text."""
        return self.warned == _digest(self.text)


def edit_modal(
    mention: Mention,
    *,
    suggestions: Sequence[Suggestion],
    chosen_id: str | None,
    text: str,
    checks: Sequence[Check] = (),
    length: int,
    draft_key: str,
    warned: bool = False,
    second_approver: bool = False,
) -> dict[str, Any]:
    """Build the window.

    Args:
        mention: the mention that is answered.
        suggestions: what *Start from* offers, when there are several.
        chosen_id: the suggestion that the text started from.
        text: what stands in the input at first.
        checks: what the checks said about the text last submitted.
        length: the text's weighted length, for the line below it.
        draft_key: Slack keeps what a person typed as long as the input's block keeps its
            id: the same key keeps their words, a new key shows `text` instead.
        warned: the checks shown are about exactly `text`; submitting it again sends it.
        second_approver: words of one's own go to somebody else for approval.
    """
    by_hand = mention.lane is Lane.BY_HAND
    kept = {"mention": mention.id, "draft": draft_key, "suggestion": chosen_id or ""}
    if warned:
        kept["warned"] = _digest(text)
    return modal(
        ViewId.EDIT,
        title="Edit the reply" if suggestions else "Write a reply",
        submit="Use this text" if by_hand or second_approver else "Approve this text",
        kept=kept,
        blocks=[
            above_line(mention.post),
            field(f"text:{draft_key}", "Reply", _input(text), live=True),
            context(length_line(length), _CUT if len(text) > LONGEST_INPUT else ""),
            _start_from(suggestions, chosen_id),
            context(*check_lines(checks)),
            context(_SECOND if second_approver else ""),
        ],
    )


def _digest(text: str) -> str:
    """Name a text by its words: Slack keeps little beside a window."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:24]


def length_line(length: int) -> str:
    """Say how long a text is as X counts: "214 of 280"."""
    over = length - LONGEST_REPLY
    if over > 0:
        return f"*{length} of {LONGEST_REPLY}* – {over} too many"
    return f"{length} of {LONGEST_REPLY}"


def check_lines(checks: Sequence[Check]) -> list[str]:
    """Say what the checks mind, and that a person may still decide where they may."""
    minded = [check for check in checks if check.level is not CheckLevel.FINE]
    lines = [check_line(check) for check in minded]
    if minded and all(check.level is CheckLevel.MIND for check in minded):
        lines.append("Press the button again to send it all the same.")
    return lines


def read_edit(view: Mapping[str, Any]) -> EditValues:
    """Read a view's payload, submitted or still open.

    Raises:
        NotOurs: the view is not one of ours.
    """
    draft_key = kept_value(view, "draft")
    text_block = block_with(view, ActionId.EDIT_TEXT) or f"text:{draft_key}"
    from_block = block_with(view, ActionId.EDIT_FROM)
    picked = answer(view, from_block, ActionId.EDIT_FROM) if from_block else ""
    return EditValues(
        mention_id=kept_value(view, "mention"),
        suggestion_id=picked or kept_value(view, "suggestion") or None,
        text=answer(view, text_block, ActionId.EDIT_TEXT),
        text_block=text_block,
        draft_key=draft_key,
        warned=kept_values(view).get("warned"),
    )


def edit_errors(values: EditValues, sentence: str) -> dict[str, str]:
    """Return the errors of a refused submission, at the text."""
    return {values.text_block: shorten(sentence, 150)}


def _start_from(suggestions: Sequence[Suggestion], chosen_id: str | None) -> AnyBlock | None:
    if len(suggestions) < 2:  # noqa: PLR2004
        return None
    options = {
        suggestion.id: Option(text=plain(one_line(suggestion.text) or "–", 75), value=suggestion.id)
        for suggestion in suggestions
    }
    select = StaticSelectElement(
        action_id=ActionId.EDIT_FROM,
        options=list(options.values()),
        initial_option=options.get(chosen_id or ""),
        placeholder=plain("One of the suggestions"),
    )
    return field("from", "Start from", select, optional=True, live=True)


def _input(text: str) -> PlainTextInputElement:
    return PlainTextInputElement(
        action_id=ActionId.EDIT_TEXT,
        initial_value=shorten(text, LONGEST_INPUT) or None,
        multiline=True,
        max_length=LONGEST_INPUT,
        focus_on_load=True,
        dispatch_action_config=DispatchActionConfig(trigger_actions_on=["on_character_entered"]),
    )
