"""An answer of many lines, spread over as many inputs as Slack's limit on one asks for."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import InputBlock

from views.blocks.form import LONGEST_INPUT, answer, answered_blocks, field, lines_of, words_input

_ACTION = "words"
#: An input that is fuller than this gets an empty one below it.
_ROOM_LEFT = 500
_MOST_INPUTS = 12
_MARK = "+"


def long_fields(
    name: str, label: str, lines: Sequence[str], *, example: str = "", hint: str = ""
) -> list[InputBlock]:
    """Make the inputs for one answer, each line whole in one of them."""
    fields = []
    for number, text in enumerate(_inputs(lines), 1):
        fields.append(
            field(
                name if number == 1 else f"{name}{_MARK}{number}",
                label if number == 1 else f"{label} – more of them",
                words_input(
                    _ACTION, value=text, example=example if number == 1 else "", lines=True
                ),
                hint=hint if number == 1 else "",
                optional=True,
            )
        )
    return fields


def read_long(view: Mapping[str, Any], name: str) -> dict[str, tuple[str, ...]]:
    """Read one answer's lines by the block that each stands in, in their order."""
    blocks = [
        block
        for block in answered_blocks(view)
        if block == name or block.startswith(f"{name}{_MARK}")
    ]
    return {block: lines_of(answer(view, block, _ACTION)) for block in blocks}


def _inputs(lines: Sequence[str]) -> list[str]:
    inputs = [""]
    for line in lines:
        longer = f"{inputs[-1]}\n{line}" if inputs[-1] else line
        if len(longer) <= LONGEST_INPUT or not inputs[-1]:
            inputs[-1] = longer
        else:
            inputs.append(line)
    if len(inputs[-1]) > LONGEST_INPUT - _ROOM_LEFT:
        inputs.append("")
    return inputs[:_MOST_INPUTS]
