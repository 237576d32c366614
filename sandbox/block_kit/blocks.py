"""Checks of Block Kit's blocks, as Slack makes them before it takes a message or view."""

from collections.abc import Callable
from typing import Any

from sandbox.block_kit.charts import MOST_CHARTS, check_chart, check_table
from sandbox.block_kit.elements import check_element
from sandbox.block_kit.rich_text import check_rich_text
from sandbox.block_kit.rules import BOTH, PLAIN, Report
from sandbox.slack.messages import elements_of, inner_blocks

MOST_IN_MESSAGE = 50
MOST_IN_VIEW = 100
_LONGEST_MARKDOWN = 12_000
_ONLY_IN_MESSAGES = {
    "markdown", "file", "table", "data_table", "data_visualization", "context_actions",
    "task_card", "plan",
}  # fmt: skip


def _section(report: Report, block: dict[str, Any], at: str) -> None:
    report.mapping(block, at, ("type",), ("block_id", "text", "fields", "accessory", "expand"))
    if block.get("text") is None and not block.get("fields"):
        report.say("must define either `text` or `fields`", at)
    report.text(block.get("text"), f"{at}/text", 3000)
    for number, part in enumerate(report.several(block.get("fields"), f"{at}/fields", 10)):
        report.text(part, f"{at}/fields/{number}", 2000)
    if not isinstance(block.get("expand", False), bool):
        report.say("must provide a boolean", f"{at}/expand")
    if block.get("accessory") is not None:
        check_element(report, block["accessory"], f"{at}/accessory", "section")


def _divider(report: Report, block: dict[str, Any], at: str) -> None:
    report.mapping(block, at, ("type",), ("block_id",))


def _header(report: Report, block: dict[str, Any], at: str) -> None:
    report.mapping(block, at, ("type", "text"), ("block_id", "level"))
    report.text(block.get("text"), f"{at}/text", 150, PLAIN)


def _image(report: Report, block: dict[str, Any], at: str) -> None:
    report.mapping(
        block, at, ("type", "alt_text"), ("block_id", "image_url", "slack_file", "title")
    )
    report.image(block, at)
    report.text(block.get("title"), f"{at}/title", 2000, PLAIN)


def _context(report: Report, block: dict[str, Any], at: str) -> None:
    report.mapping(block, at, ("type", "elements"), ("block_id",))
    for number, part in enumerate(report.several(block.get("elements"), f"{at}/elements", 10)):
        place = f"{at}/elements/{number}"
        if isinstance(part, dict) and part.get("type") == "image":
            check_element(report, part, place, "section")
        elif isinstance(part, dict) and part.get("type") in BOTH:
            report.text(part, place, 3000)
        else:
            kind = part.get("type") if isinstance(part, dict) else part
            report.say(f"unsupported type: {kind}", f"{place}/type")


def _actions(report: Report, block: dict[str, Any], at: str) -> None:
    report.mapping(block, at, ("type", "elements"), ("block_id",))
    kind = str(block["type"])
    most = 5 if kind == "context_actions" else 25
    seen: set[str] = set()
    for number, part in enumerate(report.several(block.get("elements"), f"{at}/elements", most)):
        place = f"{at}/elements/{number}"
        check_element(report, part, place, kind)
        action_id = part.get("action_id") if isinstance(part, dict) else None
        if action_id and action_id in seen:
            report.say(f"`action_id` {action_id!r} already exists in this block", place)
        seen.add(str(action_id))


def _input(report: Report, block: dict[str, Any], at: str) -> None:
    report.mapping(
        block,
        at,
        ("type", "label", "element"),
        ("block_id", "hint", "optional", "dispatch_action"),
    )
    report.text(block.get("label"), f"{at}/label", 2000, PLAIN)
    report.text(block.get("hint"), f"{at}/hint", 2000, PLAIN)
    if block.get("element") is not None:
        check_element(report, block["element"], f"{at}/element", "input")


def _markdown(report: Report, block: dict[str, Any], at: str) -> None:
    report.mapping(block, at, ("type", "text"), ("block_id",))
    report.string(block.get("text"), f"{at}/text", _LONGEST_MARKDOWN)


def _rich_text(report: Report, block: dict[str, Any], at: str) -> None:
    report.mapping(block, at, ("type", "elements"), ("block_id",))
    check_rich_text(report, block, at)


def _alert(report: Report, block: dict[str, Any], at: str) -> None:
    report.mapping(block, at, ("type", "text"), ("block_id", "level"))
    report.text(block.get("text"), f"{at}/text", 3000)
    known = ("default", "info", "warning", "error", "success")
    report.choice(block.get("level"), f"{at}/level", known)


def _card(report: Report, block: dict[str, Any], at: str) -> None:
    parts = ("hero_image", "icon", "title", "subtitle", "body", "actions")
    report.mapping(block, at, ("type",), ("block_id", *parts))
    if all(block.get(name) is None for name in ("hero_image", "title", "actions", "body")):
        report.say("must define one of `hero_image`, `title`, `actions`, `body`", at)
    report.text(block.get("title"), f"{at}/title", 150)
    report.text(block.get("subtitle"), f"{at}/subtitle", 150)
    report.text(block.get("body"), f"{at}/body", 200)
    for name in ("hero_image", "icon"):
        if block.get(name) is not None:
            check_element(report, block[name], f"{at}/{name}", "section")
    for number, part in enumerate(report.several(block.get("actions"), f"{at}/actions", 25)):
        check_element(report, part, f"{at}/actions/{number}", "card")


