"""The middle of an open card: the suggestions, their checks, and what else a person can do."""

from collections.abc import Iterable, Mapping

from slack_sdk.models.blocks import ButtonElement, Option, OverflowMenuElement

from domain import (
    Advice,
    CardFacts,
    Check,
    CheckLevel,
    Lane,
    Mention,
    MentionKind,
    Move,
    Source,
    Suggestion,
    why_unseen,
)
from views.blocks.action_ids import ActionId, OverflowChoice, button_value, option_value
from views.blocks.blocks import AnyBlock, actions, button, context, plain, whole_text
from views.blocks.formatting import escape, excerpt, listed, plain_handle, shorten

#: The check that a text is shown whole.
UNSEEN = "unseen"

_SOURCES = {
    Source.PLAYBOOK: "From the playbook.",
    Source.APPROVED_BEFORE: "From replies you approved before.",
}


def suggestion_blocks(facts: CardFacts) -> list[AnyBlock | None]:
    """Show where the suggestions come from, then each with its button and its checks."""
    mention = facts.mention
    blocks: list[AnyBlock | None] = [context(source_line(facts))]
    for number, suggestion in enumerate(facts.suggestions):
        # Where it is better not to reply, skipping is what stands out.
        first = number == 0 and mention.advice is None
        accessory = take_button(mention, suggestion, first=first)
        below = context(
            move_words(facts, suggestion), *check_lines(suggestion), whose_line(facts, suggestion)
        )
        blocks += [whole_text(suggestion.text, accessory), below]
    return blocks


def choice_actions(facts: CardFacts) -> AnyBlock | None:
    """Show the one row of other choices, the rarer ones behind the overflow menu."""
    mention = facts.mention
    value = button_value(mention.id)
    return actions(
        button("Edit…" if facts.suggestions else "Write a reply…", ActionId.EDIT, value),
        button("Other ideas…", ActionId.OTHER_IDEAS, value),
        # The advice above has its own button to skip.
        None if mention.advice is Advice.BETTER_NOT else button("Skip", ActionId.SKIP, value),
        snooze_button(mention),
        rarer_menu(mention),
    )


def snooze_button(mention: Mention) -> ButtonElement:
    """Make the button for who cannot take it now."""
    return button("Snooze…", ActionId.SNOOZE, button_value(mention.id))


def rarer_menu(mention: Mention, *, saved: bool = True) -> OverflowMenuElement:
    """Make the menu of what is wanted seldom, the saved answers where no button opens them."""
    offers = [
        (OverflowChoice.ASSIGN, "Assign…"),
        *([(OverflowChoice.SAVED_ANSWER, "Use a saved answer…")] if saved else []),
        (OverflowChoice.ELSEWHERE, "Show in another channel…"),
        (OverflowChoice.SEE_PERSON, f"About {plain_handle(mention.post.author)}…"),
    ]
    if mention.kind is MentionKind.KEYWORD:
        offers.append((OverflowChoice.PAUSE_WATCH, "Pause this watch"))
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
    if not facts.suggestions:
        return ""
    if written := written_words(facts):
        return written
    sources = {suggestion.source for suggestion in facts.suggestions}
    if len(sources) != 1 or not sources <= _SOURCES.keys():
        return ""
    if sources == {Source.PLAYBOOK} and not facts.model_on:
        return "From the playbook: no model is set up."
    return _SOURCES[sources.pop()]


def written_words(facts: CardFacts) -> str:
    """Say who wrote the text, where a member did, and that somebody else approves it."""
    if not holds_members_text(facts):
        return ""
    who = excerpt(facts.suggestions[0].member_name or "", 60) or "Somebody"
    rest = "; somebody else approves." if facts.second_approver else "."
    return f"*{who}* wrote this{rest}"


def whose_line(facts: CardFacts, suggestion: Suggestion) -> str:
    """Say whose words are in a suggestion, where that decides who may approve it."""
    if not facts.second_approver or suggestion.source is Source.MEMBER:
        return ""
    if suggestion.words_of is None:
        return (
            "Nobody knows whose words these are: hand them in with *Edit…*, then somebody else "
            "approves."
        )
    if not suggestion.words_of:
        return ""
    return f"Holds words of {named(suggestion.words_of, facts.names)}; somebody else approves."


def named(members: Iterable[str], names: Mapping[str, str]) -> str:
    """Write the names of members, escaped; who is not known by name is a colleague."""
    found = sorted(excerpt(names.get(each, ""), 60) or "a colleague" for each in members)
    return listed(list(dict.fromkeys(found)), last="and")


def holds_members_text(facts: CardFacts) -> bool:
    """Tell whether what the card offers was written by a member."""
    return bool(facts.suggestions) and facts.suggestions[0].source is Source.MEMBER


def move_words(facts: CardFacts, suggestion: Suggestion) -> str:
    """Say in a word or two what a suggestion does, where there are several to choose from."""
    known = suggestion.move in set(Move)
    return suggestion.move.capitalize() if known and len(facts.suggestions) > 1 else ""


def check_lines(suggestion: Suggestion) -> list[str]:
    """Say what the checks mind about a suggestion, one short line each.

    What an earlier Greenroom stored was not checked for what the card cannot show.
    """
    minded = [check for check in suggestion.checks if check.level is not CheckLevel.FINE]
    unseen = why_unseen(suggestion.text)
    if unseen is not None and not any(check.name == UNSEEN for check in minded):
        minded.insert(0, Check(UNSEEN, CheckLevel.STOP, unseen))
    return [check_line(check) for check in minded]


def may_be_taken(suggestion: Suggestion) -> bool:
    """Tell whether a suggestion may go out as it is: nothing forbids it, and all of it is seen."""
    stopped = any(check.level is CheckLevel.STOP for check in suggestion.checks)
    return not stopped and why_unseen(suggestion.text) is None


def check_line(check: Check) -> str:
    """Say what one check minds, in mrkdwn."""
    mark = "⛔ Not as it is" if check.level is CheckLevel.STOP else "⚠️ Look twice"
    return f"{mark}: {escape(shorten(check.why, 200))}"


def take_button(mention: Mention, suggestion: Suggestion, *, first: bool) -> ButtonElement:
    """Make the button that takes a suggestion as it is; *Edit…* where it may not go out so."""
    value = button_value(mention.id, suggestion.id)
    does = f" ({suggestion.move})" if suggestion.move in set(Move) else ""
    if not may_be_taken(suggestion):
        return button("Edit…", ActionId.EDIT, value, spoken=f"Edit{does}: {suggestion.text}")
    style = "primary" if first else None
    if mention.lane is Lane.BY_HAND:
        spoken = f"Use this{does}: {suggestion.text}"
        return button("Use this", ActionId.USE, value, style=style, spoken=spoken)
    spoken = f"Approve{does}: {suggestion.text}"
    return button("Approve", ActionId.APPROVE, value, style=style, spoken=spoken)
