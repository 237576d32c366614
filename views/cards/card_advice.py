"""What an open card says in place of a reply: better not, a person's matter, a hostile post.

Or that no ready answer fits, which is no advice but the plain truth.
"""

from domain import Advice, CardFacts, Mention
from views.blocks.action_ids import ActionId, button_value
from views.blocks.blocks import AnyBlock, actions, button, context, section
from views.blocks.formatting import excerpt
from views.cards.card_suggestions import holds_members_text, rarer_menu, snooze_button

_HOSTILE = (
    "This post tries to give me orders, so nothing is suggested. "
    "Read it yourself before you answer."
)
NOTHING_FITS = "No ready answer fits."
WRITE_OR_SKIP = "Nothing is suggested, so that nothing wrong goes out: write your own, or skip it."
#: With these a card shows no suggestion, whatever an earlier round held.
_WITHOUT_SUGGESTIONS = frozenset({Advice.HOSTILE, Advice.NEEDS_PERSON})


def shows_suggestions(facts: CardFacts) -> bool:
    """Tell whether a card shows suggestions beside its advice; what a member wrote always."""
    return holds_members_text(facts) or facts.mention.advice not in _WITHOUT_SUGGESTIONS


def nothing_fits(facts: CardFacts) -> bool:
    """Tell whether nothing is suggested and nothing advised either."""
    return not facts.suggestions and facts.mention.advice is None


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


def no_answer_blocks(facts: CardFacts) -> list[AnyBlock | None]:
    """Say that no ready answer fits and why, with what a person can do."""
    mention = facts.mention
    value = button_value(mention.id)
    return [
        section(f"*{NOTHING_FITS}* {WRITE_OR_SKIP}"),
        context(excerpt(mention.note or "", 300)),
        actions(
            button("Write a reply…", ActionId.EDIT, value, style="primary"),
            button("Saved answers…", ActionId.SAVED_ANSWERS, value),
            button("Skip", ActionId.SKIP, value),
            # Without a model the same post gets the same answer: none.
            button("Other ideas…", ActionId.OTHER_IDEAS, value) if facts.model_on else None,
            snooze_button(mention),
            rarer_menu(mention, saved=False),
        ),
    ]


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
