"""Patterns that cannot freeze Greenroom: used like the standard `re`, limited in processor time.

Whatever meets words from outside is compiled here (`import patterns as re`). Behind it stands
the library `regex`, which ends a search that takes too long; `re` has no such end and holds the
interpreter's lock meanwhile, so that one post could stop health, presses and SIGTERM. The limit
is a backstop: tests/test_patterns.py holds every pattern to a time that grows with the text.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache, wraps
from re import escape
from typing import Any, AnyStr, Generic, ParamSpec, TypeVar

import regex
from regex import ASCII, DOTALL, IGNORECASE, VERBOSE, Match, error

from errors import ReadTooLong

__all__ = [
    "ASCII",
    "DOTALL",
    "IGNORECASE",
    "LIMIT",
    "VERBOSE",
    "Match",
    "Pattern",
    "compile",
    "error",
    "escape",
    "findall",
    "fullmatch",
    "match",
    "search",
    "split",
    "sub",
]  # fmt: skip

#: So long may one search take, in seconds of this process's processor time.
LIMIT = 0.25

_P = ParamSpec("_P")
_R = TypeVar("_R")
_Replacement = str | Callable[[Match[str]], str]


def _known(find: Callable[_P, _R]) -> Callable[_P, _R]:
    """Turn the library's time-out into an error of ours."""

    @wraps(find)
    def found(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        try:
            return find(*args, **kwargs)
        except TimeoutError as too_long:
            raise ReadTooLong from too_long

    return found


class Pattern(Generic[AnyStr]):
    """A compiled pattern; each of its methods raises ReadTooLong at the limit."""

    __slots__ = ("_compiled", "flags", "pattern")

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern, self.flags = pattern, flags
        self._compiled = regex.compile(pattern, flags)

    @_known
    def search(
        self, text: str, pos: int | None = None, endpos: int | None = None
    ) -> Match[str] | None:
        """Return the first place that matches, or None."""
        return self._compiled.search(text, pos, endpos, concurrent=False, timeout=LIMIT)

    @_known
    def match(
        self, text: str, pos: int | None = None, endpos: int | None = None
    ) -> Match[str] | None:
        """Match where the text begins, or at `pos`, only."""
        return self._compiled.match(text, pos, endpos, concurrent=False, timeout=LIMIT)

    @_known
    def fullmatch(
        self, text: str, pos: int | None = None, endpos: int | None = None
    ) -> Match[str] | None:
        """Match the whole text, or all between `pos` and `endpos`, or nothing."""
        return self._compiled.fullmatch(text, pos, endpos, concurrent=False, timeout=LIMIT)

    @_known
    def findall(self, text: str) -> list[Any]:
        """Return what matched, or its groups where the pattern has any."""
        return self._compiled.findall(text, concurrent=False, timeout=LIMIT)

    @_known
    def sub(self, replacement: _Replacement, text: str, count: int = 0) -> str:
        """Put something else in the place of every match, or of the first `count`."""
        return self._compiled.sub(replacement, text, count, concurrent=False, timeout=LIMIT)

    @_known
    def split(self, text: str, maxsplit: int = 0) -> list[Any]:
        """Part a text at every match, or at the first `maxsplit`."""
        return self._compiled.split(text, maxsplit, concurrent=False, timeout=LIMIT)

    def finditer(self, text: str) -> Iterator[Match[str]]:
        """Yield every match in its order."""
        try:
            yield from self._compiled.finditer(text, concurrent=False, timeout=LIMIT)
        except TimeoutError as too_long:
            raise ReadTooLong from too_long


@lru_cache(maxsize=1024)
def compile(pattern: str, flags: int = 0) -> Pattern[str]:  # noqa: A001 - as in the standard re
    """Compile a pattern.

    Raises:
        error: it is malformed.
    """
    return Pattern(pattern, flags)


def search(pattern: str, text: str, flags: int = 0) -> Match[str] | None:
    """Return the first place that matches, or None."""
    return compile(pattern, flags).search(text)


def match(pattern: str, text: str, flags: int = 0) -> Match[str] | None:
    """Match where the text begins only."""
    return compile(pattern, flags).match(text)


def fullmatch(pattern: str, text: str, flags: int = 0) -> Match[str] | None:
    """Match the whole text or nothing."""
    return compile(pattern, flags).fullmatch(text)


def findall(pattern: str, text: str, flags: int = 0) -> list[Any]:
    """Return what matched, or its groups where the pattern has any."""
    return compile(pattern, flags).findall(text)


def split(pattern: str, text: str, flags: int = 0) -> list[Any]:
    """Part a text at every match."""
    return compile(pattern, flags).split(text)


def sub(pattern: str, replacement: _Replacement, text: str, flags: int = 0) -> str:
    """Put something else in the place of every match."""
    return compile(pattern, flags).sub(replacement, text)
