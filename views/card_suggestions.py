"""The middle of an open card: the suggestions, their checks, and what else a person can do."""

from slack_sdk.models.blocks import ButtonElement, Option, OverflowMenuElement

from domain import (
    CardFacts,
    Check,
    CheckLevel,
    Lane,
    Mention,
    MentionKind,
    Source,
    Suggestion,
)
from views.actions import ActionId, Rarer, button_value, option_value
from views.pieces import AnyBlock, actions, button, context, plain, plain_section
from views.words import escape, excerpt, shorten

_SOURCES = {
    Source.PLAYBOOK: "From the playbook.",
    Source.APPROVED_BEFORE: "From replies you approved before.",
}


def suggestion_blocks(facts: CardFacts) -> list[AnyBlock | None]:
    """Show where the suggestions come from, then each with its button and its checks."""
    mention = facts.mention
    blocks: list[AnyBlock | None] = [context(source_line(facts))]
    for number, suggestion in enumerate(facts.suggestions):
        accessory = _take_button(mention, suggestion, first=number == 0)
        blocks += [plain_section(suggestion.text, accessory), context(*check_lines(suggestion))]
    if not facts.suggestions:
        blocks.append(context("No suggestion this time: write your own with *Edit…*"))
    return blocks


def choice_actions(mention: Mention) -> AnyBlock | None:
    """Show the one row of other choices, the rarer ones behind the overflow menu."""
    value = button_value(mention.id)
    return actions(
        button("Edit…", ActionId.EDIT, value),
        button("Other ideas…", ActionId.OTHER_IDEAS, value),
        button("Skip", ActionId.SKIP, value),
        rarer_menu(mention),
    )


def rarer_menu(mention: Mention) -> OverflowMenuElement:
    """Make the menu of what is wanted seldom."""
    offers = [
        (Rarer.SNOOZE_HOUR, "Snooze 1 hour"),
        (Rarer.SNOOZE_TOMORROW, "Snooze until tomorrow"),
        (Rarer.ASSIGN, "Assign…"),
        (Rarer.MUTE_PERSON, f"Mute @{mention.post.author.handle}"),
    ]
    if mention.kind is MentionKind.KEYWORD:
        offers.append((Rarer.PAUSE_WATCH, "Pause this watch"))
    return OverflowMenuElement(
        action_id=ActionId.MORE,
        options=[
            Option(text=plain(label, 75), value=option_value(choice, mention.id))
            for choice, label in offers
        ],
    )


def source_line(facts: CardFacts) -> str:
    """Say honestly where the suggestions come from, unless a model wrote them just now."""
    if facts.mention.note:
        return excerpt(facts.mention.note, 300)
    sources = {suggestion.source for suggestion in facts.suggestions}
    if len(sources) != 1 or not sources <= _SOURCES.keys():
        return ""
    if sources == {Source.PLAYBOOK} and not facts.model_on:
        return "From the playbook: no model is set up."
    return _SOURCES[sources.pop()]


def check_lines(suggestion: Suggestion) -> list[str]:
    """Say what the checks mind about a suggestion, one short line each."""
    return [check_line(check) for check in suggestion.checks if check.level is not CheckLevel.FINE]


def check_line(check: Check) -> str:
    """Say what one check minds, in mrkdwn."""
    mark = "⛔ Not as it is" if check.level is CheckLevel.STOP else "⚠️ Look twice"
    return f"{mark}: {escape(shorten(check.why, 200))}"


def _take_button(mention: Mention, suggestion: Suggestion, *, first: bool) -> ButtonElement:
    value = button_value(mention.id, suggestion.id)
    if any(check.level is CheckLevel.STOP for check in suggestion.checks):
        return button("Edit…", ActionId.EDIT, value, spoken=f"Edit: {suggestion.text}")
    style = "primary" if first else None
    if mention.lane is Lane.BY_HAND:
        spoken = f"Use this: {suggestion.text}"
        return button("Use this", ActionId.USE, value, style=style, spoken=spoken)
    spoken = f"Approve: {suggestion.text}"
    return button("Approve", ActionId.APPROVE, value, style=style, spoken=spoken)
