"""How much of the house one way crosses: the files of ours that a mention and an approval enter.

A whole Greenroom runs in this process against the practice room. A hook that Python calls with
every function of every thread notes in which file it stands, from one moment to another. What
sandbox/, bench/ and tests/ run meanwhile does not count, nor do imports.

Beside it stand the sizes that a stranger meets: lines, folders, the largest file and function.
"""

import ast
import sys
import tempfile
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from bench.figure import BenchFigure
from tests.stage import Stage, open_stage

_ROOT = Path(__file__).parent.parent
_TESTS = "tests"
#: Ours, but not the product.
_BESIDE = frozenset({"sandbox", "bench", "evals", _TESTS})
#: A migration is frozen text, and there will be more of them.
_MAY_BE_MANY = frozenset({"migrations", "schema"})
_MOST_FILES = 20
_AIMS = {"mention": 90, "approval": 70, "lines": 42_500, "file": 300, "function": 50}


def measure(*, quick: bool) -> Iterator[BenchFigure]:
    """Follow one mention and its approval, then count the sizes; `quick` changes nothing."""
    del quick
    card, reply = _ways()
    name = "trace"
    yield BenchFigure(
        name, "from X to the card", len(card), "files", _AIMS["mention"], _rooms(card)
    )
    yield BenchFigure(
        name, "from the press to the reply", len(reply), "files", _AIMS["approval"], _rooms(reply)
    )
    yield from _sizes({path: path.read_text("utf-8") for path in _sources()})


def _ways() -> tuple[set[Path], set[Path]]:
    """Return the files that a mention enters, and those that its approval does."""
    entered = _Entered()
    folder = tempfile.TemporaryDirectory(prefix="greenroom-bench-")
    with entered.watching(), folder as name, open_stage(Path(name)) as stage:
        stage.open()
        # What is read once, at the first mention and the first press, is no part of a way.
        _answer(stage, stage.mention("do you have wifi?", author="first"))
        entered.files.clear()
        post = stage.mention()
        stage.card_with(post, "Approve")
        card = set(entered.files)
        entered.files.clear()
        _answer(stage, post)
        return card, set(entered.files)


def _answer(stage: Stage, post: str) -> None:
    stage.press(stage.card_with(post, "Approve"), "Approve")
    stage.reply_to(post)


class _Entered:
    """Notes the files in which functions of ours begin, in every thread that starts meanwhile."""

    def __init__(self) -> None:
        self.files: set[Path] = set()
        self._known: dict[str, Path | None] = {}

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Note what this thread and those that it starts enter."""
        threading.setprofile(self._note)
        sys.setprofile(self._note)
        try:
            yield
        finally:
            sys.setprofile(None)
            threading.setprofile(None)

    def _note(self, frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event != "call" or code.co_name == "<module>":
            return
        name = code.co_filename
        if name not in self._known:
            self._known[name] = _of_the_product(name)
        if (path := self._known[name]) is not None:
            self.files.add(path)


def _of_the_product(name: str) -> Path | None:
    path = Path(name)
    if not path.is_relative_to(_ROOT):
        return None
    inner = path.relative_to(_ROOT)
    return None if inner.parts[0].startswith(".") or inner.parts[0] in _BESIDE else inner


def _rooms(files: set[Path]) -> str:
    """Say how many files of each top-level folder."""
    counts = Counter(path.parts[0] for path in files)
    return ", ".join(f"{room} {number}" for room, number in counts.most_common())


def _sources() -> Iterator[Path]:
    """Yield every Python file of ours but the tests, below the root."""
    for path in sorted(_ROOT.rglob("*.py")):
        inner = path.relative_to(_ROOT)
        if not inner.parts[0].startswith(".") and inner.parts[0] != _TESTS:
            yield inner


def _sizes(sources: dict[Path, str]) -> Iterator[BenchFigure]:
    name = "trace"
    lines = {path: text.count("\n") for path, text in sources.items()}
    product = sum(number for path, number in lines.items() if path.parts[0] not in _BESIDE)
    beside = ", ".join(
        f"{room} {sum(number for path, number in lines.items() if path.parts[0] == room):,}"
        for room in sorted(_BESIDE - {_TESTS})
    )
    yield BenchFigure(name, "the product", product, "lines", _AIMS["lines"], f"beside it {beside}")
    folders = Counter(path.parent for path in lines if path.stem != "__init__")
    full = [
        f"{folder} {number}"
        for folder, number in folders.most_common()
        if number > _MOST_FILES and folder.name not in _MAY_BE_MANY
    ]
    yield BenchFigure(
        name, f"folders over {_MOST_FILES} files", len(full), "folders", 0, ", ".join(full)
    )
    largest = max(lines, key=lambda path: lines[path])
    yield BenchFigure(
        name, "the largest file", lines[largest], "lines", _AIMS["file"], str(largest)
    )
    functions, classes = _named(sources)
    longest, where = max(functions)
    yield BenchFigure(name, "the longest function", longest, "lines", _AIMS["function"], where)
    twice = sorted(each for each, places in classes.items() if len(places) > 1)
    yield BenchFigure(name, "public classes named twice", len(twice), "names", 0, ", ".join(twice))


def _named(sources: dict[Path, str]) -> tuple[list[tuple[int, str]], dict[str, set[Path]]]:
    """Return each function's lines and name, and in which files each public class stands."""
    functions: list[tuple[int, str]] = []
    classes: dict[str, set[Path]] = defaultdict(set)
    for path, text in sources.items():
        tree = ast.parse(text)
        classes_here = [node for node in tree.body if isinstance(node, ast.ClassDef)]
        for each in classes_here:
            if not each.name.startswith("_"):
                classes[each.name].add(path)
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                functions.append((length, f"{node.name} in {path}"))
    return functions, classes
