"""What is told to who asked for ideas for a post by its link."""

from domain import Post
from views.blocks.blocks import section
from views.blocks.formatting import excerpt, link, name_words, post_url, without_leading_handles
from views.blocks.message import Message, message


def no_link() -> str:
    """Say that there is no post to read."""
    return (
        "I found no link to a post on X there. It looks like "
        "https://x.com/name/status/1990000000000000000."
    )


def reading(more: int) -> str:
    """Say that the post is being read; of several links the first."""
    rest = f" There are {more} more links; I take one at a time." if more else ""
    return f"Reading that post on X…{rest}"


def brought(post: Post) -> Message:
    """Say whose post it is, and that the card is on its way."""
    words = excerpt(without_leading_handles(post.text), 120) or "(no words)"
    return _said(
        f"Read what {name_words(post.author, 60)} wrote: {link(post_url(post), words)}. "
        "Its card comes into our channel in a moment."
    )


def there_already(card_url: str, state: str) -> Message:
    """Lead to the card of a post that is known already, or say that it is on its way."""
    to_card = f" {link(card_url, 'Open the card')}." if card_url else " Its card is on its way."
    return _said(f"That post is here already: {excerpt(state, 60)}.{to_card}")


def brought_back() -> Message:
    """Say that a post that had no card gets one now."""
    return _said("That post was here without a card. It gets one now.")


def gone() -> Message:
    """Say that X does not show the post."""
    return _said(
        "X does not show that post: it was deleted, or its author's posts are protected. "
        "Nothing was stored."
    )


def our_own() -> Message:
    """Say that there is nobody to answer."""
    return _said("That post is your own. Choose what somebody else wrote.")


def not_read(sentence: str, advice: str) -> Message:
    """Say why the post was not read."""
    return _said(
        f"That post was not read. {excerpt(sentence, 300)} {excerpt(advice, 300)}".rstrip()
    )


def forgotten() -> Message:
    """Say that its author was forgotten since they wrote it."""
    return _said(
        "Whoever wrote that post was forgotten here since, with “bot.py forget”, so it was not "
        "brought and nothing of it was stored. What they write from now on you can bring."
    )


def wants_none(words: str) -> Message:
    """Say that its author asked not to be answered."""
    return _said(words)


def _said(words: str) -> Message:
    return message(words, section(words))
