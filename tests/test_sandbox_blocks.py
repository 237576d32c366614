"""What Slack would refuse in Block Kit, and what it would take."""

from typing import Any

import pytest
from slack_sdk.models import blocks as kit

from sandbox.block_kit.blocks import refuse_message_blocks
from sandbox.block_kit.views import refuse_view


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text}


def button(**more: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": "go", "text": plain("Go"), **more}


def option(number: int = 1, **more: Any) -> dict[str, Any]:
    return {"text": plain(f"Option {number}"), "value": str(number), **more}


def actions(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def overflow(count: int) -> dict[str, Any]:
    return {"type": "overflow", "action_id": "more", "options": [option(n) for n in range(count)]}


def modal(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "modal", "title": plain("Title"), "blocks": list(blocks), **more}


def text_input(**more: Any) -> dict[str, Any]:
    element = {"type": "plain_text_input", "action_id": "words", **more}
    return {"type": "input", "block_id": "words", "label": plain("Words"), "element": element}


def chart(**more: Any) -> dict[str, Any]:
    return {"type": "data_visualization", "title": "Week", "chart": more}


def bars(labels: list[str]) -> dict[str, Any]:
    points = [{"label": label, "value": 2} for label in labels]
    return {
        "type": "bar",
        "series": [{"name": "Sent", "data": points}],
        "axis_config": {"categories": ["Mon", "Tue"], "y_label": "Replies"},
    }


DIVIDER = {"type": "divider"}
IMAGE = {"type": "image", "image_url": "http://127.0.0.1/a.png", "alt_text": "a cat"}
RICH = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_preformatted",
            "elements": [{"type": "text", "text": "<!channel> stays words"}],
        }
    ],
}

TAKEN: list[tuple[str, dict[str, Any]]] = [
    ("a section with fields", {"type": "section", "fields": [mrkdwn("a"), plain("b")]}),
    ("3,000 characters", {"type": "section", "text": mrkdwn("x" * 3000)}),
    ("a section with a menu", {"type": "section", "text": mrkdwn("x"), "accessory": overflow(5)}),
    ("a header of 150", {"type": "header", "text": plain("x" * 150)}),
    ("25 buttons", actions(*[button(action_id=f"b{n}") for n in range(25)])),
    ("a link button", actions(button(url="https://example.org/a", style="primary"))),
    ("a picture in a context", {"type": "context", "elements": [IMAGE, mrkdwn("by Maya")]}),
    ("rich text", RICH),
    ("an input in a message", text_input(max_length=280, multiline=True)),
    ("markdown", {"type": "markdown", "text": "**bold**"}),
    ("a pie", chart(type="pie", segments=[{"label": "Sent", "value": 3}])),
    ("bars", chart(**bars(["Mon", "Tue"]))),
    ("a card", {"type": "card", "title": mrkdwn("Card"), "actions": [button()]}),
    (
        "feedback",
        {
            "type": "context_actions",
            "elements": [
                {
                    "type": "feedback_buttons",
                    "action_id": "f",
                    "positive_button": {"text": plain("Good"), "value": "1"},
                    "negative_button": {"text": plain("Bad"), "value": "0"},
                }
            ],
        },
    ),
    ("a table", {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]]}),
]

REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("an unknown block", {"type": "marquee"}, "/blocks/0/type"),
    ("an unknown field", {**DIVIDER, "colour": "red"}, "invalid additional property: colour"),
    ("a section without words", {"type": "section"}, "must define either"),
    ("an empty text", {"type": "section", "text": mrkdwn("")}, "must be more than 0 characters"),
    (
        "3,001 characters",
        {"type": "section", "text": mrkdwn("x" * 3001)},
        "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
    ),
    ("a string as text", {"type": "section", "text": "words"}, "must provide an object"),
    ("eleven fields", {"type": "section", "fields": [mrkdwn("x")] * 11}, "no more than 10 items"),
    ("mrkdwn in a header", {"type": "header", "text": mrkdwn("x")}, "/blocks/0/text/type"),
    ("a header of 151", {"type": "header", "text": plain("x" * 151)}, "less than 151"),
    ("no buttons", actions(), "no fewer than 1 items"),
    (
        "26 buttons",
        actions(*[button(action_id=f"b{n}") for n in range(26)]),
        "no more than 25 items allowed [json-pointer:/blocks/0/elements]",
    ),
    ("the same action id twice", actions(button(), button()), "already exists"),
    ("mrkdwn on a button", actions(button(text=mrkdwn("Go"))), "/elements/0/text/type"),
    ("76 characters on a button", actions(button(text=plain("x" * 76))), "less than 76"),
    ("a value of 2,001", actions(button(value="x" * 2001)), "less than 2001"),
    ("an address of 3,001", actions(button(url="https://" + "x" * 2993)), "less than 3001"),
    ("a script address", actions(button(url="javascript:alert(1)")), "must be a valid url"),
    ("a made-up style", actions(button(style="gold")), "must be a valid enum value"),
    ("an action id of 256", actions(button(action_id="x" * 256)), "less than 256"),
    ("six options", actions(overflow(6)), "no more than 5 items allowed"),
    ("no options", actions(overflow(0)), "no fewer than 1 items"),
    (
        "an option of 76",
        actions({**overflow(0), "options": [option(text=plain("x" * 76))]}),
        "less than 76",
    ),
    (
        "an option's value of 151",
        actions({**overflow(0), "options": [option(value="x" * 151)]}),
        "less than 151",
    ),
    ("an input among buttons", actions(text_input()["element"]), "unsupported type"),
    (
        "an initial option that is none",
        actions(
            {
                "type": "static_select",
                "action_id": "s",
                "options": [option(1)],
                "initial_option": option(2),
            }
        ),
        "initial option",
    ),
    (
        "a confirmation without words",
        actions(button(confirm={"title": plain("Sure?")})),
        "missing required field: text",
    ),
    ("an image without alt text", {**IMAGE, "alt_text": None}, "missing required field: alt_text"),
    ("an image of nothing", {"type": "image", "alt_text": "x"}, "must define either `image_url`"),
    (
        "an unknown file",
        {"type": "image", "alt_text": "x", "slack_file": {"id": "F"}},
        "slack file",
    ),
    ("a button in a context", {"type": "context", "elements": [button()]}, "unsupported type"),
    ("eleven in a context", {"type": "context", "elements": [mrkdwn("x")] * 11}, "more than 10"),
    ("12,001 of markdown", {"type": "markdown", "text": "x" * 12_001}, "less than 12001"),
    (
        "empty rich text",
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": ""}]}],
        },
        "must be more than 0 characters",
    ),
    ("a label in mrkdwn", {**text_input(), "label": mrkdwn("x")}, "/blocks/0/label/type"),
    ("a length over 3,000", text_input(max_length=3001), "between 1 and 3000"),
    ("seven slices", chart(type="pie", segments=[{"label": "a", "value": 1}] * 7), "more than 6"),
    ("a slice of words", chart(type="pie", segments=[{"label": "a", "value": "1"}]), "a number"),
    ("bars beside their axis", chart(**bars(["Mon", "Wed"])), "must match axis_config"),
    ("a long label", chart(type="pie", segments=[{"label": "x" * 21, "value": 1}]), "less than 21"),
    ("a long block id", {**DIVIDER, "block_id": "x" * 256}, "less than 256"),
]


@pytest.mark.parametrize(("block"), [b for _, b in TAKEN], ids=[name for name, _ in TAKEN])
def test_blocks_that_slack_takes(block: dict[str, Any]) -> None:
    """A well-made block passes without a word."""
    assert refuse_message_blocks([block]) == []


