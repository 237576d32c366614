"""The tables beside this file: TOML, read and compiled once.

`phrases` are words as people write them (`*` stands for a word's end), `patterns` regular
expressions; both without regard to case and both matched from the start of a word.
"""

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

import patterns as re


@cache
def table(name: str) -> dict[str, Any]:
    """Return the table of a name (`asides`, `abuse`, `senses`, `welcome`)."""
    return tomllib.loads((files(__package__) / f"{name}.toml").read_text("utf-8"))


class Finder:
    """Looks for the phrases and patterns of one part of a table."""

    def __init__(self, phrases: Iterable[str] = (), patterns: Iterable[str] = ()) -> None:
        each = sorted(phrases, key=len, reverse=True)
        self._phrases = (
            re.compile(rf"(?<![\w@])(?:{'|'.join(map(_phrase, each))})(?!\w)", re.IGNORECASE)
            if each
            else None
        )
        self._patterns = [re.compile(pattern, re.IGNORECASE) for pattern in patterns]

    @classmethod
    def of(cls, part: dict[str, Any]) -> "Finder":
        """Make a finder of a table's part."""
        return cls(part.get("phrases", ()), part.get("patterns", ()))

    def find(self, text: str) -> str | None:
        """Return the first words found, or None."""
        if self._phrases is not None and (found := self._phrases.search(text)):
            return found.group()
        for pattern in self._patterns:
            if found := pattern.search(text):
                return found.group()
        return None

    def find_all(self, text: str) -> list[str]:
        """Return all different words found, in lower case."""
        found = [] if self._phrases is None else self._phrases.findall(text)
        for pattern in self._patterns:
            found += [match.group() for match in pattern.finditer(text)]
        return list(dict.fromkeys(words.casefold() for words in found))


def _phrase(words: str) -> str:
    return re.escape(words).replace(r"\ ", r"\s+").replace(r"\*", r"\w*").replace("'", "'?")
