"""What is installed is exactly what was looked at: each dependency pinned, each file hashed."""

import ast
import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = ["requirements.txt", "requirements-dev.txt", "requirements-tools.txt"]
#: What only whoever develops Greenroom starts.
DEVELOPING = {"tests", "bench", "evals"}
#: The one option that a file may hold: no package is built, none of their code runs to install.
WHEELS_ONLY = "--only-binary :all:\n"
_PIN = re.compile(
    r"([a-z0-9][a-z0-9._-]*)==([0-9][^ \\;]*)( ; [^\\]+)? \\\n((?:    --hash=[^\n]+\n)+)"
)


def entries(name: str) -> dict[str, str]:
    """Return each requirement's hashes, by its name; nothing else may stand in the file."""
    text = re.sub(r"^ *#.*\n", "", (ROOT / name).read_text("utf-8"), flags=re.MULTILINE)
    text = text.removeprefix(WHEELS_ONLY)
    found = {match[1]: match[4] for match in _PIN.finditer(text)}
    left = _PIN.sub("", text).strip()
    assert left == "", left[:300]
    return found


@pytest.mark.parametrize("name", FILES)
def test_every_requirement_is_one_version_with_its_hashes(name: str) -> None:
    """A changed file of the same version would not be installed."""
    for package, hashes in entries(name).items():
        for line in hashes.splitlines():
            assert re.fullmatch(r" {4}--hash=sha256:[0-9a-f]{64}(?: \\)?", line), (package, line)


@pytest.mark.parametrize("name", FILES)
def test_no_index_and_no_address_is_named(name: str) -> None:
    """Where packages come from is for whoever installs them to say."""
    text = (ROOT / name).read_text("utf-8")
    assert not re.search(
        r"https?://|@ |--(?:extra-)?index-url|--find-links|--trusted-host|file:", text
    )


def test_what_we_ask_for_is_pinned() -> None:
    """Each dependency of pyproject.toml, and what develops it in the second file alone."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    asked = {_bare(each) for each in project["project"]["dependencies"]}
    run, dev, tools = (set(entries(name)) for name in FILES)
    assert asked <= run
    assert run < dev
    # What was installed to run stays as it is when what developing needs is added.
    assert entries(FILES[0]).items() <= entries(FILES[1]).items()
    # What compiles and audits is pinned too, and stands beside nothing that it judges.
    assert {_bare(each) for each in project["dependency-groups"]["tools"]} <= tools - dev
    assert not {"pytest", "hypothesis", "mypy", "ruff"} & run


def test_what_runs_imports_only_what_running_installs() -> None:
    """Also where it is imported late: what only developing has is not there for `make demo`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    asked = {_bare(each) for each in project["project"]["dependencies"]}
    ours = {path.stem for path in ROOT.iterdir()}
    brought_by = metadata.packages_distributions()
    read = 0
    for path in [*ROOT.glob("*.py"), *ROOT.glob("[a-z]*/**/*.py")]:
        if path.relative_to(ROOT).parts[0] in DEVELOPING:
            continue
        read += 1
        for name in _imported(ast.parse(path.read_text("utf-8"))) - ours - sys.stdlib_module_names:
            brought = {_bare(each) for each in brought_by.get(name, [])}
            assert brought & asked, f"{path.relative_to(ROOT)} imports {name}"
    assert read > 300


def _imported(tree: ast.Module) -> set[str]:
    """Return the first word of each import, wherever in the file it stands."""
    nodes = list(ast.walk(tree))
    plain = {each.name for node in nodes if isinstance(node, ast.Import) for each in node.names}
    froms = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.split(".")[0] for name in plain | froms} - {""}


def _bare(requirement: str) -> str:
    return re.split(r"[\[<>=!~; ]", requirement, maxsplit=1)[0].lower().replace("_", "-")
