"""Checks of whole views: modals and Home tabs."""

from collections.abc import Callable
from typing import Any

from sandbox.block_kit.blocks import MOST_IN_VIEW, check_blocks, has_inputs
from sandbox.block_kit.rules import PLAIN, Report

LARGEST_VIEW = 250_000
_LONGEST_TITLE = 24
_COMMON = ("type", "blocks", "private_metadata", "callback_id", "external_id")
_MODAL = ("title", "submit", "close", "clear_on_close", "notify_on_close", "submit_disabled")


def refuse_view(
    view: Any,
    *,
    charts: bool = True,
    knows_file: Callable[[str], bool] = lambda _file_id: True,
) -> list[str]:
    """List what Slack would refuse about a view; empty when it would take it.

    Args:
        view: the view as sent.
        charts: whether data_visualization is known to this workspace yet.
        knows_file: whether a Slack file with this id may be shown.
    """
    kind = view.get("type") if isinstance(view, dict) else None
    if kind not in {"modal", "home"}:
        return ["must be a valid enum value: home, modal [json-pointer:/view/type]"]
    if len(str(view)) > LARGEST_VIEW:
        return ["view_too_large [json-pointer:/view]"]
    report = Report("modal" if kind == "modal" else "home", charts, knows_file)
    allowed = {*_COMMON, *(_MODAL if kind == "modal" else ())}
    needed = ("type", "blocks", "title") if kind == "modal" else ("type", "blocks")
    report.mapping(view, "/view", needed, allowed)
    check_blocks(report, view.get("blocks"), "/view/blocks", MOST_IN_VIEW, least=1)
    report.string(view.get("private_metadata"), "/view/private_metadata", 3000, shortest=0)
    report.string(view.get("callback_id"), "/view/callback_id", 255, shortest=0)
    report.string(view.get("external_id"), "/view/external_id", 255, shortest=0)
    for name in ("title", "submit", "close"):
        report.text(view.get(name), f"/view/{name}", _LONGEST_TITLE, PLAIN)
    blocks = view.get("blocks")
    rows = [b for b in blocks if isinstance(b, dict)] if isinstance(blocks, list) else []
    if kind == "modal" and has_inputs(rows) and view.get("submit") is None:
        report.say("missing required field: submit", "/view")
    return report.problems
