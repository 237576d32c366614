"""How large a folder, a file and a function may be, so that anybody finds a line in three looks."""

import ast
import subprocess
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MOST_FILES, MOST_LINES, LONGEST_FUNCTION = 20, 300, 50
#: Lists that only grow, and the tests.
APART = ("tests/", "docs/", "storage/schema/")
#: Read as one piece until drafting is built anew.
STILL_LONG = {"replies/injection/guard.py"}


def files() -> list[Path]:
    """Return the project's own files, without tests, docs and migrations."""
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("this copy is no checkout")
    names = [name for name in listed.stdout.splitlines() if not name.startswith(APART)]
    return [ROOT / name for name in names if (ROOT / name).is_file()]


def test_no_folder_holds_more_files_than_one_looks_over() -> None:
    """A folder has at most 20 files beside its `__init__.py`."""
    count = Counter(path.parent for path in files() if path.name != "__init__.py")
    large = {str(at.relative_to(ROOT)): n for at, n in count.items() if n > MOST_FILES}
    assert large == {}


def test_no_file_and_no_function_is_too_long() -> None:
    """A file has at most 300 lines, a function at most 50."""
    long = []
    for path in files():
        name = str(path.relative_to(ROOT))
        if path.suffix != ".py" or name in STILL_LONG:
            continue
        text = path.read_text("utf-8")
        if (lines := len(text.splitlines())) > MOST_LINES:
            long.append(f"{name}: {lines} lines")
        long += [
            f"{name}: {node.name} {node.end_lineno - node.lineno + 1} lines"
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and node.end_lineno is not None
            and node.end_lineno - node.lineno >= LONGEST_FUNCTION
        ]
    assert long == []
