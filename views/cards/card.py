"""A mention's card, in every state, always from stored facts alone."""

from datetime import datetime

from domain import CardFacts, MentionState
from views.blocks.action_ids import ActionId, button_value
from views.blocks.blocks import AnyBlock, actions, button, context
from views.blocks.formatting import excerpt, name_words
from views.blocks.message import Message, message
from views.cards.card_advice import (
    NOTHING_FITS,
    WRITE_OR_SKIP,
    advice_actions,
    advice_blocks,
    advice_line,
    no_answer_blocks,
    nothing_fits,
    shows_suggestions,
)
from views.cards.card_decided import (
    LOOKS,
    approved_blocks,
    by_hand_blocks,
    chosen_text,
    failed_blocks,
    sending_blocks,
    unknown_blocks,
    who_decided,
)
from views.cards.card_ended import (
    answered_blocks,
    expired_blocks,
    gone_blocks,
    set_aside_blocks,
    skipped_blocks,
    snoozed_blocks,
    spoken_end,
)
from views.cards.card_person import post_blocks, spoken_post
from views.cards.card_suggestions import choice_actions, suggestion_blocks
from views.cards.card_team import elsewhere_line, has_this_line

_S = MentionState
_ENDED = {
    _S.ANSWERED: answered_blocks,
    _S.SKIPPED: skipped_blocks,
    _S.GONE: gone_blocks,
    _S.EXPIRED: expired_blocks,
    _S.SET_ASIDE: set_aside_blocks,
    _S.SNOOZED: snoozed_blocks,
}


def card(
    facts: CardFacts, *, now: datetime, pictures: bool = True, looks_to_take: int = LOOKS
) -> Message:
    """Render a mention as a Slack message.

    Args:
        facts: everything the card shows, as storage has it.
        now: the aware time of rendering.
        pictures: False leaves the person's picture out; Slack refuses a whole message when
            it cannot fetch one.
        looks_to_take: looks on X before a person is asked about an unconfirmed reply.
    """
    state = facts.mention.state
    if state in _ENDED:
        return message(_spoken(facts), *_ENDED[state](facts))
    lower = _lower(facts, now=now, looks_to_take=looks_to_take)
    upper = post_blocks(facts, pictures=pictures)
    return message(_spoken(facts), *upper, elsewhere_line(facts), *lower)


def _lower(facts: CardFacts, *, now: datetime, looks_to_take: int) -> list[AnyBlock | None]:
    state = facts.mention.state
    if state is _S.APPROVED:
        return approved_blocks(facts, now=now)
    if state is _S.UNKNOWN:
        return unknown_blocks(facts, looks_to_take=looks_to_take)
    return _LOWER.get(state, _thinking)(facts)


def _open(facts: CardFacts) -> list[AnyBlock | None]:
    mention = facts.mention
    if not shows_suggestions(facts):
        return [_open_line(facts), *advice_blocks(facts), advice_actions(mention)]
    if nothing_fits(facts):
        return [_open_line(facts), *no_answer_blocks(facts)]
    return [
        _open_line(facts),
        *advice_blocks(facts),
        *suggestion_blocks(facts),
        choice_actions(facts),
    ]


def _open_line(facts: CardFacts) -> AnyBlock | None:
    mention = facts.mention
    if mention.state is _S.HANDED_OVER:
        return has_this_line(facts)
    return context(excerpt(mention.reason or "", 300))


def _thinking(facts: CardFacts) -> list[AnyBlock | None]:
    words = "Thinking of other replies…" if facts.suggestions else "Thinking of replies…"
    return [
        context(words),
        actions(button("Skip", ActionId.SKIP, button_value(facts.mention.id))),
    ]


#: NEW and DRAFTING are thought about still.
_LOWER = {
    _S.WAITING: _open,
    _S.HANDED_OVER: _open,
    _S.SENDING: sending_blocks,
    _S.BY_HAND: by_hand_blocks,
    _S.FAILED: failed_blocks,
}


def _spoken(facts: CardFacts) -> str:
    """Say the card in plain text: who wrote what, what is suggested or what happened."""
    mention = facts.mention
    if mention.state is _S.GONE:
        return f"Gone from X: the post of {name_words(mention.post.author)}"
    head = spoken_post(mention)
    end = spoken_end(facts)
    if end:
        text = chosen_text(facts) if mention.state is _S.ANSWERED else ""
        return f"{end}. {head}" + (f" → {excerpt(text, 300)}" if text else "")
    return f"{head}\n{_spoken_lower(facts)}"


def _spoken_lower(facts: CardFacts) -> str:
    text = excerpt(chosen_text(facts), 300)
    match facts.mention.state:
        case _S.APPROVED | _S.SENDING:
            return f"{who_decided(facts)} approved: {text}"
        case _S.UNKNOWN:
            return f"Unconfirmed, please look: {text}"
        case _S.BY_HAND:
            return f"To be posted by hand: {text}"
        case _S.FAILED:
            return f"This did not go out: {text}"
        case _S.WAITING | _S.HANDED_OVER:
            return _spoken_choice(facts)
        case _:
            return "Thinking of replies…"


def _spoken_choice(facts: CardFacts) -> str:
    if facts.mention.advice is not None:
        return advice_line(facts.mention).replace("*", "")
    if nothing_fits(facts):
        return f"{NOTHING_FITS} {WRITE_OR_SKIP}"
    return f"Suggested: {excerpt(facts.suggestions[0].text, 300)}"
