"""Orders: whether a post tries to command whatever reads it, told without a model.

The words are data in orders.toml. A post caught here gets no suggestion at all; what is not
caught here is met once more in replies/injection/guard.py, when the drafts come back.
"""

import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain, islice
from typing import Any

import patterns as re
from replies.injection.deobfuscate import ciphers, decoded, forms, squeezed
from replies.injection.gap_patterns import gap_pattern
from replies.text.portion import whole

#: Matches of one kind that are looked at in a text; a post made of more is odd anyway.
_MOST = 60
DECODED = "hidden-words"
HIDDEN = "hidden-characters"
SPELLED = "spelled-out"
#: Tag characters and marks that turn the writing have no business in a short post; flags of
#: England, Scotland and Wales are the one honest use of tags.
_TAGS = re.compile("(?<!\U0001f3f4)[\U000e0020-\U000e007e]{3,}\U000e007f?")
_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007e]{1,6}\U000e007f")
_OVERRIDE = re.compile("[\u202d\u202e]")


@dataclass(frozen=True, slots=True)
class _Pattern:
    """Words that mean an order by themselves."""

    name: str
    pattern: re.Pattern[str]

    def is_in(self, text: str) -> bool:
        return self.pattern.search(text) is not None


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two kinds of words that mean an order when they stand near each other."""

    name: str
    first: re.Pattern[str]
    then: re.Pattern[str]
    within: int
    either_way: bool
    unless: re.Pattern[str]

    def is_in(self, text: str) -> bool:
        starts = [m.span() for m in islice(self.first.finditer(text), _MOST)]
        ends = [m.span() for m in islice(self.then.finditer(text), _MOST)] if starts else []
        near = any(self._near(one, other) for one in starts for other in ends)
        return near and self.unless.search(text) is None

    def _near(self, one: tuple[int, int], other: tuple[int, int]) -> bool:
        if other[0] >= one[1]:
            return other[0] - one[1] <= self.within
        return self.either_way and one[0] >= other[1] and one[0] - other[1] <= self.within


def orders_in(text: str) -> str | None:
    """Return the name of what makes a post look like an order to a machine, or None."""
    if _OVERRIDE.search(text) or _TAGS.search(_FLAG.sub("", text)):
        return HIDDEN
    return _told_in(whole(text))


@lru_cache(maxsize=256)
def _told_in(text: str) -> str | None:
    if decoded(text):
        return DECODED
    own = (_first_in(form) for form in forms(text))
    turned = (_first_in(form, turned=True) for form in ciphers(text))
    found = next((name for name in chain(own, turned) if name is not None), None)
    return found or (SPELLED if _squeezed().search(squeezed(text)) else None)


@lru_cache(maxsize=512)
def _first_in(form: str, *, turned: bool = False) -> str | None:
    rules = _cipher_rules() if turned else _rules()
    return next((rule.name for rule in rules if rule.is_in(form)), None)


@cache
def _rules() -> tuple[_Pattern | _Pair, ...]:
    table = _table()
    return (*map(_pattern_from, table["pattern"]), *map(_pair_from, table["pair"]))


@cache
def _cipher_rules() -> tuple[_Pattern | _Pair, ...]:
    rows = [*_table()["pattern"], *_table()["pair"]]
    wanted = {row["name"] for row in rows if row.get("ciphers")}
    return tuple(rule for rule in _rules() if rule.name in wanted)


@cache
def _squeezed() -> re.Pattern[str]:
    return gap_pattern(_table()["squeezed"]["any"])


def _pattern_from(row: dict[str, Any]) -> _Pattern:
    return _Pattern(row["name"], gap_pattern(row["any"]))


def _pair_from(row: dict[str, Any]) -> _Pair:
    return _Pair(
        name=row["name"],
        first=gap_pattern(row["first"]),
        then=gap_pattern(row["then"]),
        within=row["within"],
        either_way=row.get("either_way", False),
        unless=gap_pattern([row["unless"]] if "unless" in row else []),
    )


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "orders.toml").read_text("utf-8"))
