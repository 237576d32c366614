"""Answers for posts that are not in English: short, neutral, few."""

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import patterns as re
from domain import Fact, Post
from replies.wording import is_question, without_handles, words

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


def foreign_answers(post: Post, language: str, facts: Sequence[Fact]) -> list[tuple[str, bool]]:
    """Return answers for a post that is not in English, in its language where we have it.

    Each comes with whether it states a fact. A fact about opening hours is said in the post's
    language where each of its words is one that the language's table knows; any other fact
    would be a translation that nobody has checked, so it is not said.
    """
    row = _known().get(language)
    if row is None:
        return [(text, False) for text in _table()["other"]["answers"]]
    said = set(words(post.text))
    if said & set(row["complaint"]):
        return [(text, False) for text in (*row["sorry"], *row["anything"])]
    if said & set(row["asks_hours"]) and is_question(post.text):
        told = _hours(row, facts)
        stated = (
            [(answer.replace("{hours}", told), True) for answer in row["hours"]] if told else []
        )
        return [*stated, *((text, False) for text in (*row["question"], *row["anything"]))]
    kind = "question" if is_question(post.text) else "thankful" if said & set(row["thanks"]) else ""
    first = row[kind] if kind else []
    return [(text, False) for text in (*first, *row["anything"])]


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


def speaks(language: str) -> bool:
    """Tell whether there are answers in a language."""
    return language == ENGLISH or language in _known()


@cache
def _known() -> dict[str, dict[str, Any]]:
    return {name: row for name, row in _table().items() if name != "other"}


@cache
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files(__package__) / "languages.toml").read_text("utf-8"))