@pytest.mark.parametrize(
    ("block", "reason"), [(b, r) for _, b, r in REFUSED], ids=[name for name, _, _ in REFUSED]
)
def test_blocks_that_slack_refuses(block: dict[str, Any], reason: str) -> None:
    """A wrong block is refused with a reason and the place of the fault."""
    problems = refuse_message_blocks([block], knows_file=lambda _id: False)
    assert any(reason in problem for problem in problems), problems
    assert all("[json-pointer:/blocks" in problem for problem in problems)


def test_a_message_has_at_most_fifty_blocks_and_two_charts() -> None:
    """The whole is limited as well as its parts."""
    assert refuse_message_blocks([DIVIDER] * 50) == []
    assert "no more than 50" in refuse_message_blocks([DIVIDER] * 51)[0]
    pie = chart(type="pie", segments=[{"label": "Sent", "value": 3}])
    assert refuse_message_blocks([pie, pie]) == []
    assert "no more than 2" in refuse_message_blocks([pie] * 3)[0]
    assert refuse_message_blocks([pie], charts=False)


def test_block_ids_are_unique() -> None:
    """The same block_id twice is refused."""
    problems = refuse_message_blocks([{**DIVIDER, "block_id": "a"}] * 2)
    assert "already exists" in problems[0]


def test_the_same_action_id_may_stand_in_several_blocks() -> None:
    """Action ids are unique within a block, not within a message."""
    assert refuse_message_blocks([actions(button()), actions(button())]) == []


@pytest.mark.parametrize(
    ("view", "reason"),
    [
        (modal(text_input()), "missing required field: submit"),
        (modal(DIVIDER, title=plain("x" * 25)), "less than 25"),
        (modal(DIVIDER, title=mrkdwn("x")), "/view/title/type"),
        (modal(DIVIDER, title=None), "missing required field: title"),
        (modal(DIVIDER, private_metadata="x" * 3001), "less than 3001"),
        (modal(DIVIDER, callback_id="x" * 256), "less than 256"),
        (modal(), "no fewer than 1"),
        (modal(*[DIVIDER] * 101), "no more than 100"),
        (modal({"type": "markdown", "text": "x"}), "unsupported type: markdown"),
        ({"type": "home", "blocks": [DIVIDER], "title": plain("x")}, "invalid additional property"),
        ({"type": "page", "blocks": [DIVIDER]}, "/view/type"),
        ("not a view", "/view/type"),
    ],
)
def test_views_that_slack_refuses(view: Any, reason: str) -> None:
    """A wrong view is refused with a reason."""
    assert any(reason in problem for problem in refuse_view(view)), refuse_view(view)


def test_views_that_slack_takes() -> None:
    """Modals with and without inputs and Home tabs pass."""
    assert refuse_view(modal(*[DIVIDER] * 100)) == []
    assert refuse_view(modal(text_input(), submit=plain("Save"), notify_on_close=True)) == []
    assert refuse_view({"type": "home", "blocks": [DIVIDER], "private_metadata": "x"}) == []


def test_what_slack_sdk_builds_is_taken() -> None:
    """The models of slack_sdk and these checks agree on fields."""
    built = [
        kit.SectionBlock(text="*Hi*", accessory=kit.ButtonElement(text="Go", action_id="go")),
        kit.HeaderBlock(text="Hello"),
        kit.ContextBlock(elements=[kit.MarkdownTextObject(text="why")]),
        kit.ActionsBlock(
            elements=[
                kit.StaticSelectElement(
                    action_id="pick",
                    placeholder="Pick one",
                    options=[kit.Option(label="A", value="a")],
                    confirm=kit.ConfirmObject(title="Sure?", text="Really?"),
                ),
                kit.LinkButtonElement(text="Open", url="https://example.org", action_id="open"),
            ]
        ),
        kit.InputBlock(
            label="Words", element=kit.PlainTextInputElement(action_id="w", multiline=True)
        ),
    ]
    assert refuse_message_blocks([block.to_dict() for block in built]) == []
