"""A pile-on's one card, and the window with all that is kept in it."""

from typing import Any

from domain import Mention, Pile
from views.actions import ActionId, ViewId, button_value
from views.message import Message, message
from views.modals.form import modal
from views.pieces import AnyBlock, actions, button, context, section
from views.words import (
    count,
    excerpt,
    handle_words,
    link,
    name_words,
    post_url,
    shorten,
    slack_date,
    without_leading_handles,
)

#: Posts that the card quotes, and those that the window lists: Slack takes 100 blocks.
NEWEST = 3
LISTED = 45


def pile_message(pile: Pile, *, practice: bool = False) -> Message:
    """Show how many there are, since when, the newest, and what can be done."""
    gist = _gist(pile)
    blocks: list[AnyBlock | None] = [
        context("Practice: these people are made up.") if practice else None,
        section(f"*A pile-on: {gist}*\n{_since(pile)}"),
        *(section(_line(mention, 200)) for mention in pile.newest[:NEWEST]),
        context(_what_became(pile)),
        actions(
            button("Show them…", ActionId.SHOW_PILE, pile.id) if pile.number else None,
            None if pile.closed_by else button("Let them be", ActionId.LET_PILE_BE, pile.id),
        ),
    ]
    return message(f"A pile-on: {gist}", *blocks)


def pile_modal(pile: Pile) -> dict[str, Any]:
    """List what is kept in a pile, the newest first, each with the way back."""
    more = pile.number - len(pile.newest[:LISTED])
    blocks: list[AnyBlock | None] = [
        section(_since(pile)),
        *(_listed(mention) for mention in pile.newest[:LISTED]),
        context(f"and {count(more, 'older one')}" if more > 0 else ""),
        context("" if pile.newest else "All of them were brought back."),
    ]
    return modal(
        ViewId.PILE,
        title=shorten(f"Pile-on of {pile.number + pile.shown:,}", 24),
        submit=None,
        blocks=blocks,
        kept={"pile": pile.id},
    )


def let_be_already(by: str) -> str:
    """Tell that somebody decided on the pile before."""
    return f"{excerpt(by, 60)} let them be already. They are kept: *Show them…* lists them."


def _gist(pile: Pile) -> str:
    number = pile.number + pile.shown
    what = "answer one and the same post" if pile.replies else "say nearly the same"
    return f"{number:,} people {what}"


def _since(pile: Pile) -> str:
    kept = count(pile.number, "more is", "more are")
    return (
        f"Since {slack_date(pile.began_at, '{time}')}, the last one at "
        f"{slack_date(pile.last_at, '{time}')}. The first {pile.shown} have cards of their own; "
        f"{kept} kept here and cost nothing."
    )


def _what_became(pile: Pile) -> str:
    if pile.closed_by:
        return f"✓ {excerpt(pile.closed_by, 60)} let them be. New ones are only counted."
    return "Answer one or two that matter, and mind who is watching: an answer to all is none."


def _listed(mention: Mention) -> AnyBlock:
    spoken = f"Bring back what @{mention.post.author.handle} wrote"
    back = button("Bring back", ActionId.BRING_PILED_BACK, button_value(mention.id), spoken=spoken)
    return section(_line(mention, 160), back)


def _line(mention: Mention, longest: int) -> str:
    words = excerpt(without_leading_handles(mention.post.text), longest) or "(no words)"
    who = f"{name_words(mention.post.author, 60)} {handle_words(mention.post.author)}"
    return f"{who}: {words} · {link(post_url(mention.post), 'View on X')}"
