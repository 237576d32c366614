"""Checks of Block Kit's elements: buttons, menus, inputs, and the objects inside them."""

from collections.abc import Callable
from typing import Any

from sandbox.block_kit.rules import BOTH, PLAIN, Report

LONGEST_ACTION_ID = 255
LONGEST_PLACEHOLDER = 150
LONGEST_TYPED = 3000
_INPUT = ("action_id", "placeholder", "focus_on_load")
_CHOICE_MOST = {"overflow": 5, "radio_buttons": 10, "checkboxes": 10}


def check_confirm(report: Report, confirm: Any, at: str) -> None:
    """Check a confirmation dialog."""
    if confirm is None or not report.mapping(
        confirm, at, ("title", "text", "confirm", "deny"), ("style",)
    ):
        return
    report.text(confirm.get("title"), f"{at}/title", 100, PLAIN)
    report.text(confirm.get("text"), f"{at}/text", 300, BOTH)
    report.text(confirm.get("confirm"), f"{at}/confirm", 30, PLAIN)
    report.text(confirm.get("deny"), f"{at}/deny", 30, PLAIN)
    report.choice(confirm.get("style"), f"{at}/style", ("primary", "danger"))


def _check_options(report: Report, rows: Any, at: str, most: int, kind: str) -> None:
    kinds = BOTH if kind in {"radio_buttons", "checkboxes"} else PLAIN
    for number, option in enumerate(report.several(rows, at, most)):
        place = f"{at}/{number}"
        if report.mapping(option, place, ("text", "value"), ("description", "url")):
            report.text(option.get("text"), f"{place}/text", 75, kinds)
            report.string(option.get("value"), f"{place}/value", 150)
            report.text(option.get("description"), f"{place}/description", 75, kinds)
            report.address(option.get("url"), f"{place}/url")
            if option.get("url") is not None and kind != "overflow":
                report.say("invalid additional property: url", place)


def _check_initial(report: Report, element: dict[str, Any], at: str) -> None:
    known = [*(element.get("options") or [])]
    for group in element.get("option_groups") or []:
        known += group.get("options") or [] if isinstance(group, dict) else []
    chosen = list(element.get("initial_options") or [])
    if element.get("initial_option") is not None:
        chosen.append(element["initial_option"])
    values = [option.get("value") for option in known if isinstance(option, dict)]
    for option in chosen:
        if not isinstance(option, dict) or option.get("value") not in values:
            report.say("initial option must be one of the options", at)


def _button(report: Report, element: dict[str, Any], at: str) -> None:
    report.mapping(
        element,
        at,
        ("type", "text"),
        ("action_id", "url", "value", "style", "confirm", "accessibility_label", "agent_prompt"),
    )
    report.text(element.get("text"), f"{at}/text", 75, PLAIN)
    report.string(element.get("value"), f"{at}/value", 2000, shortest=0)
    report.address(element.get("url"), f"{at}/url")
    report.choice(element.get("style"), f"{at}/style", ("primary", "danger"))
    report.string(element.get("accessibility_label"), f"{at}/accessibility_label", 75)


def _icon_button(report: Report, element: dict[str, Any], at: str) -> None:
    report.mapping(
        element,
        at,
        ("type", "icon", "text"),
        ("action_id", "value", "confirm", "accessibility_label", "visible_to_user_ids"),
    )
    report.text(element.get("text"), f"{at}/text", 75, PLAIN)
    report.string(element.get("value"), f"{at}/value", 2000, shortest=0)


def _feedback(report: Report, element: dict[str, Any], at: str) -> None:
    report.mapping(element, at, ("type", "positive_button", "negative_button"), ("action_id",))
    for name in ("positive_button", "negative_button"):
        button, place = element.get(name), f"{at}/{name}"
        if button is not None and report.mapping(
            button, place, ("text", "value"), ("accessibility_label",)
        ):
            report.text(button.get("text"), f"{place}/text", 75, PLAIN)
            report.string(button.get("value"), f"{place}/value", 2000)


def _overflow(report: Report, element: dict[str, Any], at: str) -> None:
    report.mapping(element, at, ("type", "options"), ("action_id", "confirm"))
    _check_options(report, element.get("options"), f"{at}/options", 5, "overflow")


def _choices(report: Report, element: dict[str, Any], at: str) -> None:
    kind = element["type"]
    initial = "initial_options" if kind == "checkboxes" else "initial_option"
    report.mapping(
        element, at, ("type", "options"), ("action_id", "confirm", "focus_on_load", initial)
    )
    _check_options(report, element.get("options"), f"{at}/options", _CHOICE_MOST[kind], kind)
    _check_initial(report, element, at)


