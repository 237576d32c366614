"""A pattern taken apart where it says "or", with the words without which a part cannot match."""

from collections.abc import Iterator

import regex

from necessary.words_held import LEAST, TOKEN, Clause, Part, folded

#: So many conditions of one part are enough.
_MOST = 4
_REPEAT = regex.compile(r"(?:[*+?]|\{(\d*),?\d*\})[+?]?")
_ESCAPED = regex.compile(
    r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[pPN]\{[^}]*\}|.)", regex.DOTALL
)
_SET = regex.compile(r"\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*+\]", regex.DOTALL)
_OPENING = regex.compile(
    r"\((?:\?(?:(?P<never><?!)|<?=|:|>|P?<(?P<name>\w+)>|[a-z]*(?:-[a-z]+)?:)|(?P<group>)(?!\?|\*))"
)
#: Between what stands before it and after it no word goes on.
_APART_PIECE = regex.compile(
    r"\\b|\(\?!\\w\)|\(\?<!(?:\\w|\[\\w@\]|\[\^\\W_\])\)|\[\\s_\]|\\s|\\[^\w]|[^\w.^$()\[\]\\|*+?{}]"
)
_APART = regex.compile(rf"(?:{_APART_PIECE.pattern})(?![*?]|\{{0?,)")
_ZERO_WIDTH = regex.compile(r"(?:\\[bBAZG]|\(\?<?[!=][^()]*\))*+")


class _Odd(Exception):
    """The pattern holds what is not understood here."""


def parts_of(pattern: str) -> tuple[Part, ...]:
    """Take a pattern apart where it says "or", outermost; at least one part comes back.

    The parts of a pattern with groups that catch something are one.
    """
    try:
        reader = _Reader(pattern)
        reader.whole()
    except (_Odd, IndexError):
        return (Part(pattern, ()),)
    if reader.catches:
        return (Part(pattern, _joined([reader.needed])),) if reader.needed else (Part(pattern, ()),)
    if pattern == "(?!)":
        return ()
    return tuple(
        Part(each, _needed(each)) for one in _alternatives(pattern) for each in _opened(one)
    )


def _opened(part: str) -> Iterator[str]:
    """Yield a part for each thing that it may begin with, where no word is needed for that."""
    before = _ZERO_WIDTH.match(part)
    begin = before.end() if before else 0
    end = _group_end(part, begin) if part.startswith("(?:", begin) else None
    if end is None or _REPEAT.match(part, end) or _needed(part[begin:end]):
        yield part
    else:
        for one in _between_bars(part[begin + 3 : end - 1]):
            yield f"{part[:begin]}{one}{part[end:]}"


def _needed(pattern: str) -> tuple[Clause, ...]:
    reader = _Reader(pattern)
    reader.whole()
    return _joined([reader.needed])


def _alternatives(pattern: str) -> Iterator[str]:
    """Yield what stands between the outermost bars; a group around all is opened."""
    for each in _between_bars(pattern):
        before = _ZERO_WIDTH.match(each)
        begin = before.end() if before else 0
        end = _group_end(each, begin) if each.startswith("(?:", begin) else None
        after = None if end is None else _ZERO_WIDTH.fullmatch(each, end)
        if end is None or after is None:
            yield each
        else:
            for inner in _between_bars(each[begin + 3 : end - 1]):
                yield from (f"{each[:begin]}{one}{each[end:]}" for one in _alternatives(inner))


def _group_end(pattern: str, begin: int) -> int:
    depth, at = 0, begin
    while True:
        size = _piece(pattern, at)
        depth += (pattern[at] == "(") - (pattern[at] == ")")
        at += size
        if not depth:
            return at


def _between_bars(pattern: str) -> Iterator[str]:
    depth, at, since = 0, 0, 0
    while at < len(pattern):
        found = pattern[at]
        depth += (found == "(") - (found == ")")
        if found == "|" and not depth:
            yield pattern[since:at]
            since = at + 1
        at += _piece(pattern, at)
    yield pattern[since:]


def _piece(pattern: str, at: int) -> int:
    """Return the length of an escape, a set or one sign."""
    shape = {"\\": _ESCAPED, "[": _SET}.get(pattern[at])
    found = shape.match(pattern, at) if shape else None
    if shape and found is None:
        raise _Odd
    return len(found.group()) if found else 1


