"""Patterns on long texts: tried only where their words stand, with the same matches as ever."""

import json
import unicodedata
from functools import cache
from itertools import islice
from pathlib import Path

import pytest
import regex

from bench.judgement import filled, fillings, ordinary_post
from necessary import folded, held, parts_of
from patterns import IGNORECASE, Pattern
from tests.test_patterns import ours

ROOT = Path(__file__).parent.parent
#: So many patterns in each part of the test.
PARTS = 4
LONG = 1_000


@cache
def texts() -> tuple[str, ...]:
    """Return long texts: the evals' rows one behind the other, ordinary words, and fillings."""
    rows: list[str] = []
    for file in sorted((ROOT / "evals").rglob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            rows += [word for word in json.loads(line).values() if isinstance(word, str)]
    joined = "\n".join(dict.fromkeys(rows))
    some = [joined[at : at + LONG] for at in range(0, len(joined), 2 * LONG)]
    pumps = [filled(unit, 1)[: 2 * LONG] for unit in [*fillings().values()][::9]]
    return (*some, *pumps, ordinary_post(1)[: 2 * LONG])


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("part", range(PARTS))
def test_a_pattern_finds_in_long_texts_what_it_found_as_a_whole(part: int) -> None:
    """Leaving out what cannot match, and taking patterns apart, changes no match."""
    each = [one for one in ours()[part::PARTS] if isinstance(one, Pattern)]
    for pattern in each:
        for text in texts():
            alone = [match.span() for match in pattern.compiled.finditer(text)]
            found = pattern.search(text)
            assert ([found.span()] if found else []) == alone[:1], (pattern.pattern, text)
            if alone:
                assert [match.span() for match in pattern.finditer(text)] == alone


@pytest.mark.parametrize(
    "pattern", [r"(?<=[.!?])(?:\s+|\Z)|\n+", r"\b(?=open)|closed\b", r"x*|\bday"]
)
def test_matches_of_nothing_are_found_once_and_come_to_an_end(pattern: str) -> None:
    """Where a part matches an empty place, a long text's last one too, none comes for ever."""
    ours = Pattern(pattern)
    for text in ("We open at nine.\n" * 60, "closed today! open? " * 60 + "x.", "word " * 200):
        found = [match.span() for match in islice(ours.finditer(text), len(text) + 2)]
        assert found == [match.span() for match in ours.compiled.finditer(text)]


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        (r"\b(?:caught|set) fire\b", [(("<fire>",), ("<caught>", "<set>"))]),
        (r"ignor(?:e|ing)s?|forget\w*", [(("ignor",),), (("forget",),)]),
        (r"\bx?foo{0,2}|\W+", [(), ()]),
        (r"(?<!\w)(?:hello\s+world|bye\w*)(?!\w)", [(("<hello>",), ("<world>",)), (("<bye",),)]),
        (r"(?!never )(?=.*\bsome\b)once", [(("once",), ("<some>",))]),
        (r"(?i)odd", [()]),
    ],
)
def test_what_a_pattern_needs_is_read_off_it(
    pattern: str, needed: list[tuple[tuple[str, ...], ...]]
) -> None:
    """Words that may be missing, and what is not understood, are no condition."""
    found = [{frozenset(clause) for clause in part.clauses} for part in parts_of(pattern)]
    assert found == [{frozenset(clause) for clause in each} for each in needed]


def test_letters_that_are_alike_without_regard_to_case_are_alike_here() -> None:
    """Whatever sign a pattern takes for a letter, the text counts as having that letter."""
    letters = "abcdefghijklmnopqrstuvwxyzßåøαβσμабвг"
    for letter in letters:
        pattern = regex.compile(letter, IGNORECASE)
        for sign in map(chr, [*range(0xD800), *range(0xE000, 0x20000)]):
            if unicodedata.category(sign) != "Cn" and pattern.fullmatch(sign):
                assert folded(letter) in folded(sign), (letter, sign)


def test_a_long_text_holds_a_word_whatever_stands_around_it() -> None:
    """A word's beginning and end count where a pattern says so."""
    (part,) = parts_of(r"\bfire\b")
    for text in ("a FIRE.", "fire", "on\nfire\t", "_fire fire_ (fire)"):
        assert held(text).those_in((part,))
    assert not held("fires").those_in((part,))
    assert not held("campfire").those_in((part,))
