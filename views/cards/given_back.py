"""What a member had typed, given back with the sentence that says why it was not taken."""

from collections.abc import Iterator, Sequence

from views.blocks.blocks import AnyBlock, context, plain_section, section
from views.blocks.formatting import escape, shorten
from views.blocks.message import Message, message

#: What Slack takes in one section, and how many of them a message of ours has at most.
_PART, _MOST_PARTS = 2_800, 20
#: Slack cuts longer texts of notifications itself.
_LONGEST_TEXT = 3_500


def given_back(sentence: str, typed: Sequence[str]) -> Message:
    """Show the sentence, and below it each text exactly as it was typed.

    Args:
        sentence: why it was not taken, in mrkdwn.
        typed: the texts, of whatever length.
    """
    words = "\n".join(typed)
    head = "What you wrote, so that it is not lost:" if words else ""
    blocks: list[AnyBlock | None] = [section(sentence), context(head)]
    parts = [part for text in typed for part in _parts(text)]
    blocks += [plain_section(part) for part in parts[:_MOST_PARTS]]
    spoken = f"{sentence}\n{head}\n{escape(words)}" if words else sentence
    return message(shorten(spoken, _LONGEST_TEXT), *blocks)


def _parts(text: str) -> Iterator[str]:
    for start in range(0, len(text), _PART):
        yield text[start : start + _PART]
