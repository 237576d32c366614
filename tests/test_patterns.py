"""No text freezes a pattern: each is pumped with many units, and its processor time is held.

Measured is the time of this thread alone, the least of a few runs, so that a busy machine is no
reason to fail. What takes less than a few milliseconds is not compared: that is noise.
"""

import ast
import importlib
import pkgutil
import re
import subprocess
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import patterns
from bench.judgement import fillings
from errors import ReadTooLong
from tests.patterns_of_ours import APART, OTHERS, ROOMS, ROOT, in_modules, made_at_once, written_out

#: What is quick with the middle length is not slow with the long one.
SHORT, MIDDLE, LONG = 1_000, 2_400, 8_000
#: So much longer may eight times the text take.
GROWTH = 12
#: What takes less at full length is not compared, and what takes more is too slow in any case.
FLOOR, CEILING = 0.004, 0.150
#: What looks slow is measured so often before it counts as slow.
TIMES = 40
#: A text of one unit over and over, with an end that makes most patterns fail there.
ENDS = ("\0", "!", " word", "\n")
PARTS = 16
#: A pattern with overlapping repeats, and a text with which it does not come to an end.
ENDLESS, TEXT = r"(?:a|b|ab)*(?:a|b|ab)*[cd]\Z", "ab" * 20_000 + "d!"
#: Finds words in a pattern: what it looks for is what it may look for too often.
_LITERAL = re.compile(r"[a-z]{3,12}")


@cache
def ours() -> tuple[Any, ...]:
    """Return every pattern of the project, in one order."""
    for room in OTHERS:
        package = importlib.import_module(room.removesuffix(".py"))
        for module in pkgutil.walk_packages(getattr(package, "__path__", []), f"{room}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    found = [
        *made_at_once(),
        *written_out(*ROOMS, engine=patterns),
        *written_out(*OTHERS, engine=re),
        *in_modules(*OTHERS),
    ]
    known = {(type(each), each.pattern, int(each.flags)): each for each in found}
    return tuple(sorted(known.values(), key=lambda each: each.pattern))


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("part", range(PARTS))
def test_no_text_makes_a_pattern_slow(part: int) -> None:
    """Eight times the text takes less than twelve times the time, whatever it is made of."""
    slow = [told for each in ours()[part::PARTS] for told in slowness(each)]
    assert not slow, "\n".join(slow)


def test_all_patterns_are_found() -> None:
    """The tables' patterns are among them; there are hundreds."""
    sources = {each.pattern for each in ours()}
    assert len(sources) > 800
    assert any("ignore|disregard" in source for source in sources)


def test_every_package_and_file_is_in_a_list() -> None:
    """A new folder or file beside them is either pumped, or uses no patterns of its own."""
    known = {*ROOMS, *OTHERS, *APART}
    tracked = subprocess.run(
        ["git", "ls-files", "*.py"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    tops = {name.split("/")[0] for name in tracked.stdout.split()} or {
        each.name for each in ROOT.iterdir() if each.suffix == ".py"
    }
    for top in tops - known:
        for file in [ROOT / top] if top.endswith(".py") else (ROOT / top).rglob("*.py"):
            assert not _imports_patterns(file), f"{file}: list it in tests/patterns_of_ours.py"


def _imports_patterns(file: Path) -> bool:
    named: set[str | None] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            named |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            named.add(node.module)
    return not named.isdisjoint({"re", "regex", "patterns"})


@pytest.mark.parametrize("room", ROOMS)
def test_whoever_reads_what_comes_from_outside_takes_patterns_that_end(room: str) -> None:
    """Nobody there imports the standard library's `re`, which holds everything up till it ends."""
    for file in (ROOT / room).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                assert "re" not in {alias.name for alias in node.names}, file
            elif isinstance(node, ast.ImportFrom):
                assert node.module != "re", file


def test_a_search_that_takes_too_long_ends_in_an_error_with_a_sentence() -> None:
    """It says what happened and what to do, under an id that the log has too."""
    began = time.thread_time()
    with pytest.raises(ReadTooLong) as ended:
        patterns.compile(ENDLESS).search(TEXT)
    assert time.thread_time() - began < 4 * patterns.LIMIT
    assert "nothing is suggested" in str(ended.value)
    assert ended.value.ref in ended.value.for_person()


@pytest.mark.parametrize("way", ["search", "match", "fullmatch", "findall", "finditer", "split"])
def test_every_way_to_use_a_pattern_ends(way: str) -> None:
    """No method of a pattern is without the limit."""
    with pytest.raises(ReadTooLong):
        list(getattr(patterns.compile(ENDLESS), way)(TEXT) or ())
    with pytest.raises(ReadTooLong):
        patterns.compile(ENDLESS).sub("", TEXT)


def slowness(pattern: Any) -> list[str]:
    """Return what is wrong with a pattern's time, in words; the first two units tell enough."""
    told = []
    for number, unit in enumerate(units(pattern)):
        ends = ENDS[number % len(ENDS)]
        text = pumped(unit, LONG, ends)
        if (
            taken(pattern, pumped(unit, MIDDLE, ends)) < FLOOR / GROWTH
            or taken(pattern, text) < FLOOR
        ):
            continue
        short = pumped(unit, SHORT, ends)
        long = little = CEILING
        for _ in range(TIMES):
            long = min(long, taken(pattern, text))
            little = min(little, taken(pattern, short))
            if long < FLOOR or long < 0.8 * GROWTH * little:
                break
        if long > FLOOR and long >= min(CEILING, GROWTH * little):
            told.append(
                f"{pattern.pattern[:90]!r} with {unit!r}: {little:.4f} s, then {long:.4f} s"
            )
        if len(told) > 1:
            break
    return told


def units(pattern: Any) -> list[str]:
    """Return what a text is filled with: signs, groups of them, and the pattern's own words."""
    words = dict.fromkeys(_LITERAL.findall(pattern.pattern.lower()))
    own = [f"{word} " for word in [*words][:6]]
    return [*fillings().values(), *own, "".join(own) or "a"]


def pumped(unit: str, length: int, end: str) -> str:
    """Fill a text with a unit."""
    return (unit * (length // len(unit) + 1))[:length] + end


def taken(pattern: Any, text: str) -> float:
    """Return the processor time that finding all matches takes, in seconds.

    Each pattern as a whole, whatever words the text lacks for it.
    """
    ours = isinstance(pattern, patterns.Pattern)
    began = time.thread_time()
    with suppress(TimeoutError):
        found = pattern.compiled.finditer(text, timeout=1) if ours else pattern.finditer(text)
        for _ in found:
            pass
    return time.thread_time() - began
