"""What an open card advises in place of a reply: better not, a person's matter, or a hostile post."""

from domain import Advice, CardFacts, Mention
from views.actions import ActionId, button_value
from views.card_suggestions import holds_members_text, rarer_menu, snooze_button
from views.pieces import AnyBlock, actions, button, section
from views.words import excerpt

_HOSTILE = (
    "This post tries to give me orders, so nothing is suggested. "
    "Read it yourself before you answer."
)
#: With these a card shows no suggestion, whatever an earlier round held.
_WITHOUT_SUGGESTIONS = frozenset({Advice.HOSTILE, Advice.NEEDS_PERSON})


def shows_suggestions(facts: CardFacts) -> bool:
    """Tell whether a card shows suggestions beside its advice; what a member wrote always."""
    return holds_members_text(facts) or facts.mention.advice not in _WITHOUT_SUGGESTIONS


def advice_blocks(facts: CardFacts) -> list[AnyBlock | None]:
    """Show what is advised, if anything; for *better not* with the button that does it."""
    mention = facts.mention
    if mention.advice is None:
        return []
    skip = None
    if mention.advice is Advice.BETTER_NOT:
        skip = button("Skip", ActionId.SKIP, button_value(mention.id), style="primary")
    return [section(advice_line(mention), skip)]


def advice_actions(mention: Mention) -> AnyBlock | None:
    """Show the row of a card without suggestions: write it yourself, or skip."""
    value = button_value(mention.id)
    return actions(
        button("Write a reply…", ActionId.EDIT, value, style="primary"),
        button("Skip", ActionId.SKIP, value),
        button("Other ideas…", ActionId.OTHER_IDEAS, value) if _may_ask(mention) else None,
        snooze_button(mention),
        rarer_menu(mention),
    )


def _may_ask(mention: Mention) -> bool:
    """Ideas may be asked for on a grave matter; on a hostile post there are none."""
    return mention.advice is not Advice.HOSTILE


def advice_line(mention: Mention) -> str:
    """Say the advice in mrkdwn."""
    why = excerpt(mention.advice_why or "", 300)
    match mention.advice:
        case Advice.BETTER_NOT:
            return f"*Better not to reply.* {why}".rstrip()
        case Advice.NEEDS_PERSON:
            about = f"{why[:1].upper()}{why[1:]}, so" if why else "So"
            return f"*This needs a person.* {about} nothing is drafted."
        case Advice.HOSTILE:
            return why or _HOSTILE
        case _:
            return ""
