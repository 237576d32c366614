"""Who may import whom: the rooms by import-linter, the single files by their import lines."""

import ast
import graphlib
import subprocess
import sys
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parent.parent
#: import-linter takes packages only.
SINGLE_FILES = {
    "errors.py": set(),
    "setting_values.py": set(),
    "settings.py": {"errors", "setting_values"},
    "patterns.py": {"errors", "necessary"},
    "necessary/parts.py": {"necessary"},
    "necessary/words_held.py": set(),
    "bot.py": {"commands"},
}
OURS = {
    "bot", "clients", "commands", "domain", "errors", "handlers", "insights", "necessary", "patterns",
    "prompts",
    "replies", "sandbox", "setting_values", "settings", "storage", "views",
    "jobs",
}  # fmt: skip


def test_the_rooms_import_one_way() -> None:
    """The contracts of pyproject.toml hold."""
    # In a process of its own: it switches off every logger that there is.
    linter = Path(sys.executable).with_name("lint-imports")
    ended = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stdout


def test_no_file_reaches_itself_by_imports() -> None:
    """There is no circle, not of two files either, nor one that an import inside a function hides."""
    rooms = sorted(room for room in OURS | {"evals", "bench"} if (ROOT / room).is_dir())
    graph = grimp.build_graph(*rooms, cache_dir=None)
    ways = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    graphlib.TopologicalSorter(ways).prepare()


@pytest.mark.parametrize("name", SINGLE_FILES)
def test_the_single_files_import_only_what_they_may(name: str) -> None:
    """errors.py knows nothing of ours; bot.py only wires commands."""
    assert imported(ROOT / name) & OURS <= SINGLE_FILES[name]


@pytest.mark.parametrize(
    ("library", "door"),
    [
        ("tweepy", {"clients"}),
        ("openai", {"clients"}),
        ("slack_bolt", {"handlers", "commands"}),
        ("sqlite3", {"storage"}),
        ("sqlite_utils", {"storage"}),
        ("psycopg", {"storage"}),
        ("requests", {"clients"}),
    ],
)
def test_each_service_stands_behind_one_door(library: str, door: set[str]) -> None:
    """Nobody but its door imports a service's library."""
    users = {
        path.relative_to(ROOT).parts[0].removesuffix(".py")
        for room in OURS - {"sandbox"}
        for path in [*(ROOT / room).rglob("*.py"), ROOT / f"{room}.py"]
        if path.exists() and library in imported(path)
    }
    assert users <= door


def imported(path: Path) -> set[str]:
    """Return the top-level names that a file imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names
