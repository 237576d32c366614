"""The pieces that all our modals are made of, and how a submitted view is read."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import InputBlock, InputInteractiveElement, PlainTextInputElement
from slack_sdk.models.views import View

from errors import NotOurs
from views.blocks.action_ids import ViewId
from views.blocks.blocks import AnyBlock, plain
from views.blocks.formatting import shorten

#: Slack's limit on what a text input holds.
LONGEST_INPUT = 3000


def modal(
    view: ViewId,
    *,
    title: str,
    submit: str | None,
    blocks: Sequence[AnyBlock | None],
    kept: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Build a modal; `kept` comes back with every press and with the submission.

    Without `submit` it only shows something, and may hold no input.

    Raises:
        SlackObjectFormationError: it breaks one of Slack's limits (a fault of ours).
    """
    built: dict[str, Any] = View(
        type="modal",
        callback_id=view,
        title=plain(title),
        submit=plain(submit) if submit else None,
        close=plain("Cancel" if submit else "Close"),
        blocks=[block for block in blocks if block is not None],
        private_metadata=json.dumps(dict(kept)) if kept else None,
    ).to_dict()
    return built


def field(
    name: str,
    label: str,
    element: InputInteractiveElement,
    *,
    hint: str = "",
    optional: bool = False,
    live: bool = False,
) -> InputBlock:
    """Make one question; `live` reports changes while the modal is open."""
    return InputBlock(
        block_id=name,
        label=plain(label),
        element=element,
        hint=plain(hint) if hint else None,
        optional=optional or None,
        dispatch_action=live or None,
    )


def words_input(
    action: str,
    *,
    value: str = "",
    example: str = "",
    lines: bool = False,
    longest: int = LONGEST_INPUT,
) -> PlainTextInputElement:
    """Make a place to write in; `lines` makes it tall."""
    return PlainTextInputElement(
        action_id=action,
        initial_value=shorten(value, longest) if value else None,
        placeholder=plain(example, 150) if example else None,
        multiline=lines,
        max_length=longest,
    )


def kept_values(view: Mapping[str, Any]) -> dict[str, str]:
    """Read what `modal` was told to keep; empty when it is missing or not ours."""
    try:
        kept = json.loads(view.get("private_metadata") or "{}")
    except (ValueError, TypeError, RecursionError):
        return {}
    if not isinstance(kept, dict):
        return {}
    return {str(key): value for key, value in kept.items() if isinstance(value, str)}


def kept_value(view: Mapping[str, Any], name: str) -> str:
    """Read one of the values that `modal` was told to keep.

    Raises:
        NotOurs: the view keeps none of that name.
    """
    kept = kept_values(view).get(name)
    if kept is None:
        raise NotOurs("Greenroom does not know this window any more.")
    return kept


def answer(view: Mapping[str, Any], block_id: str, action: str) -> str:
    """Read one answer of a view's state as text; "" when nothing was given."""
    given = given_in(view, block_id, action)
    option = _named(given.get("selected_option"))
    found = given.get("value") or given.get("selected_user") or option.get("value")
    return str(found or given.get("selected_date_time") or "")


def picks(view: Mapping[str, Any], block_id: str, action: str) -> tuple[str, ...]:
    """Read what was picked in an input that takes several; their values."""
    options = given_in(view, block_id, action).get("selected_options")
    named = map(_named, options) if isinstance(options, list) else ()
    return tuple(str(option["value"]) for option in named if "value" in option)


def answered_blocks(view: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the ids of the blocks that hold an input, in the view's order."""
    return tuple(_values(view))


def input_blocks(view: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the ids of a view's inputs, in its order."""
    blocks = view.get("blocks")
    return tuple(
        str(block.get("block_id", ""))
        for block in (blocks if isinstance(blocks, list) else [])
        if isinstance(block, dict) and block.get("type") == "input"
    )


def typed_in(view: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what was typed into a view's inputs, in its order."""
    given = (_named(answer) for inputs in _values(view).values() for answer in inputs.values())
    words = (str(each["value"]) for each in given if isinstance(each.get("value"), str))
    return tuple(text for text in words if text.strip())


def block_with(view: Mapping[str, Any], action: str) -> str | None:
    """Return the id of the block that holds an input, whatever it is called now."""
    return next((block for block, inputs in _values(view).items() if action in inputs), None)


def lines_of(text: str) -> tuple[str, ...]:
    """Split an answer into its lines, without empty ones and list marks."""
    lines = (
        line.strip().removeprefix("- ").removeprefix("• ").strip() for line in text.split("\n")
    )
    return tuple(line for line in lines if line)


def given_in(view: Mapping[str, Any], block_id: str, action: str) -> Mapping[str, Any]:
    """Return what an input holds, as Slack sends it; empty where there is none."""
    return _named(_values(view).get(block_id, {}).get(action))


def _values(view: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    values = _named(_named(view.get("state")).get("values"))
    return {str(block): _named(inputs) for block, inputs in values.items()}


def _named(part: Any) -> Mapping[str, Any]:
    """Return what has named parts; nothing in place of anything else."""
    return part if isinstance(part, dict) else {}
