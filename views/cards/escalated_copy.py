"""The copy of a card in the team's other channel: who shows it, why, the post, and the card."""

from domain import Mention, MentionState
from views.blocks.blocks import AnyBlock, context, section
from views.blocks.formatting import (
    excerpt,
    handle_words,
    link,
    name_words,
    post_url,
    slack_date,
    to_person,
)
from views.blocks.message import Message, message
from views.cards.card_person import their_words

_ENDS = {
    MentionState.ANSWERED: "✅ Answered meanwhile",
    MentionState.SKIPPED: "Skipped meanwhile",
    MentionState.EXPIRED: "Closed meanwhile, too old to answer",
}


def elsewhere_copy(mention: Mention, *, by: str, why: str, card_url: str) -> Message:
    """Show a mention to those who do not sit in the card's channel.

    Args:
        mention: as it stands now; of a post that is gone from X no word is shown.
        by: the name of the member who shows it.
        why: their words, may be empty.
        card_url: the card's address in Slack, "" when there is none.
    """
    who = excerpt(by, 60) or "Somebody"
    to_card = link(card_url, "Open the card") if card_url else ""
    if mention.state is MentionState.GONE:
        return message(
            "Gone from X: a post that was shown here.",
            context(f"{who} showed a post here that is gone from X now.", to_card),
        )
    author = mention.post.author
    name = name_words(author)
    said = f": “{excerpt(why, 500)}”" if why else "."
    when = slack_date(mention.post.created_at, url=post_url(mention.post))
    return message(
        f"{who} shows you a post by {name}: {excerpt(mention.post.text, 300)}",
        section(f"*{who}* shows you this{said}"),
        section(f"*{to_person(author, name)}* · {handle_words(author)}"),
        *their_words(mention.post),
        context(" · ".join(part for part in (when, _ENDS.get(mention.state, ""), to_card) if part)),
        _advice(mention),
    )


def _advice(mention: Mention) -> AnyBlock | None:
    if mention.state in _ENDS:
        return None
    return context("It is answered from its card; what you know helps in the card's thread.")
