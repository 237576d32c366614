"""Answers to questions: posts as they were written, counted, with the way to their cards."""

from collections.abc import Mapping, Sequence

from domain import Person, Post
from views.blocks.action_ids import ActionId
from views.blocks.blocks import AnyBlock, actions, button, context, plain_section, section
from views.blocks.formatting import (
    count,
    escape,
    excerpt,
    handle_words,
    link,
    name_words,
    post_url,
    slack_date,
    times,
    without_leading_handles,
)
from views.blocks.message import Message, message

MOST_POSTS = 5
MOST_PEOPLE = 12
_CAN = (
    "Ask me what people said (“what did people say about the oat milk this week?”), who still "
    "waits, who came back, who somebody is (“who is @handle?”), what we answered them, what was set "
    "aside, or how we are doing."
)


def posts_answer(
    about: str,
    called: str,
    posts: Sequence[Post],
    links: Mapping[str, str],
    *,
    number: int,
    people: int,
    aside: int = 0,
    told: str = "",
    by: Person | None = None,
) -> Message:
    """Show what was found: how much, then the newest posts, or those that an answer rests on.

    Args:
        about: the words that were looked for, as asked; "" for anything.
        called: the time, in words.
        posts: the posts to show.
        links: the addresses of their cards.
        number: of all posts that were found.
        people: who wrote them, counted.
        aside: how many more were set aside.
        told: the model's answer, if it gave one.
        by: whose posts were looked for; None: anybody's.
    """
    if not posts:
        return nothing_found(about, called, by, aside=aside)
    subject = f" about “{excerpt(about, 80)}”" if about else ""
    who = name_words(by, 60) if by else count(people, "person", "people")
    head = f"{who} wrote {count(number, 'post')}{subject} {called}."
    shown = posts[:MOST_POSTS]
    rest = number - len(shown)
    more = f"and {count(rest, 'more post', 'more posts')}" if rest > 0 and not told else ""
    blocks: list[AnyBlock | None] = [
        plain_section(told) if told else section(f"*{head}*"),
        context("The model wrote this from the posts below.", head) if told else None,
        *(section(_line(post, links.get(post.id, ""))) for post in shown),
        context(more),
        context(_aside(aside)),
    ]
    return message(escape(told) or head, *blocks)


def nothing_found(about: str, called: str, by: Person | None = None, *, aside: int = 0) -> Message:
    """Say that nothing was found, and what could be."""
    subject = f" about “{excerpt(about, 80)}”" if about else ""
    whose = f" by {name_words(by, 60)}" if by else ""
    words = (
        f"I found nothing{whose}{subject} {called}. "
        "I only know what mentioned us or what a watch caught."
    )
    return message(words, section(words), context(_aside(aside)))


def our_answers(
    person: Person, called: str, posts: Sequence[Post], links: Mapping[str, str], *, more: bool
) -> Message:
    """Show what we wrote to somebody, the newest first.

    Args:
        person: to whom.
        called: the time, in words; "" for any.
        posts: our posts, newest first.
        links: the addresses of the cards, by our posts' ids.
        more: whether there are older ones that were not counted.
    """
    who, when = name_words(person, 60), f" {called}" if called else ""
    often = f"{'at least ' if more else ''}{times(len(posts))}"
    head = f"We answered {who} {often}{when}." if posts else f"We did not answer {who}{when}."
    rest = len(posts) - MOST_POSTS
    older = f"and {count(rest, 'older answer')}" if rest > 0 else ""
    blocks: list[AnyBlock | None] = [
        section(f"*{head}*") if posts else section(head),
        *(section(_ours(post, links.get(post.id, ""))) for post in posts[:MOST_POSTS]),
        context(older),
    ]
    return message(head, *blocks)


def came_back_answer(people: Sequence[Person], called: str) -> Message:
    """Name those who talked with us before and wrote again."""
    if not people:
        words = f"Nobody who had talked with us before wrote again {called}."
        return message(words, section(words))
    head = f"{count(len(people), 'person', 'people')} came back to talk {called}."
    rest = len(people) - MOST_PEOPLE
    blocks: list[AnyBlock | None] = [
        section(f"*{head}*"),
        *(_person(person) for person in people[:MOST_PEOPLE]),
        context(f"and {count(rest, 'more person', 'more people')}" if rest > 0 else ""),
    ]
    return message(head, *blocks)


def aside_answer(number: int, called: str, line_url: str) -> Message:
    """Say how much was set aside, and where it is."""
    where = f" {link(line_url, 'See today’s')}." if line_url else ""
    words = (
        f"{count(number, 'post')} {'was' if number == 1 else 'were'} set aside {called}.{where} "
        "Each can be brought back."
    )
    return message(words, section(words))


def nobody_of_handle(handle: str) -> Message:
    """Say that a handle is not known."""
    words = f"Nobody called @{excerpt(handle, 40)} has talked with us as far as I know."
    return message(words, section(words))


def unknown() -> Message:
    """Say plainly that it is not known, and what is."""
    words = f"I don't know that. {_CAN}"
    return message(words, section(words))


def can_do() -> Message:
    """Say what can be asked."""
    words = f"{_CAN} `/greenroom help` lists the commands."
    return message(words.replace("`", ""), section(words))


def welcome_back() -> Message:
    """Take a thanks."""
    words = "Any time."
    return message(words, section(words))


def set_up() -> Message:
    """Offer the six questions about how we talk."""
    words = "Six questions, and every suggestion sounds more like you."
    return message(words, section(words), actions(button("Begin", ActionId.SET_UP_VOICE)))


def _aside(number: int) -> str:
    return f"{count(number, 'more post was', 'more posts were')} set aside." if number else ""


def _line(post: Post, card_url: str) -> str:
    words = f"{name_words(post.author, 60)} {handle_words(post.author)}: {_quoted(post)}"
    return f"{words}\n{_where(post, card_url)}"


def _ours(post: Post, card_url: str) -> str:
    return f"{_quoted(post)}\n{_where(post, card_url)}"


def _quoted(post: Post) -> str:
    return excerpt(without_leading_handles(post.text), 220) or "(no words)"


def _where(post: Post, card_url: str) -> str:
    to_card = f" · {link(card_url, 'Open the card')}" if card_url else ""
    return f"{slack_date(post.created_at)} · {link(post_url(post), 'View on X')}{to_card}"


def _person(person: Person) -> AnyBlock:
    see = button(
        "See", ActionId.OPEN_PERSON, person.id, spoken=f"Open the page about {person.name}"
    )
    return section(f"*{name_words(person, 60)}* {handle_words(person)}", see)


def reading() -> Message:
    """Say that an answer is on its way."""
    words = "Reading what people wrote…"
    return message(words, context(words))
