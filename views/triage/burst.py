"""A pile-on's one card, and the window with all that is kept in it."""

from typing import Any

from domain import Mention, Pile
from views.blocks.action_ids import ActionId, ViewId, button_value
from views.blocks.blocks import AnyBlock, actions, button, context, section
from views.blocks.form import modal
from views.blocks.formatting import (
    count,
    excerpt,
    handle_words,
    link,
    name_words,
    plain_handle,
    post_url,
    shorten,
    slack_date,
    without_leading_handles,
)
from views.blocks.message import Message, message

#: Posts that the card quotes, and those that the window lists: Slack takes 100 blocks.
NEWEST = 3
LISTED = 45


def pile_message(pile: Pile, *, account_id: str, practice: bool = False) -> Message:
    """Show how many there are, since when, the newest, and what can be done."""
    blocks: list[AnyBlock | None] = [
        context("Practice: these people are made up.") if practice else None,
        section(f"*A pile-on: {_gist(pile, account_id)}*{_to_post(pile)}\n{_since(pile)}"),
        *(section(_line(mention, 200)) for mention in pile.newest[:NEWEST]),
        context(_what_became(pile)),
        actions(
            button("Show them…", ActionId.SHOW_PILE, pile.id) if pile.number else None,
            None if pile.closed_by else button("Let them be", ActionId.LET_PILE_BE, pile.id),
        ),
    ]
    return message(f"A pile-on: {_gist(pile, account_id)}", *blocks)


def pile_modal(pile: Pile) -> dict[str, Any]:
    """List what is kept in a pile, the newest first, each with the way back."""
    more = pile.number - len(pile.newest[:LISTED])
    blocks: list[AnyBlock | None] = [
        section(_since(pile)),
        *(_listed(mention) for mention in pile.newest[:LISTED]),
        context(f"and {count(more, 'older one')}" if more > 0 else ""),
        context("" if pile.newest else "None of them is kept here any more."),
    ]
    return modal(
        ViewId.PILE,
        title=shorten(f"Pile-on: {pile.number:,} kept", 24),
        submit=None,
        blocks=blocks,
        kept={"pile": pile.id},
    )


def let_be_already(by: str) -> str:
    """Tell that somebody decided on the pile before."""
    return f"{excerpt(by, 60)} let them be already. They are kept: *Show them…* lists them."


def _gist(pile: Pile, account_id: str) -> str:
    piled = pile.number + pile.left
    # Who writes ten times is one person: then posts are counted.
    who = "people" if pile.people == piled else "posts"
    ours = pile.answered is not None and pile.answered.author.id == account_id
    target = "your post" if ours else "one and the same post"
    what = f"answer {target}" if pile.replies else "say nearly the same"
    return f"{piled + pile.shown:,} {who} {what}"


def _to_post(pile: Pile) -> str:
    """Lead to the post that they answer; not to one whose words are gone."""
    if pile.answered is None:
        return ""
    when = slack_date(pile.answered.created_at, url=post_url(pile.answered))
    words = excerpt(pile.answered.text, 120)
    return f" ({when}{f': {link(post_url(pile.answered), words)}' if words else ''})"


def _since(pile: Pile) -> str:
    kept = count(pile.number, "more is", "more are")
    left = f" {count(pile.left, 'was', 'were')} brought back or gone since." if pile.left else ""
    return (
        f"Since {slack_date(pile.began_at)}, the last one {slack_date(pile.last_at)}. "
        f"The first {pile.shown} have cards of their own; "
        f"{kept} kept here, and nothing was drafted for them.{left}"
    )


def _what_became(pile: Pile) -> str:
    if pile.closed_by:
        return f"✓ {excerpt(pile.closed_by, 60)} let them be. New ones are only counted."
    return "One or two calm answers are often enough. *Show them…* can give any of these a card."


def _listed(mention: Mention) -> AnyBlock:
    spoken = f"Bring back what {plain_handle(mention.post.author)} wrote"
    back = button("Bring back", ActionId.BRING_PILED_BACK, button_value(mention.id), spoken=spoken)
    return section(_line(mention, 160), back)


def _line(mention: Mention, longest: int) -> str:
    words = excerpt(without_leading_handles(mention.post.text), longest) or "(no words)"
    who = f"{name_words(mention.post.author, 60)} {handle_words(mention.post.author)}"
    # Inside a label their marks stay characters, and an address of theirs becomes no link.
    return f"{who}: {link(post_url(mention.post), words)}"
