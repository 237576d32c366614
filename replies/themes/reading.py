"""From the model's answer to themes: real posts only, and titles that nobody dictated."""

from collections.abc import Collection

import patterns as re
from domain import Post, Theme
from replies.injection.guard import Watched, obeyed
from replies.injection.orders import orders_in
from replies.text.wording import plain, words
from replies.themes.asking import ModelTheme, ModelThemes, ThemesQuestion

MOST = 3
_SHOWN = 2
_PEOPLE = 2
_LONGEST_TITLE = 60
_MOST_WORDS = 8
#: A title that is so long and stands word for word in one post was taken down, not found.
_DICTATED = 4
_STRANGE = re.compile(r"https?:|www\.|[@#<>{}\[\]^|`\"]|\.\w{2,}\b")


def themes_from(answer: ModelThemes, question: ThemesQuestion) -> tuple[Theme, ...]:
    """Return the themes that hold; a post stays with the first theme that names it."""
    taken: set[int] = set()
    themes: list[Theme] = []
    for theme in answer.themes:
        numbers = [n for n in dict.fromkeys(theme.posts) if n in question.posts and n not in taken]
        posts = [question.posts[number] for number in numbers]
        title = " ".join(plain(theme.title).split()).strip(" .:;,-–")
        if len({post.author.id for post in posts}) < _PEOPLE or not _holds(title, posts, question):
            continue
        taken.update(numbers)
        themes.append(Theme(title, tuple(post.id for post in _two(posts)), len(posts)))
    return tuple(themes[:MOST])


def _holds(title: str, posts: list[Post], question: ThemesQuestion) -> bool:
    """Tell whether a title is a plain name of a matter, and none that a post dictated."""
    said = words(title)
    if not said or len(said) > _MOST_WORDS or len(title) > _LONGEST_TITLE:
        return False
    if _STRANGE.search(title) or orders_in(title) is not None:
        return False
    if any(word.casefold() in title.casefold() for word in question.private):
        return False
    return not _dictated(said, question.posts.values()) and not _obeys(title, posts, question)


def _obeys(title: str, posts: list[Post], question: ThemesQuestion) -> bool:
    watched = Watched(
        post=posts[0],
        around=tuple(post.text for post in posts[1:]),
        marks=question.private,
        system=question.messages[0]["content"],
    )
    return obeyed(title, watched) is not None


def _dictated(said: list[str], posts: Collection[Post]) -> bool:
    if len(said) < _DICTATED:
        return False
    joined = f" {' '.join(said)} "
    return any(joined in f" {' '.join(words(post.text))} " for post in posts)


def _two(posts: list[Post]) -> list[Post]:
    """Return the first two posts by different people."""
    first_by: dict[str, Post] = {}
    for post in posts:
        first_by.setdefault(post.author.id, post)
    return list(first_by.values())[:_SHOWN]


__all__ = ["ModelTheme", "themes_from"]
