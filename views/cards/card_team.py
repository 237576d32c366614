"""What the team does around a card: who has it, who was shown it elsewhere."""

from domain import CardFacts, DecisionKind
from views.blocks.action_ids import ActionId, button_value
from views.blocks.blocks import AnyBlock, button, context, section
from views.blocks.formatting import channel_words, excerpt, member_words, slack_date
from views.cards.card_decided import who_decided


def has_this_line(facts: CardFacts) -> AnyBlock:
    """Say who has it now, with the way to give it back; everybody who may decide still can."""
    mention = facts.mention
    who = member_words(mention.assignee) if mention.assignee else "Somebody"
    reason = excerpt(mention.reason or "", 300)
    decision = facts.decision
    by = ""
    if decision is not None and decision.kind is DecisionKind.HAND_OVER:
        asked = decision.member_id != mention.assignee
        by = f" · *{who_decided(facts)}* asked" if asked else ""
    note = f": “{reason}”" if reason else ""
    return section(
        f"👋 {who} has this{by}{note}",
        button("Give back", ActionId.GIVE_BACK, button_value(mention.id)),
    )


def elsewhere_line(facts: CardFacts) -> AnyBlock | None:
    """Say who showed it in another channel last, when, and why."""
    shown = facts.escalated
    if shown is None:
        return None
    where = channel_words(shown.change or "") or "another channel"
    why = excerpt(shown.text or "", 200)
    return context(
        f"*{excerpt(shown.member_name, 60) or 'Somebody'}* showed this in {where} "
        f"{slack_date(shown.at)}{f': “{why}”' if why else ''}"
    )
