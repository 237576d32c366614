"""The lower part of a card once somebody chose a text: on its way, unconfirmed, by hand."""

from datetime import datetime

from slack_sdk.models.blocks import ButtonElement, ConfirmObject

from domain import CardFacts, why_unseen
from views.blocks.action_ids import ActionId, button_value
from views.blocks.blocks import (
    AnyBlock,
    actions,
    button,
    context,
    link_button,
    plain,
    preformatted,
    section,
    whole_text,
)
from views.blocks.formatting import escape, excerpt, intent_url, slack_date

#: Looks on X after an unknown outcome before a person is asked (after 15 s, 60 s and 5 min).
LOOKS = 3
_CLOCK = "{time_secs}"


def chosen_text(facts: CardFacts) -> str:
    """Return the text that was chosen, approved or used by hand; "" when there is none."""
    if facts.reply is not None:
        return facts.reply.text
    return (facts.decision.text if facts.decision is not None else None) or ""


def who_decided(facts: CardFacts) -> str:
    """Return the name of the member who decided, escaped."""
    if facts.decision is not None and facts.decision.member_name:
        return excerpt(facts.decision.member_name, 60)
    if facts.reply is not None and facts.reply.member_name:
        return excerpt(facts.reply.member_name, 60)
    return "Somebody"


def approved_blocks(facts: CardFacts, *, now: datetime) -> list[AnyBlock | None]:
    """Show the approved text, when it goes out, and *Undo*."""
    due = facts.reply.due_at if facts.reply is not None else now
    when = f"goes out at {slack_date(due, _CLOCK)}" if due > now else "goes out now"
    held = facts.reply.reason if facts.reply is not None else None
    if held:
        when = "goes out when X takes it"
    return [
        section(f"*{who_decided(facts)}* approved this, it {when}."),
        whole_text(chosen_text(facts)),
        context(f"Waiting: {excerpt(held, 300)}" if held else ""),
        actions(button("Undo", ActionId.UNDO, button_value(facts.mention.id))),
    ]


def sending_blocks(facts: CardFacts) -> list[AnyBlock | None]:
    """Show the text that is going out at this moment."""
    return [
        section(f"*{who_decided(facts)}* approved this, it is going out…"),
        whole_text(chosen_text(facts)),
    ]


def unknown_blocks(facts: CardFacts, *, looks_to_take: int = LOOKS) -> list[AnyBlock | None]:
    """Say that nobody knows whether the reply went out, and what to do about it."""
    reply = facts.reply
    looking = reply is not None and reply.looks < looks_to_take
    text = whole_text(chosen_text(facts))
    if looking:
        head = "*Unconfirmed.* X did not say whether this reply went out. Looking on X for it…"
        if reply is not None and reply.duplicate:
            head = "*Unconfirmed.* X says these words were posted before. Looking on X for them…"
        return [section(head), text, context("Nothing is sent again by itself.")]
    duplicate = reply is not None and reply.duplicate
    value = button_value(facts.mention.id)
    if duplicate:
        head = "*Unconfirmed.* X says we posted these words before, but they are not to be found."
        advice = "Change a word or two with *Edit…*, or look once more."
        second: ButtonElement | None = button("Edit…", ActionId.EDIT, value)
    else:
        head = (
            "*Unconfirmed.* X did not say whether this reply went out, and it is not to be found."
        )
        advice = "Look at the conversation on X first; *Send anyway* could post it twice."
        second = None if _unseen_words(facts) else _send_anyway(facts)
    return [
        section(head),
        text,
        context(_reason(facts), _unseen_words(facts) or advice),
        actions(button("Check again", ActionId.CHECK_AGAIN, value), second),
    ]


def _send_anyway(facts: CardFacts) -> ButtonElement:
    return button(
        "Send anyway",
        ActionId.SEND_ANYWAY,
        _once_more(facts),
        style="danger",
        confirm=_sure_to_send(),
    )


def by_hand_blocks(facts: CardFacts) -> list[AnyBlock | None]:
    """Show the text to copy, the way to X, and *I posted it*."""
    mention, text = facts.mention, chosen_text(facts)
    value = button_value(mention.id)
    return [
        section(_by_hand_head(facts)),
        preformatted(text),
        context("Copy it, open the reply on X and paste it there if it is not written in yet."),
        actions(
            link_button("Open reply on X", ActionId.OPEN_ON_X, intent_url(mention.post.id, text)),
            button("I posted it", ActionId.POSTED, value),
            button("Back", ActionId.BACK, value),
        ),
    ]


def failed_blocks(facts: CardFacts) -> list[AnyBlock | None]:
    """Say why a reply could not go out, and offer another try."""
    value = button_value(facts.mention.id)
    return [
        section(f"*This did not go out.* {_reason(facts) or 'X did not take it.'}"),
        whole_text(chosen_text(facts)) if chosen_text(facts) else None,
        context(_unseen_words(facts)),
        actions(
            None
            if _unseen_words(facts) or (facts.reply is not None and facts.reply.duplicate)
            else button("Try again", ActionId.RETRY, _once_more(facts), style="primary"),
            button("Edit…", ActionId.EDIT, value),
            button("Skip", ActionId.SKIP, value),
        ),
    ]


def _unseen_words(facts: CardFacts) -> str:
    """Say why nothing here sends the text: the card cannot show all of it."""
    return escape(why_unseen(chosen_text(facts)) or "")


def _once_more(facts: CardFacts) -> str:
    """Write the value of a button that sends the shown reply's words once more."""
    return button_value(facts.mention.id, facts.reply.id if facts.reply is not None else None)


def _by_hand_head(facts: CardFacts) -> str:
    reason = _reason(facts)
    if reason:
        return f"*Over to you by hand.* {reason}"
    return f"*{who_decided(facts)}* picked this. X lets only a person answer here."


def _reason(facts: CardFacts) -> str:
    reply_reason = facts.reply.reason if facts.reply is not None else None
    return excerpt(facts.mention.reason or reply_reason or "", 400)


def _sure_to_send() -> ConfirmObject:
    return ConfirmObject(
        title=plain("Send it anyway?", 100),
        text=plain("It may be on X already. If it is, people will see it twice.", 300),
        confirm=plain("Send anyway", 30),
        deny=plain("Not yet", 30),
        style="danger",
    )
