"""Putting what a person typed and picked into the inputs of a view or message."""

from typing import Any

from sandbox.control.errors import ControlError
from sandbox.control.find import Block, Pressed, state_after
from sandbox.slack.form_values import Values, every_element

Place = tuple[Block, dict[str, Any]]


def fill(blocks: list[Block], values: Values, given: Any) -> None:
    """Put values into inputs.

    Args:
        blocks: where the inputs are.
        values: their state; changed.
        given: `{action_id: value}`, `{block_id: {action_id: value}}` or `{block_id: value}`, or
            nothing; inputs that are not named keep what they hold.

    Raises:
        ControlError: no such input, or no such option.
    """
    if given is None:
        return
    if not isinstance(given, dict):
        raise ControlError("values must be an object.")
    places = every_element(blocks)
    for name, value in given.items():
        inside = [place for place in places if place[0]["block_id"] == name]
        if inside and isinstance(value, dict) and _names_actions(inside, value):
            for action_id, one in value.items():
                _put(values, [p for p in inside if p[1]["action_id"] == action_id], one)
        elif inside:
            _put(values, inside, value)
        else:
            named = [place for place in places if place[1].get("action_id") == name]
            if not named:
                known = ", ".join(str(element.get("action_id")) for _, element in places)
                raise ControlError(f"There is no input {name!r}; there are: {known or 'none'}.")
            _put(values, named, value)


def _names_actions(inside: list[Place], value: dict[str, Any]) -> bool:
    return set(value) <= {element["action_id"] for _, element in inside}


def _put(values: Values, places: list[Place], value: Any) -> None:
    block, element = places[0]
    state = state_after(Pressed(block, element, value))
    values.setdefault(str(block["block_id"]), {})[str(element["action_id"])] = state
