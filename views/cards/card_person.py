"""The upper part of a card: the person, what they wrote, and why it is here."""

from slack_sdk.models.blocks import ImageElement, SectionBlock

from domain import CardFacts, Lane, Mention, MentionKind, Person, Post, SharedHistory
from views.blocks.blocks import LONGEST_QUOTE, AnyBlock, context, quoted, section
from views.blocks.formatting import (
    count,
    excerpt,
    handle_words,
    link,
    name_words,
    one_line,
    post_url,
    shorten,
    slack_date,
    times,
    to_person,
    without_leading_handles,
)

_LONGEST_PICTURE_URL = 3000
_ABOVE = 3
_MOST_ABOVE = 140


def post_blocks(facts: CardFacts, *, pictures: bool = True) -> list[AnyBlock | None]:
    """Show person, conversation above, post and its link; nothing of ours to press among them."""
    mention = facts.mention
    return [
        person_section(mention.post.author, facts.history, pictures=pictures),
        *(above_line(post) for post in facts.above[-_ABOVE:]),
        *their_words(mention.post),
        context(why_line(mention, facts.account_handle)),
    ]


def their_words(post: Post) -> list[AnyBlock | None]:
    """Quote a post whole; where Slack does not hold all of it, say so and where the rest is."""
    rest = ""
    if len(post.text) > LONGEST_QUOTE:
        rest = f"✂️ Cut here: the post goes on. {link(post_url(post), 'Read all of it on X')}"
    return [quoted(post.text), context(rest)]


def person_section(
    person: Person, history: SharedHistory, *, pictures: bool = True, line: str | None = None
) -> SectionBlock:
    """Show who wrote: name, @handle, followers, what we share (or `line`), and their picture."""
    lines = [
        f"*{to_person(person, name_words(person))}*",
        f"{handle_words(person)}{_followers(person)}",
        history_line(history) if line is None else line,
    ]
    return section("\n".join(lines), _picture(person) if pictures else None)


def history_line(history: SharedHistory) -> str:
    """Say in one line what we and a person have said to each other before."""
    ours = history.our_replies
    if not ours and not history.their_posts:
        return "New to us"
    if not ours:
        return f"Wrote to us {times(history.their_posts)} before, not answered so far"
    when = ""
    if history.last_at is not None:
        when = f", last {slack_date(history.last_at, '{date_short}')}"
    said = excerpt(without_leading_handles(history.last_words or ""), 80)
    words = f": “{said}”" if said else ""
    return f"We have talked {times(ours)}{when}{words}"


def above_line(post: Post) -> AnyBlock | None:
    """Show one post of the conversation above in a small line."""
    words = excerpt(post.text, _MOST_ABOVE) or "(no words)"
    rest = f" {link(post_url(post), 'more')}" if len(one_line(post.text)) > _MOST_ABOVE else ""
    return context(f"↑ {handle_words(post.author)}: {words}{rest}")


def why_line(mention: Mention, account_handle: str) -> str:
    """Say when it was written, where it stands on X and why it is here."""
    url = post_url(mention.post)
    parts = [
        slack_date(mention.post.created_at, url=url),
        link(url, "View on X"),
        why_here(mention, account_handle),
    ]
    if mention.practice:
        parts.insert(0, "Practice")
    return " · ".join(parts)


def spoken_post(mention: Mention) -> str:
    """Say who wrote what, for notifications and screen readers."""
    person = mention.post.author
    practice = "Practice: " if mention.practice else ""
    words = excerpt(mention.post.text, 300) or "(no words)"
    handle = f" (@{excerpt(person.handle, 40)})" if person.seen else ""
    return f"{practice}{name_words(person)}{handle}: {words}"


def why_here(mention: Mention, account_handle: str) -> str:
    """Say what brought a post here."""
    by_hand = ", to be answered by hand" if mention.lane is Lane.BY_HAND else ""
    if mention.kind is MentionKind.BROUGHT:
        return f"{excerpt(mention.watch_label, 60)} brought this here{by_hand}"
    if mention.kind is MentionKind.KEYWORD:
        return f"Found by the watch “{excerpt(mention.watch_label, 60)}”{by_hand}"
    account = f"@{excerpt(account_handle, 40)}" if account_handle else "us"
    return f"Wrote to {account}{by_hand}"


def _followers(person: Person) -> str:
    return "" if person.followers is None else f" · {count(person.followers, 'follower')}"


def _picture(person: Person) -> ImageElement | None:
    url = person.picture_url or ""
    if not url.startswith(("https://", "http://")) or len(url) > _LONGEST_PICTURE_URL:
        return None
    if any(char.isspace() for char in url):
        return None
    alt = shorten(f"Picture of {one_line(person.name) or person.handle}", 200)
    return ImageElement(image_url=url, alt_text=alt)
