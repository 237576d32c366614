"""What a card shrinks to: what happened, who did it, when, and the link."""

from domain import CardFacts, DecisionKind, Mention, MentionState, ReplyState
from views.blocks.action_ids import ActionId, button_value
from views.blocks.blocks import AnyBlock, actions, button, context, named_words, quoted
from views.blocks.formatting import (
    excerpt,
    link,
    one_line,
    plain_name,
    post_url,
    reply_url,
    shorten,
    slack_date,
    without_leading_handles,
)
from views.cards.card_decided import chosen_text, who_decided

_TAKEN_BY_HAND = (DecisionKind.USE, DecisionKind.EDIT)


def post_line(mention: Mention) -> AnyBlock:
    """Show the person and the beginning of their words in one line."""
    author = mention.post.author
    name = plain_name(author)
    return named_words(name, shorten(one_line(mention.post.text), 200))


def answered_blocks(facts: CardFacts) -> list[AnyBlock | None]:
    """Show the reply, who answered, when, and where it stands on X."""
    text = answer_text(facts)
    return [
        post_line(facts.mention),
        quoted(text) if text else None,
        context(f"✅ {answered_words(facts)} · {_answer_link(facts)}{_practice(facts)}"),
    ]


def answer_text(facts: CardFacts) -> str:
    """Return the words that stand on X as far as they are known, else those that were chosen."""
    if facts.reply is None and facts.answer is not None:
        return without_leading_handles(facts.answer.text)
    return chosen_text(facts)


def answered_words(facts: CardFacts) -> str:
    """Say who answered and when, in mrkdwn."""
    at = slack_date(facts.mention.changed_at)
    if facts.reply is not None and facts.reply.state is ReplyState.SENT:
        return f"*{who_decided(facts)}* replied {at}"
    if facts.decision is not None and facts.decision.kind is DecisionKind.POSTED:
        return f"*{who_decided(facts)}* posted a reply by hand {at}"
    if facts.decision is not None and facts.decision.kind in _TAKEN_BY_HAND:
        return f"*{who_decided(facts)}* took this to post by hand, seen on X {at}"
    reason = excerpt(facts.mention.reason or "", 200)
    return f"Answered {at}{': ' + reason if reason else ''}"


def skipped_blocks(facts: CardFacts) -> list[AnyBlock | None]:
    """Show who skipped it and when, with the way back."""
    mention = facts.mention
    at = slack_date(mention.changed_at)
    skipped_by_member = facts.decision is not None and facts.decision.kind is DecisionKind.SKIP
    what = f"*{who_decided(facts)}* skipped this {at}" if skipped_by_member else f"Skipped {at}"
    return _ended(facts, what)


def expired_blocks(facts: CardFacts) -> list[AnyBlock | None]:
    """Say that nobody decided in time, with the way back."""
    return _ended(facts, f"Too old to answer now, closed {_at(facts)}")


def set_aside_blocks(facts: CardFacts) -> list[AnyBlock | None]:
    """Say why this was not worth a card of its own, with the way back."""
    return _ended(facts, f"Set aside {_at(facts)}", back=ActionId.BRING_ASIDE_BACK)


def gone_blocks(facts: CardFacts) -> list[AnyBlock | None]:
    """Say that the post is gone from X.

    Its words are not shown any more: X asks that deleted posts go from wherever they
    are kept and shown.
    """
    author = facts.mention.post.author
    name = plain_name(author)
    reason = excerpt(facts.mention.reason or "", 200)
    return [
        named_words(name, "deleted this post on X, or it is not open to us any more."),
        context(f"Closed {_at(facts)}{' · ' + reason if reason else ''}{_practice(facts)}"),
    ]


def snoozed_blocks(facts: CardFacts) -> list[AnyBlock | None]:
    """Say until when it sleeps and who put it to sleep, with the way back."""
    until = facts.mention.snoozed_until
    when = f" until {slack_date(until)}" if until is not None else ""
    snoozed_by_member = facts.decision is not None and facts.decision.kind is DecisionKind.SNOOZE
    by = f" by *{who_decided(facts)}*" if snoozed_by_member else ""
    return [
        post_line(facts.mention),
        context(f"💤 Snoozed{when}{by} · {_post_link(facts.mention)}{_practice(facts)}"),
        _back(facts.mention, "Wake now"),
    ]


def spoken_end(facts: CardFacts) -> str:
    """Say in plain words how the card ended, for the notification text."""
    who = who_decided(facts)
    return {
        MentionState.ANSWERED: f"Answered by {who}" if facts.decision else "Answered",
        MentionState.SKIPPED: f"Skipped by {who}" if facts.decision else "Skipped",
        MentionState.GONE: "Gone from X",
        MentionState.EXPIRED: "Closed, too old to answer",
        MentionState.SET_ASIDE: "Set aside",
        MentionState.SNOOZED: "Snoozed",
    }.get(facts.mention.state, "")


def _ended(
    facts: CardFacts, what: str, *, back: ActionId = ActionId.BRING_BACK
) -> list[AnyBlock | None]:
    reason = excerpt(facts.mention.reason or "", 200)
    tail = f": {reason}" if reason else ""
    return [
        post_line(facts.mention),
        context(f"{what}{tail} · {_post_link(facts.mention)}{_practice(facts)}"),
        _back(facts.mention, "Bring back", back),
    ]


def _back(mention: Mention, label: str, action: ActionId = ActionId.BRING_BACK) -> AnyBlock | None:
    return actions(button(label, action, button_value(mention.id)))


def _at(facts: CardFacts) -> str:
    return slack_date(facts.mention.changed_at)


def _practice(facts: CardFacts) -> str:
    return " · Practice" if facts.mention.practice else ""


def _post_link(mention: Mention) -> str:
    return link(post_url(mention.post), "View on X")


def _answer_link(facts: CardFacts) -> str:
    if facts.reply is not None and facts.reply.post_id:
        return link(reply_url(facts.account_handle, facts.reply.post_id), "View on X")
    if facts.answer is not None:
        return link(post_url(facts.answer), "View on X")
    return _post_link(facts.mention)
