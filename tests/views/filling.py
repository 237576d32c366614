"""Windows as Slack treats them: refused where Slack refuses, filled in and sent back."""

from typing import Any

from sandbox.block_kit.blocks import refuse_message_blocks
from sandbox.block_kit.views import refuse_view
from sandbox.control.fill import fill
from sandbox.slack.form_values import initial_values, refused_inputs


def sent_back(view: dict[str, Any], **answers: Any) -> dict[str, Any]:
    """Return a window as Slack sends it when it is submitted, filled in by block id.

    Slack's own client lets nobody submit what breaks an input's limits: neither does this.
    """
    taken_by_slack(view)
    values = initial_values(view["blocks"])
    fill(view["blocks"], values, answers)
    assert refused_inputs(view["blocks"], values) == {}
    return {**view, "state": {"values": values}}


def taken_by_slack(view: dict[str, Any]) -> None:
    """Hold that Slack refuses nothing of a window."""
    problems = refuse_view(view)
    assert not problems, problems


def message_taken(blocks: list[dict[str, Any]]) -> None:
    """Hold that Slack refuses nothing of a message's blocks, and that it is not too long."""
    assert refuse_message_blocks(blocks) == []
    assert len(str(blocks)) < 40_000