def _container(report: Report, block: dict[str, Any], at: str) -> None:
    more = ("title", "rich_text_title", "subtitle", "width", "icon", "is_collapsible")
    report.mapping(
        block,
        at,
        ("type", "child_blocks"),
        ("block_id", *more, "default_collapsed", "has_header_divider"),
    )
    if block.get("title") is None and block.get("rich_text_title") is None:
        report.say("must define either `title` or `rich_text_title`", at)
    report.text(block.get("title"), f"{at}/title", 150, PLAIN)
    report.text(block.get("subtitle"), f"{at}/subtitle", 150)
    report.choice(block.get("width"), f"{at}/width", ("narrow", "standard", "wide", "full"))
    inner = report.several(block.get("child_blocks"), f"{at}/child_blocks", 10)
    for number, child in enumerate(inner):
        check_block(report, child, f"{at}/child_blocks/{number}")


def _carousel(report: Report, block: dict[str, Any], at: str) -> None:
    report.mapping(block, at, ("type", "elements"), ("block_id",))
    for number, card in enumerate(report.several(block.get("elements"), f"{at}/elements", 10)):
        place = f"{at}/elements/{number}"
        if not isinstance(card, dict) or card.get("type") != "card":
            report.say("must be a card", place)
        else:
            check_block(report, card, place)


def _video(report: Report, block: dict[str, Any], at: str) -> None:
    needed = ("type", "alt_text", "title", "thumbnail_url", "video_url")
    more = ("author_name", "description", "provider_icon_url", "provider_name", "title_url")
    report.mapping(block, at, needed, ("block_id", *more))
    report.text(block.get("title"), f"{at}/title", 200, PLAIN)
    report.address(block.get("video_url"), f"{at}/video_url")


def _file(report: Report, block: dict[str, Any], at: str) -> None:
    report.mapping(block, at, ("type", "external_id", "source"), ("block_id",))


def _unlooked(_report: Report, _block: dict[str, Any], _at: str) -> None:
    """Let a block pass whose fields the practice room does not know."""


CHECKS: dict[str, Callable[[Report, dict[str, Any], str], None]] = {
    "section": _section,
    "divider": _divider,
    "header": _header,
    "image": _image,
    "context": _context,
    "actions": _actions,
    "context_actions": _actions,
    "input": _input,
    "markdown": _markdown,
    "rich_text": _rich_text,
    "alert": _alert,
    "card": _card,
    "container": _container,
    "carousel": _carousel,
    "video": _video,
    "file": _file,
    "table": check_table,
    "data_visualization": check_chart,
    "data_table": _unlooked,
    "task_card": _unlooked,
    "plan": _unlooked,
    "call": _unlooked,
    "auth_provider": _unlooked,
}
_NEW_BLOCKS = {"data_visualization", "data_table"}


def check_block(report: Report, block: Any, at: str) -> None:
    """Check one block, and what is in it."""
    if not isinstance(block, dict):
        report.say("must provide an object", at)
        return
    kind = block.get("type")
    unknown = not isinstance(kind, str) or kind not in CHECKS
    misplaced = report.surface != "message" and kind in _ONLY_IN_MESSAGES
    if unknown or misplaced or (kind in _NEW_BLOCKS and not report.charts):
        report.say(f"unsupported type: {kind}", f"{at}/type")
        return
    report.string(block.get("block_id"), f"{at}/block_id", 255)
    CHECKS[str(kind)](report, block, at)


def check_blocks(report: Report, blocks: Any, at: str, most: int, least: int = 0) -> None:
    """Check a message's or view's blocks, each and together."""
    rows = report.several(blocks, at, most, least)
    for number, block in enumerate(rows):
        check_block(report, block, f"{at}/{number}")
    known = [block for block in rows if isinstance(block, dict)]
    _check_ids(report, known, at)
    charts = sum(block.get("type") == "data_visualization" for block in known)
    if charts > MOST_CHARTS:
        report.say(f"no more than {MOST_CHARTS} data_visualization blocks allowed", at)
    if sum(block.get("type") == "table" for block in known) > 1:
        report.say("only_one_table_allowed", at)
    words = sum(len(str(b.get("text", ""))) for b in known if b.get("type") == "markdown")
    if words > _LONGEST_MARKDOWN:
        report.say(f"must be less than {_LONGEST_MARKDOWN + 1} characters in all", at)


def _check_ids(report: Report, blocks: list[dict[str, Any]], at: str) -> None:
    seen: set[str] = set()
    for number, block in enumerate(blocks):
        for one in (block, *inner_blocks(block)):
            block_id = one.get("block_id")
            if block_id and str(block_id) in seen:
                report.say(f"`block_id` {block_id!r} already exists", f"{at}/{number}/block_id")
            seen.add(str(block_id))


def has_inputs(blocks: list[dict[str, Any]]) -> bool:
    """Tell whether something among these blocks is an input block."""
    return any(block.get("type") == "input" and elements_of(block) for block in blocks)


def refuse_message_blocks(
    blocks: list[Any],
    *,
    charts: bool = True,
    knows_file: Callable[[str], bool] = lambda _file_id: True,
) -> list[str]:
    """List what Slack would refuse about a message's blocks; empty when it would take them.

    Args:
        blocks: the blocks as sent.
        charts: whether data_visualization is known to this workspace yet.
        knows_file: whether a Slack file with this id may be shown.
    """
    report = Report("message", charts, knows_file)
    check_blocks(report, blocks, "/blocks", MOST_IN_MESSAGE)
    return report.problems
