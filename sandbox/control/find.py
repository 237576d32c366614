"""Finding what a person presses in blocks, and what Slack says about it to the app."""

import copy
import time
from dataclasses import dataclass
from typing import Any

from sandbox.control.errors import ControlError, not_found
from sandbox.slack.form_values import (
    FormError,
    every_element,
    filled,
    find_option,
    plain_words,
    words_of,
)

Block = dict[str, Any]
_BUTTONS = {"button", "icon_button", "workflow_button"}


@dataclass(frozen=True)
class Pressed:
    """One element of one block, with what was picked or typed in it (None for plain buttons)."""

    block: Block
    element: dict[str, Any]
    value: Any = None

    @property
    def block_id(self) -> str:
        """The block's id."""
        return str(self.block["block_id"])

    @property
    def action_id(self) -> str:
        """The element's action id."""
        return str(self.element["action_id"])


def find_pressed(blocks: list[Block], said: dict[str, Any]) -> Pressed:
    """Find the first element that fits `action_id` or `text`, and `block_id` and `value`.

    Raises:
        ControlError: nothing fits (404), or neither was given (400).
    """
    action_id, text = said.get("action_id"), said.get("text")
    if not action_id and not text:
        raise ControlError("Say what to press: action_id, or text with the button's words.")
    candidates = [
        (block, element)
        for block, element in every_element(blocks)
        if said.get("block_id") in {None, "", block.get("block_id")}
    ]
    for block, element in candidates:
        found = _fits(block, element, action_id, text, said.get("value"))
        if found is not None:
            return found
    if text and not action_id and (begun := _begins(candidates, str(text))) is not None:
        return begun
    known = ", ".join(filter(None, (_label(element) for _, element in candidates)))
    asked = f"action_id {action_id!r}" if action_id else f"the words {text!r}"
    more = f" with value {said['value']!r}" if said.get("value") is not None else ""
    raise not_found(f"There is nothing to press with {asked}{more}; there are: {known or 'none'}.")


def _begins(candidates: list[tuple[Block, dict[str, Any]]], text: str) -> Pressed | None:
    """Find what begins with the words: "Snooze" is enough for "Snooze 1 hour"."""
    for block, element in candidates:
        kind = element.get("type")
        if kind in _BUTTONS and _said_first(element, text):
            return Pressed(block, element)
        options = element.get("options") or [] if kind == "overflow" else []
        for option in options:
            if _said_first(option, text):
                return Pressed(block, element, option)
    return None


def _said_first(labelled: dict[str, Any], text: str) -> bool:
    return plain_words(words_of(labelled.get("text"))).startswith(plain_words(text) + " ")


def _fits(
    block: Block, element: dict[str, Any], action_id: Any, text: Any, value: Any
) -> Pressed | None:
    if action_id and element.get("action_id") != action_id:
        return None
    kind = element.get("type")
    if kind == "overflow":
        wanted = value if value is not None else text
        option = find_option(element, str(wanted)) if wanted is not None else None
        return Pressed(block, element, option) if option else None
    if kind == "feedback_buttons":
        return _feedback(block, element, text, value)
    if kind in _BUTTONS:
        return Pressed(block, element) if _is_button(element, action_id, text, value) else None
    return Pressed(block, element, value) if action_id else None


def _is_button(element: dict[str, Any], action_id: Any, text: Any, value: Any) -> bool:
    if text and plain_words(words_of(element.get("text"))) != plain_words(str(text)):
        return False
    return value is None or not action_id or element.get("value") == value


def _feedback(block: Block, element: dict[str, Any], text: Any, value: Any) -> Pressed | None:
    for name in ("positive_button", "negative_button"):
        button = element[name]
        same_words = text and plain_words(words_of(button.get("text"))) == plain_words(str(text))
        if same_words or (value is not None and button.get("value") == value):
            return Pressed(block, element, button)
    return None


def _label(element: dict[str, Any]) -> str:
    options = [words_of(option.get("text")) for option in element.get("options") or []]
    label = words_of(element.get("text")) or " / ".join(options)
    return f"{label!r} ({element.get('action_id')})" if label else str(element.get("action_id"))


def action_of(pressed: Pressed) -> dict[str, Any]:
    """Make the entry of `actions` for what was pressed, as Slack sends it.

    Raises:
        ControlError: the value is not one of the element's options.
    """
    element = pressed.element
    kind = str(element["type"])
    action: dict[str, Any] = {
        "type": kind,
        "action_id": pressed.action_id,
        "block_id": pressed.block_id,
        "action_ts": f"{time.time():.6f}",
    }
    if kind in _BUTTONS:
        for name in ("text", "value", "style", "url"):
            if element.get(name) is not None:
                action[name] = copy.deepcopy(element[name])
    elif kind == "overflow":
        action["selected_option"] = copy.deepcopy(pressed.value)
    elif kind == "feedback_buttons":
        action |= {"text": pressed.value["text"], "value": pressed.value["value"]}
    else:
        action |= state_after(pressed)
        if element.get("placeholder"):
            action["placeholder"] = copy.deepcopy(element["placeholder"])
    return action


def state_after(pressed: Pressed) -> dict[str, Any]:
    """Compute the input's state after it was filled with the pressed value."""
    try:
        return filled(pressed.element, pressed.value)
    except FormError as error:
        raise ControlError(str(error)) from None
