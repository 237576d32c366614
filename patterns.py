"""Patterns that cannot freeze Greenroom: used like the standard `re`, limited in processor time.

Whatever meets words from outside is compiled here (`import patterns as re`). Behind it stands
the library `regex`, which ends a search that takes too long; `re` has no such end and holds the
interpreter's lock meanwhile, so that one post could stop health, presses and SIGTERM. The limit
is a backstop: tests/test_patterns.py holds every pattern to a time that grows with the text.
"""

import time
from collections.abc import Callable, Iterator
from functools import lru_cache, wraps
from re import escape
from typing import Any, AnyStr, Generic, ParamSpec, TypeVar

import regex
from regex import ASCII, DOTALL, IGNORECASE, VERBOSE, Match, error

from errors import ReadTooLong
from necessary import Part, held, parts_of

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
#: Texts longer than this are searched only for what may be in them; shorter ones are searched at once.
_LONG = 480
#: Of so many parts that may be in a text each is searched by itself; of more the whole pattern.
_FEW = 40

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

    __slots__ = ("_apart", "_compiled", "_compiled_parts", "flags", "pattern")

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern, self.flags = pattern, flags
        self._compiled: regex.Pattern[str] | None = None
        self._apart: tuple[Part, ...] | None = None
        self._compiled_parts: dict[str, regex.Pattern[str]] = {}

    @property
    def compiled(self) -> "regex.Pattern[str]":
        """The pattern as the library has it; made when it is first needed, as most of it never is.

        Raises:
            error: it is malformed.
        """
        if self._compiled is None:
            self._compiled = regex.compile(self.pattern, self.flags)
        return self._compiled

    @_known
    def search(
        self, text: str, pos: int | None = None, endpos: int | None = None
    ) -> Match[str] | None:
        """Return the first place that matches, or None."""
        if pos is None and endpos is None and len(text) > _LONG:
            return self._search_long(text)
        return self.compiled.search(text, pos, endpos, concurrent=False, timeout=LIMIT)

    def _search_long(self, text: str) -> Match[str] | None:
        """Search for the parts that may be in a text; where two begin, the one named first."""
        parts = self._parts_in(text)
        if len(parts) > _FEW:
            return self.compiled.search(text, concurrent=False, timeout=LIMIT)
        # Made before the clock runs: the first text of a kind is no slower to read than the next.
        searched = [self._part(part) for part in parts]
        ends, until, first = time.thread_time() + LIMIT, len(text), None
        for part in searched:
            found = part.search(text, concurrent=False, timeout=LIMIT)
            if found is not None and (first is None or found.start() < until):
                first, until = found, found.start()
            if time.thread_time() > ends:
                raise ReadTooLong
        return first

    def _parts_in(self, text: str) -> list[str]:
        parts = self._parts()
        if not any(part.clauses for part in parts):
            return [part.pattern for part in parts]
        return held(text).those_in(parts)

    def _cannot_be_in(self, text: str) -> bool:
        if len(text) <= _LONG or not all(part.clauses for part in self._parts()):
            return False
        return not self._parts_in(text)

    def _parts(self) -> "tuple[Part, ...]":
        if self._apart is None:
            odd = self.flags & VERBOSE
            self._apart = (Part(self.pattern, ()),) if odd else parts_of(self.pattern)
        return self._apart

    def _part(self, part: str) -> "regex.Pattern[str]":
        if part == self.pattern:
            return self.compiled
        known = self._compiled_parts.get(part)
        if known is None:
            known = self._compiled_parts[part] = regex.compile(part, self.flags)
        return known

    @_known
    def match(
        self, text: str, pos: int | None = None, endpos: int | None = None
    ) -> Match[str] | None:
        """Match where the text begins, or at `pos`, only."""
        return self.compiled.match(text, pos, endpos, concurrent=False, timeout=LIMIT)

    @_known
    def fullmatch(
        self, text: str, pos: int | None = None, endpos: int | None = None
    ) -> Match[str] | None:
        """Match the whole text, or all between `pos` and `endpos`, or nothing."""
        return self.compiled.fullmatch(text, pos, endpos, concurrent=False, timeout=LIMIT)

    @_known
    def findall(self, text: str) -> list[Any]:
        """Return what matched, or its groups where the pattern has any."""
        if self._cannot_be_in(text):
            return []
        return self.compiled.findall(text, concurrent=False, timeout=LIMIT)

    @_known
    def sub(self, replacement: _Replacement, text: str, count: int = 0) -> str:
        """Put something else in the place of every match, or of the first `count`."""
        if self._cannot_be_in(text):
            return text
        return self.compiled.sub(replacement, text, count, concurrent=False, timeout=LIMIT)

    @_known
    def split(self, text: str, maxsplit: int = 0) -> list[Any]:
        """Part a text at every match, or at the first `maxsplit`."""
        return self.compiled.split(text, maxsplit, concurrent=False, timeout=LIMIT)

    def finditer(self, text: str) -> Iterator[Match[str]]:
        """Yield every match in its order."""
        parts = self._parts_in(text) if len(text) > _LONG else [self.pattern]
        try:
            if self.pattern in parts or len(parts) > _FEW:
                yield from self.compiled.finditer(text, concurrent=False, timeout=LIMIT)
            elif parts:
                yield from self._merged(text, [self._part(part) for part in parts])
        except TimeoutError as too_long:
            raise ReadTooLong from too_long

    def _merged(self, text: str, parts: "list[regex.Pattern[str]]") -> Iterator[Match[str]]:
        """Yield every match of some parts as the whole pattern would."""
        found = [part.search(text, concurrent=False, timeout=LIMIT) for part in parts]
        while any(found):
            first = min((each for each in found if each), key=Match.start)
            pos = first.end()
            if pos == first.start():
                # Where a match may be empty, what comes next is the whole pattern's to say.
                yield from self.compiled.finditer(text, pos, concurrent=False, timeout=LIMIT)
                return
            yield first
            found = [
                part.search(text, pos, concurrent=False, timeout=LIMIT)
                if each and each.start() < pos
                else each
                for part, each in zip(parts, found, strict=True)
            ]


@lru_cache(maxsize=1024)
def compile(pattern: str, flags: int = 0) -> Pattern[str]:  # noqa: A001 - as in the standard re
    """Make a pattern; one that is malformed says so where it is first used."""
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
