"""Answers for posts that are not in English: short, neutral, few."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from domain import Post
from replies.wording import is_question, without_handles, words

ENGLISH = "en"
_UNSAID = {None, "", "und", "zxx", "art", "qme", "qht", "qam", "qct", "qst"}
_ENOUGH = 2


def language_of(post: Post) -> str:
    """Return the language of a post, as X says or else as its small words tell.

    X gives a language of `und` or one starting with `q` where it does not know.
    """
    if post.language not in _UNSAID and post.language is not None:
        return post.language.split("-")[0]
    text = without_handles(post.text)
    letters = [char for char in text if char.isalpha()]
    if letters and sum(ord(char) > 0x24F for char in letters) > len(letters) / 2:  # noqa: PLR2004
        return "other"
    said = words(text)
    hits = {name: sum(word in row["words"] for word in said) for name, row in _known().items()}
    best = max(hits, key=lambda name: hits[name])
    return best if hits[best] >= _ENOUGH and hits[best] * 4 >= len(said) else ENGLISH


def foreign_answers(post: Post) -> list[str]:
    """Return answers for a post that is not in English, in its language where we have it."""
    row = _known().get(language_of(post))
    if row is None:
        return list(_table()["other"]["answers"])
    said = set(words(post.text))
    if said & set(row["complaint"]):
        return [*row["sorry"], *row["anything"]]
    if is_question(post.text):
        return [*row["question"], *row["anything"]]
    if said & set(row["thanks"]):
        return [*row["thankful"], *row["anything"]]
    return list(row["anything"])


def speaks(language: str) -> bool:
    """Tell whether there are answers in a language."""
    return language == ENGLISH or language in _known()


@cache
def _known() -> dict[str, dict[str, Any]]:
    return {name: row for name, row in _table().items() if name != "other"}


@cache
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files(__package__) / "languages.toml").read_text("utf-8"))
