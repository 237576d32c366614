"""What is in the inputs of a view or message: their first values, and what a member puts in."""

import copy
import re
from typing import Any

from sandbox.slack.messages import elements_of, inner_blocks

Values = dict[str, dict[str, Any]]

# Where each input keeps its choice, in the state and (with `initial_`) in its definition.
SINGLE = {
    "plain_text_input": "value",
    "number_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "rich_text_input": "rich_text_value",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
}
MULTIPLE = {
    "checkboxes": "selected_options",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
    "file_input": "files",
}
_TYPED = {"plain_text_input", "number_input", "email_text_input", "url_text_input"}
#: A label begins and ends with these, whatever signs stand around it.
_FIRST, _LAST = re.compile(r"[\w@#/+(\"'-]"), re.compile(r"[\w)\"'.!?%+-]")
_EMOJI = re.compile(r":[a-z0-9_+-]+:")
REQUIRED = "Please complete this required field."


class FormError(ValueError):
    """Say in one sentence why a value does not fit an input."""


def plain_words(text: str) -> str:
    """Reduce a label to what a person would call it: no emoji, case or ellipsis."""
    bare = _EMOJI.sub(" ", text.replace("...", "…")).strip().rstrip("…").strip()
    first, last = _FIRST.search(bare), _LAST.search(bare[::-1])
    bare = bare[first.start() : len(bare) - last.start()] if first and last else ""
    return " ".join(bare.casefold().split()) or text.strip()


def words_of(text: Any) -> str:
    """Read the text of a text object."""
    return str(text.get("text", "")) if isinstance(text, dict) else str(text or "")


def options_of(element: dict[str, Any]) -> list[dict[str, Any]]:
    """List an element's options, those of its groups included."""
    options = list(element.get("options") or [])
    for group in element.get("option_groups") or []:
        options.extend(group.get("options") or [])
    return options


def find_option(element: dict[str, Any], wanted: str) -> dict[str, Any] | None:
    """Find an option by its value or by its words."""
    options = options_of(element)
    for option in options:
        if option.get("value") == wanted:
            return option
    for option in options:
        if plain_words(words_of(option.get("text"))) == plain_words(wanted):
            return option
    return None


def every_element(blocks: list[dict[str, Any]]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """List (block, element) for everything that can be pressed or filled, from the top."""
    found = []
    for block in blocks:
        found += [(block, element) for element in elements_of(block)]
        found += every_element(inner_blocks(block))
    return found


def initial_values(blocks: list[dict[str, Any]]) -> Values:
    """Compute the state of blocks that nobody has touched yet."""
    values: Values = {}
    for block, element in every_element(blocks):
        kind = str(element.get("type"))
        if kind in SINGLE or kind in MULTIPLE:
            state = values.setdefault(str(block["block_id"]), {})
            state[str(element["action_id"])] = _initial(element, kind)
    return values


def _initial(element: dict[str, Any], kind: str) -> dict[str, Any]:
    if kind in MULTIPLE:
        name = MULTIPLE[kind]
        first = element.get("initial_" + name.removeprefix("selected_")) or []
        return {"type": kind, name: copy.deepcopy(first)}
    name = SINGLE[kind]
    first = element.get("initial_" + name.removeprefix("selected_").removeprefix("rich_text_"))
    return {"type": kind, name: copy.deepcopy(first)}


def filled(element: dict[str, Any], value: Any) -> dict[str, Any]:
    """Turn what a member typed or picked into the input's state.

    Args:
        element: the input.
        value: text; an option's value or words; a list of those for inputs that take several.

    Raises:
        FormError: no such option, or not something that can be filled.
    """
    kind = str(element.get("type"))
    if kind in MULTIPLE:
        many = value if isinstance(value, list) else ([] if value in {None, ""} else [value])
        return {"type": kind, MULTIPLE[kind]: [_one(element, kind, one) for one in many]}
    if kind not in SINGLE:
        raise FormError(f"A {kind} cannot be filled in.")
    if value is None or value == "":
        return {"type": kind, SINGLE[kind]: None}
    return {"type": kind, SINGLE[kind]: _one(element, kind, value)}


def _one(element: dict[str, Any], kind: str, value: Any) -> Any:
    if kind in {"external_select", "multi_external_select"}:
        return {"text": {"type": "plain_text", "text": str(value)}, "value": str(value)}
    if "option" in (SINGLE.get(kind) or MULTIPLE[kind]):
        option = find_option(element, str(value))
        if option is None:
            known = ", ".join(words_of(known.get("text")) for known in options_of(element))
            raise FormError(f"There is no option {value!r}; there are: {known}.")
        return copy.deepcopy(option)
    if kind == "datetimepicker":
        return int(value)
    if kind == "rich_text_input" and isinstance(value, str):
        section = {"type": "rich_text_section", "elements": [{"type": "text", "text": value}]}
        return {"type": "rich_text", "elements": [section]}
    return str(value) if not isinstance(value, dict) else value


def refused_inputs(blocks: list[dict[str, Any]], values: Values) -> dict[str, str]:
    """List, by block_id, what Slack's own client would not let a member submit."""
    errors = {}
    for block, element in every_element(blocks):
        if block.get("type") != "input":
            continue
        state = values.get(str(block["block_id"]), {}).get(str(element["action_id"]), {})
        problem = _problem(block, element, state)
        if problem:
            errors[str(block["block_id"])] = problem
    return errors


def _problem(block: dict[str, Any], element: dict[str, Any], state: dict[str, Any]) -> str | None:
    kind = str(element.get("type"))
    content = state.get(SINGLE.get(kind) or MULTIPLE.get(kind, "value"))
    if content is None or content in ("", []):
        return None if block.get("optional") else REQUIRED
    if kind not in _TYPED:
        return None
    if kind == "number_input":
        return _number_problem(element, str(content))
    shortest, longest = element.get("min_length"), element.get("max_length")
    if longest and len(content) > int(longest):
        return f"Please shorten this to {longest} characters or less."
    if shortest and len(content) < int(shortest):
        return f"Please lengthen this to {shortest} characters or more."
    return None


def _number_problem(element: dict[str, Any], typed: str) -> str | None:
    try:
        number = float(typed)
    except ValueError:
        return "Please enter a valid number."
    if not element.get("is_decimal_allowed") and not number.is_integer():
        return "Please enter a whole number."
    lowest, highest = element.get("min_value"), element.get("max_value")
    if lowest is not None and number < float(lowest):
        return f"Please enter a number that is {lowest} or more."
    if highest is not None and number > float(highest):
        return f"Please enter a number that is {highest} or less."
    return None
