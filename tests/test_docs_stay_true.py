"""What the docs draw, tabulate and quote is what the code does; test_docs.py holds the names."""

import ast
import re
from dataclasses import asdict
from pathlib import Path

import pytest
import yaml

from commands.slack_app import FEATURES
from domain import MOVES, JobKind
from handlers.entry.permissions import Subcommand
from jobs.engine.worker import POOLS
from settings import SETTINGS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))


def docs(name: str) -> str:
    return (ROOT / "docs" / name).read_text("utf-8")


def moves_drawn(page: str) -> set[tuple[str, str]]:
    """Read the diagram; a state named "any of a, b" stands for each of them."""
    (diagram,) = re.findall(r"^```mermaid\n(stateDiagram.*?)^```", page, re.MULTILINE | re.DOTALL)
    groups = {
        alias: names.split(", ")
        for names, alias in re.findall(r'state "any of ([a-z_, ]+)" as (\w+)', diagram)
    }
    return {
        (before, after)
        for left, after in re.findall(r"^\s*(\w+) --> (\w+)$", diagram, re.MULTILINE)
        for before in groups.get(left, [left])
    }


def test_the_diagram_draws_exactly_the_allowed_moves() -> None:
    """The picture of the states is the table of domain.MOVES, no more and no less."""
    allowed = {(str(before), str(after)) for before, ends in MOVES.items() for after in ends}
    assert moves_drawn(docs("architecture.md")) == allowed


def test_the_table_of_pools_is_the_workers() -> None:
    """Each pool's threads and kinds of job are told, and no kind is left out."""
    page = docs("architecture.md")
    for pool in POOLS:
        row = re.search(rf"^\| {pool.name} \| (\d+) \| (.+) \|$", page, re.MULTILINE)
        assert row is not None, pool.name
        assert int(row[1]) == pool.threads
        assert set(re.findall(r"`(\w+)`", row[2])) == {str(kind) for kind in pool.kinds}
    assert {kind for pool in POOLS for kind in pool.kinds} == set(JobKind)


def test_the_readmes_table_of_settings_shows_the_true_defaults() -> None:
    """A default in the table is the code's default."""
    defaults = {setting.name: setting.default for setting in SETTINGS}
    form = r"^\| (`[A-Z_`, ]+`) \|[^|\n]+\| `([^`|\n]+)`[^|\n]* \|$"
    rows = re.findall(form, README, re.MULTILINE)
    for names, default in rows:
        for name in re.findall(r"[A-Z_]{3,}", names):
            assert defaults[name] == default, name
    assert len(rows) >= 5


def test_manifest_handler_and_readme_know_the_same_slash_commands() -> None:
    """What Slack hints at is what is answered, and the README names it."""
    manifest = yaml.safe_load((ROOT / "manifest.yaml").read_text("utf-8"))
    (command,) = manifest["features"]["slash_commands"]
    # It is written in two words.
    words = set(Subcommand) - {Subcommand.SET_UP}
    assert set(re.findall(r"[a-z]+", command["usage_hint"])) == words
    for word in words:
        assert f"{command['command']} {word}" in README


def test_the_practice_page_offers_what_the_manifest_does() -> None:
    """Prompts and shortcuts are the same in the practice room and in Slack."""
    features = yaml.safe_load((ROOT / "manifest.yaml").read_text("utf-8"))["features"]
    prompts = [asdict(prompt) for prompt in FEATURES.prompts]
    assert prompts == features["agent_view"]["suggested_prompts"]
    offered = [{**asdict(one), "type": one.kind} for one in FEATURES.shortcuts]
    assert offered == [{**one, "kind": one["type"]} for one in features["shortcuts"]]


def test_the_first_screen_has_the_two_commands_and_the_picture() -> None:
    """A newcomer sees what it is, how it looks and how to try it before any other heading."""
    first = README.split("\n## ", 1)[0]
    assert "\nmake demo\n" in first
    assert "\nmake test\n" in first
    assert re.search(r"!\[[^\]]{40,}\]\(docs/pictures/practice-room\.png\)", first)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_path_that_a_page_names_is_there(page: Path) -> None:
    """No page points to a file that was moved or renamed."""
    form = r"`((?:[a-z_]+/)+[a-z_*]+\.(?:py|toml|sh|txt|md|json))`"
    named = re.findall(form, page.read_text("utf-8"))
    assert [name for name in named if not list(ROOT.glob(name))] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_place_for_figures_stands_empty(page: Path) -> None:
    """A comment that marks where figures go has its figures below it."""
    text = page.read_text("utf-8")
    assert re.findall(r"<!--[^>]*-->\s*(?:^#.*|\Z)", text, re.MULTILINE) == []


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_every_decision_says_why_and_what_follows(page: Path) -> None:
    """A decision without its reason and its price cannot be judged later."""
    headings = re.findall(r"^## (.+)$", page.read_text("utf-8"), re.MULTILINE)
    assert headings == ["Context", "Decision", "Consequences"]


def test_decisions_are_numbered_one_by_one() -> None:
    """A number names one decision, and none is missing."""
    assert [int(page.name[:3]) for page in DECISIONS] == list(range(1, len(DECISIONS) + 1))


def texts_of_the_code() -> str:
    """Return every text in our code, a line each, without the values that are put in."""
    rooms = ("clients", "commands", "domain", "handlers", "replies", "storage", "views", "jobs")
    texts = [script.read_text("utf-8") for script in (ROOT / "scripts").glob("*.sh")]
    files = [ROOT / "errors.py", ROOT / "settings.py", ROOT / "setting_values.py"]
    for path in [*files, *(path for room in rooms for path in (ROOT / room).rglob("*.py"))]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.append(node.value)
            elif isinstance(node, ast.JoinedStr):
                texts.append(
                    "".join(str(v.value) for v in node.values if isinstance(v, ast.Constant))
                )
    return "\n".join(texts)


def is_said(words: str, said: str) -> bool:
    """Tell whether the code has these words, in one text or with another text put into it."""
    if words in said:
        return True
    phrases = {text for text in said.splitlines() if len(text) > 10}
    halves = [(words[:i], words[i + 1 :]) for i, letter in enumerate(words) if letter == " "]
    return any(
        (left in phrases and right in said) or (left in said and right in phrases)
        for left, right in halves
    )


def test_troubleshooting_quotes_only_what_the_code_says() -> None:
    """Who searches the page for the words on the screen finds them; none of them is old."""
    said = texts_of_the_code()
    form = r"^\| (?!it says|-)([^|]+) \| [^|]{5,} \|$"
    rows = re.findall(form, docs("troubleshooting.md"), re.MULTILINE)
    unknown = []
    for row in rows:
        # What stands in italics, or after an ellipsis, is different each time.
        parts = [part.strip(" :.(“”#") for part in re.split(r"\*[^*]+\*|…", row)]
        unknown += [(row, part) for part in parts if len(part) > 3 and not is_said(part, said)]
    assert unknown == []
    assert len(rows) >= 50
