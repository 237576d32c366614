"""Answers for posts that are not in English: short, neutral, few."""

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import patterns as re
from domain import Fact, Post
from replies.text.wording import is_question, without_handles, words

ENGLISH = "en"
_UNSAID = {None, "", "und", "zxx", "art", "qme", "qht", "qam", "qct", "qst"}
_ENOUGH = 2
_HOURS_NAMES = frozenset({"hours", "opening hours", "opening", "open"})
_BEFORE_A_DAY = re.compile(r"\b(?:on|at)\s+(?=week|\w+days?\b)")
_HOURS_PART = re.compile(r"\d+(?:[:.]\d\d)?|,|[^\W\d_]+(?:'s)?|[^\s\w]")


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


def foreign_thanks(language: str) -> list[str]:
    """Return what answers a plain thanks in a language; empty where we do not have it."""
    return list(word_table(language).get("thankful", ()))


def foreign_hours(text: str, language: str, facts: Sequence[Fact]) -> list[str]:
    """Return the opening hours for a post that asks for nothing else, in its language.

    They are said where each of their words is one that the language's table knows; any other fact
    would be a translation that nobody has checked, so it is not said.

    Args:
        text: the post's own words, as `accounting.bare_words` returns them.
        language: the post's.
        facts: what the voice states.
    """
    row = word_table(language)
    said = set(words(text))
    if not row or not is_question(text) or not said & set(row["asks_hours"]):
        return []
    days = {word.casefold() for word in row["hours_words"].values()}
    if not said <= {*row["asks_hours"], *row["around_hours"], *days}:
        return []
    told = _hours(row, facts)
    return [answer.replace("{hours}", told) for answer in row["hours"]] if told else []


def _hours(row: dict[str, Any], facts: Sequence[Fact]) -> str | None:
    """Say the opening hours word by word; None when one word is not in the table."""
    hours = next((fact.text for fact in facts if fact.name.casefold() in _HOURS_NAMES), None)
    if hours is None:
        return None
    table: dict[str, str] = row["hours_words"]
    bare = _BEFORE_A_DAY.sub("", hours.strip().rstrip(".!").casefold())
    parts = _HOURS_PART.findall(bare)
    told = [table.get(part, part if part[0].isdigit() or part == "," else "") for part in parts]
    if not all(told):
        return None
    return " ".join(told).replace(" ,", ",")


def word_table(language: str) -> dict[str, Any]:
    """Return what is known of a language; empty where nothing is."""
    return _known().get(language, {})


@cache
def _known() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files(__package__) / "languages.toml").read_text("utf-8"))
