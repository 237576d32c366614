"""The few Block Kit pieces that our screens are made of, built through slack_sdk's models.

The models check Slack's limits when they are written out. Text from outside goes through
`plain`, `quoted` and `preformatted`, which render no markup, or is escaped before `section`
and `context`.
"""

from typing import TypeAlias

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    ImageElement,
    InteractiveElement,
    LinkButtonElement,
    MarkdownTextObject,
    PlainTextObject,
    RichTextBlock,
    RichTextPreformattedElement,
    RichTextQuoteElement,
    RichTextSectionElement,
    SectionBlock,
)
from slack_sdk.models.blocks.block_elements import RichTextElementParts

from domain import LONGEST_SHOWN
from views.blocks.action_ids import ActionId
from views.blocks.formatting import shorten

AnyBlock: TypeAlias = Block
Bold = RichTextElementParts.TextStyle(bold=True)
#: Slack's limit on a section's text, with room for the cut mark.
LONGEST_SECTION = LONGEST_SHOWN
#: No limit is documented for rich text; a whole message has one near 13,000 characters.
LONGEST_QUOTE = 5000


def plain(text: str, limit: int = LONGEST_SECTION) -> PlainTextObject:
    """Wrap text that renders no markup; nothing at all becomes a visible dash."""
    return PlainTextObject(text=shorten(text, limit) if text.strip() else "–", emoji=False)


def mrkdwn(text: str) -> MarkdownTextObject:
    """Wrap text of ours with markup. `verbatim` keeps Slack from making links of bare words."""
    return MarkdownTextObject(text=text, verbatim=True)


def section(text: str, accessory: ButtonElement | ImageElement | None = None) -> SectionBlock:
    """Show a line of ours, escaped where it holds words from outside."""
    return SectionBlock(text=mrkdwn(text), accessory=accessory)


def plain_section(
    text: str, accessory: ButtonElement | None = None, *, limit: int = LONGEST_SECTION
) -> SectionBlock:
    """Show a text exactly as it is, cut where it is too long, with a button beside it."""
    return SectionBlock(text=plain(text, limit), accessory=accessory)


def whole_text(text: str, accessory: ButtonElement | None = None) -> SectionBlock:
    """Show a text that is or was approved, unfolded: Slack hides the end of long ones otherwise."""
    return SectionBlock(text=plain(text), accessory=accessory, expand=True)


def context(*lines: str) -> ContextBlock | None:
    """Show small grey lines, one below the other; empty ones are left out."""
    kept = [line for line in lines if line]
    return ContextBlock(elements=[mrkdwn("\n".join(kept))]) if kept else None


def quoted(text: str) -> RichTextBlock:
    """Show somebody's words unaltered, as a quote."""
    words = RichTextElementParts.Text(text=_visible(text))
    return RichTextBlock(elements=[RichTextQuoteElement(elements=[words])])


def preformatted(text: str) -> RichTextBlock:
    """Show a text to be copied: Slack puts its own copy button on it."""
    words = RichTextElementParts.Text(text=_visible(text))
    return RichTextBlock(elements=[RichTextPreformattedElement(elements=[words])])


def named_words(name: str, words: str) -> RichTextBlock:
    """Show one line: who, in bold, and what; both unaltered."""
    parts = [
        RichTextElementParts.Text(text=_visible(name), style=Bold),
        RichTextElementParts.Text(text=f"  {_visible(words)}"),
    ]
    return RichTextBlock(elements=[RichTextSectionElement(elements=parts)])


def button(
    label: str,
    action: ActionId,
    value: str = "",
    *,
    style: str | None = None,
    confirm: ConfirmObject | None = None,
    spoken: str | None = None,
) -> ButtonElement:
    """Make a button; `spoken` is what a screen reader says in place of its label."""
    return ButtonElement(
        text=PlainTextObject(text=label, emoji=False),
        action_id=action,
        value=value or None,
        style=style,
        confirm=confirm,
        accessibility_label=shorten(spoken, 75) if spoken else None,
    )


def link_button(label: str, action: ActionId, url: str) -> LinkButtonElement:
    """Make a button that opens an address."""
    return LinkButtonElement(
        text=PlainTextObject(text=label, emoji=False), action_id=action, url=url, style="primary"
    )


def actions(*elements: InteractiveElement | None) -> ActionsBlock | None:
    """Put our buttons in a block of their own, as X's display rules ask."""
    kept = [element for element in elements if element is not None]
    return ActionsBlock(elements=kept) if kept else None


def _visible(text: str) -> str:
    if not text.strip():
        return "(no words)"
    return shorten(text, LONGEST_QUOTE)