def _static_select(report: Report, element: dict[str, Any], at: str) -> None:
    kind = element["type"]
    several = kind == "multi_static_select"
    special = ("initial_options", "max_selected_items") if several else ("initial_option",)
    report.mapping(
        element, at, ("type",), (*_INPUT, "options", "option_groups", "confirm", *special)
    )
    given = [name for name in ("options", "option_groups") if element.get(name) is not None]
    if len(given) != 1:
        report.say("must define either `options` or `option_groups`, and not both", at)
    _check_options(report, element.get("options"), f"{at}/options", 100, kind)
    groups = report.several(element.get("option_groups"), f"{at}/option_groups", 100)
    for number, group in enumerate(groups):
        place = f"{at}/option_groups/{number}"
        if report.mapping(group, place, ("label", "options"), ()):
            report.text(group.get("label"), f"{place}/label", 75, PLAIN)
            _check_options(report, group.get("options"), f"{place}/options", 100, kind)
    _check_initial(report, element, at)


def _other_select(report: Report, element: dict[str, Any], at: str) -> None:
    initial = [name for name in element if name.startswith("initial_")]
    others = ("confirm", "min_query_length", "filter", "default_to_current_conversation")
    more = ("response_url_enabled", "max_selected_items", *initial)
    report.mapping(element, at, ("type",), (*_INPUT, *others, *more))


def _date(report: Report, element: dict[str, Any], at: str) -> None:
    initial = [name for name in element if name.startswith("initial_")]
    report.mapping(element, at, ("type",), (*_INPUT, "confirm", "timezone", *initial))


def _text_input(report: Report, element: dict[str, Any], at: str) -> None:
    more = ("initial_value", "multiline", "min_length", "max_length", "dispatch_action_config")
    report.mapping(element, at, ("type",), (*_INPUT, *more))
    longest = element.get("max_length")
    if longest is not None and not (isinstance(longest, int) and 1 <= longest <= LONGEST_TYPED):
        report.say("must be between 1 and 3000", f"{at}/max_length")
    shortest = element.get("min_length")
    if shortest is not None and not (isinstance(shortest, int) and 0 <= shortest <= LONGEST_TYPED):
        report.say("must be between 0 and 3000", f"{at}/min_length")
    limit = longest if isinstance(longest, int) else LONGEST_TYPED
    report.string(element.get("initial_value"), f"{at}/initial_value", limit, shortest=0)


def _other_input(report: Report, element: dict[str, Any], at: str) -> None:
    more = ("initial_value", "dispatch_action_config", "is_decimal_allowed", "min_value")
    files = ("max_value", "filetypes", "max_files")
    report.mapping(element, at, ("type",), (*_INPUT, *more, *files))
    if element["type"] == "number_input" and element.get("is_decimal_allowed") is None:
        report.say("missing required field: is_decimal_allowed", at)


def _image(report: Report, element: dict[str, Any], at: str) -> None:
    report.mapping(element, at, ("type", "alt_text"), ("image_url", "slack_file"))
    report.image(element, at)


def _workflow_button(report: Report, element: dict[str, Any], at: str) -> None:
    report.mapping(
        element, at, ("type", "text", "workflow"), ("action_id", "style", "accessibility_label")
    )


_SELECTS = (
    "external_select", "users_select", "conversations_select", "channels_select",
    "multi_external_select", "multi_users_select", "multi_conversations_select",
    "multi_channels_select",
)  # fmt: skip
CHECKS: dict[str, Callable[[Report, dict[str, Any], str], None]] = {
    "button": _button,
    "icon_button": _icon_button,
    "feedback_buttons": _feedback,
    "overflow": _overflow,
    "radio_buttons": _choices,
    "checkboxes": _choices,
    "static_select": _static_select,
    "multi_static_select": _static_select,
    **dict.fromkeys(_SELECTS, _other_select),
    "datepicker": _date,
    "timepicker": _date,
    "datetimepicker": _date,
    "plain_text_input": _text_input,
    **dict.fromkeys(
        ("number_input", "email_text_input", "url_text_input", "rich_text_input", "file_input"),
        _other_input,
    ),
    "image": _image,
    "workflow_button": _workflow_button,
}
_PRESSED = {
    "button", "overflow", "radio_buttons", "checkboxes", "static_select", "multi_static_select",
    *_SELECTS, "datepicker", "timepicker", "datetimepicker", "workflow_button",
}  # fmt: skip
PLACES: dict[str, set[str]] = {
    "section": (_PRESSED | {"image"}) - {"datetimepicker"},
    "actions": _PRESSED | {"rich_text_input"},
    "context_actions": {"feedback_buttons", "icon_button"},
    "card": {"button"},
    "input": (_PRESSED - {"button", "overflow", "workflow_button"})
    | {"plain_text_input", "number_input", "email_text_input", "url_text_input"}
    | {"rich_text_input", "file_input"},
}


def check_element(report: Report, element: Any, at: str, place: str) -> None:
    """Check one element that stands in a block of type `place`."""
    if not isinstance(element, dict):
        report.say("must provide an object", at)
        return
    kind = element.get("type")
    if not isinstance(kind, str) or kind not in PLACES[place]:
        report.say(f"unsupported type: {kind}", f"{at}/type")
        return
    CHECKS[kind](report, element, at)
    report.string(element.get("action_id"), f"{at}/action_id", LONGEST_ACTION_ID)
    if kind != "image":
        report.text(element.get("placeholder"), f"{at}/placeholder", LONGEST_PLACEHOLDER, PLAIN)
        check_confirm(report, element.get("confirm"), f"{at}/confirm")