class _Reader:
    """Reads a pattern from its beginning and notes what every match holds."""

    def __init__(self, pattern: str) -> None:
        self._pattern, self._at = pattern, 0
        self.catches = False
        self.needed: list[Clause] = []

    def whole(self) -> None:
        """Read all of it."""
        if "(?#" in self._pattern:
            raise _Odd
        self.needed = self._either()
        if self._at < len(self._pattern):
            raise _Odd

    def _either(self, starts: bool = False, ends: bool = False) -> list[Clause]:
        ways = [self._in_turn(starts, ends)]
        while self._at < len(self._pattern) and self._pattern[self._at] == "|":
            self._at += 1
            ways.append(self._in_turn(starts, ends))
        if len(ways) == 1:
            return ways[0]
        return [_one_of(ways)] if all(ways) else []

    def _in_turn(self, starts: bool, ends: bool) -> list[Clause]:
        """Read up to a bar; `starts` and `ends`: a word can only begin here, and only end there."""
        needed: list[Clause] = []
        word = ""
        while self._at < len(self._pattern) and self._pattern[self._at] not in "|)":
            found, begin = self._pattern[self._at], self._at
            apart = bool(_APART.match(self._pattern, begin))
            if found == "(" and not apart:
                inner, last = self._group(starts and not word, ends)
                needed += [*_clauses(word), *inner]
                word, starts = "", last
                continue
            piece = _APART_PIECE.match(self._pattern, begin) if apart else None
            self._at += len(piece.group()) if piece else _piece(self._pattern, begin)
            least, repeated = self._repeat()
            if found.isalnum() and least:
                word = (word or "<" * starts) + found
                starts = False
                if not repeated:
                    continue
            needed += _clauses(word + ">" * (apart and bool(word)))
            word, starts = "", apart
        return needed + _clauses(word + ">" * (ends and bool(word)))

    def _group(self, starts: bool, ends: bool) -> tuple[list[Clause], bool]:
        """Read a group; return what it needs, and whether a word can only begin after it."""
        opening = _OPENING.match(self._pattern, self._at)
        if opening is None:
            raise _Odd
        self.catches |= opening["name"] is not None or opening["group"] is not None
        around = opening.group().startswith(("(?=", "(?!", "(?<=", "(?<!"))
        close = _group_end(self._pattern, self._at)
        follows = self._pattern[close : close + 1]
        once = not around and _REPEAT.match(self._pattern, close) is None
        last = follows in ("", "|", ")")
        closed = ends if last else bool(_APART.match(self._pattern, close))
        self._at = opening.end()
        inner = self._either(starts and once, closed and once)
        if self._at != close - 1:
            raise _Odd
        self._at = close
        least, _ = self._repeat()
        return ([] if opening["never"] or not least else inner), around and starts

    def _repeat(self) -> tuple[int, bool]:
        """Return how often at least what stands before is there, and whether it may be again."""
        found = _REPEAT.match(self._pattern, self._at)
        if found is None:
            return 1, False
        self._at = found.end()
        if found.group()[0] in "*?":
            return 0, True
        return (int(found[1] or 0) if found.group()[0] == "{" else 1), True


def _clauses(word: str) -> list[Clause]:
    bare = folded(word.strip("<>"))
    # Some letters become two, of which one may be no letter.
    pieces = TOKEN.findall(bare)
    longest = max(pieces, key=len, default="")
    if longest == bare and bare:
        longest = "<" * word.startswith("<") + bare + ">" * word.endswith(">")
    return [(longest,)] if len(longest) >= LEAST or (longest and not longest.isascii()) else []


def _one_of(ways: list[list[Clause]]) -> Clause:
    """Return a clause of which one word stands in any of some ways."""
    return tuple(dict.fromkeys(word for way in ways for word in min(way, key=_commonness)))


def _commonness(clause: Clause) -> tuple[int, int]:
    return -min(map(len, clause)), len(clause)


def _joined(needed: list[list[Clause]]) -> tuple[Clause, ...]:
    each = sorted(dict.fromkeys(clause for one in needed for clause in one), key=_commonness)
    return tuple(each[:_MOST])
