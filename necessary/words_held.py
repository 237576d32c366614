"""The words that a text holds, by their groups of letters, and which parts of a pattern they allow."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import regex

#: So many letters stand in one group; words of fewer Latin letters tell nothing.
_GROUP, LEAST = 4, 3
TOKEN = regex.compile(r"[^\W_]+")
#: The same for ASCII, some eight times quicker.
_APART_ASCII = {code: " " for code in range(128) if not chr(code).isalnum()}
#: Case is no matter; of these letters casefold alone would make two kinds.
_FOLD = {"i\u0307": "i", "\u0131": "i"}

Clause = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things that a pattern matches, and of each clause a word that stands there."""

    pattern: str
    clauses: tuple[Clause, ...]


def folded(text: str) -> str:
    """Return a text without regard to case, as patterns compare."""
    bare = text.casefold()
    if not bare.isascii():
        for letter, plain in _FOLD.items():
            bare = bare.replace(letter, plain)
    return bare


class WordsHeld:
    """The words that a text holds, as far as anybody asked."""

    def __init__(self, text: str) -> None:
        """Take a text that is folded."""
        tokens = text.translate(_APART_ASCII).split() if text.isascii() else TOKEN.findall(text)
        groups = frozenset(chain.from_iterable(map(_groups_in, set(tokens))))
        self._known = _Known(groups)

    def those_in(self, parts: tuple[Part, ...]) -> list[str]:
        """Return the parts that can match the text."""
        # Written out: some ten thousand parts are held against one post.
        known = self._known
        possible = []
        for part in parts:
            for clause in part.clauses:
                for word in clause:
                    if known[word]:
                        break
                else:
                    break
            else:
                possible.append(part.pattern)
        return possible


class _Known(dict[str, bool]):
    """Whether a text with these groups of letters may hold a word, once anybody asked."""

    def __init__(self, groups: frozenset[str]) -> None:
        self._groups = groups

    def __missing__(self, word: str) -> bool:
        has = self[word] = _groups_of(word) <= self._groups
        return has


@lru_cache(maxsize=64)
def held(text: str) -> WordsHeld:
    """Return what a text holds; the last ones are remembered."""
    return _held(folded(text))


@lru_cache(maxsize=64)
def _held(bare: str) -> WordsHeld:
    return WordsHeld(bare)


@lru_cache(maxsize=16384)
def _groups_in(token: str) -> tuple[str, ...]:
    """Return what any word that may be looked for has in common with a text's word."""
    word = f"<{token}>"
    sizes = (LEAST, _GROUP) if word.isascii() else range(1, _GROUP + 1)
    return tuple(word[at : at + size] for size in sizes for at in range(len(word) - size + 1))


@lru_cache(maxsize=16384)
def _groups_of(word: str) -> frozenset[str]:
    size = min(_GROUP, len(word))
    return frozenset(word[at : at + size] for at in range(len(word) - size + 1))
