"""Checks of rich text: sections, lists, quotes, preformatted text and what stands in them."""

from typing import Any

from sandbox.block_kit.rules import Report

_STYLES = {
    "bold",
    "italic",
    "strike",
    "code",
    "underline",
    "highlight",
    "client_highlight",
    "unlink",
}
# Each inline element: the fields it needs, and those it may have.
_INLINE: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "text": (("text",), ("style",)),
    "link": (("url",), ("text", "style", "unsafe")),
    "emoji": (("name",), ("unicode", "style", "skin_tone")),
    "user": (("user_id",), ("style",)),
    "usergroup": (("usergroup_id",), ("style",)),
    "channel": (("channel_id",), ("style",)),
    "team": (("team_id",), ("style",)),
    "broadcast": (("range",), ("style",)),
    "date": (("timestamp", "format"), ("url", "fallback", "style")),
    "color": (("value",), ("style",)),
}
_OUTER: dict[str, tuple[str, ...]] = {
    "rich_text_section": (),
    "rich_text_preformatted": ("border", "language"),
    "rich_text_quote": ("border",),
    "rich_text_list": ("style", "indent", "offset", "border"),
}


def check_rich_text(report: Report, block: dict[str, Any], at: str) -> None:
    """Check a rich_text block's elements."""
    elements = block.get("elements")
    if not isinstance(elements, list):
        report.say("must provide an array", f"{at}/elements")
        return
    for number, element in enumerate(elements):
        _outer(report, element, f"{at}/elements/{number}", tuple(_OUTER))


def _outer(report: Report, element: Any, at: str, allowed: tuple[str, ...]) -> None:
    kind = element.get("type") if isinstance(element, dict) else None
    if kind not in allowed:
        report.say(f"unsupported type: {kind}", f"{at}/type")
        return
    report.mapping(element, at, ("type", "elements"), _OUTER[str(kind)])
    inner = report.several(element.get("elements"), f"{at}/elements", 10_000, least=0)
    if kind == "rich_text_list":
        report.choice(element.get("style"), f"{at}/style", ("bullet", "ordered"))
        for number, row in enumerate(inner):
            _outer(report, row, f"{at}/elements/{number}", ("rich_text_section",))
        return
    for number, part in enumerate(inner):
        _inline(report, part, f"{at}/elements/{number}")


def _inline(report: Report, part: Any, at: str) -> None:
    kind = part.get("type") if isinstance(part, dict) else None
    if kind not in _INLINE:
        report.say(f"unsupported type: {kind}", f"{at}/type")
        return
    needed, optional = _INLINE[str(kind)]
    report.mapping(part, at, ("type", *needed), optional)
    if kind == "text":
        report.string(part.get("text"), f"{at}/text", 40_000)
    report.address(part.get("url"), f"{at}/url")
    style = part.get("style")
    if style is not None and (not isinstance(style, dict) or set(style) - _STYLES):
        report.say("invalid style", f"{at}/style")
