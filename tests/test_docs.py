"""The docs name what the code has: settings, commands, scopes, states, dependencies, sums."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bench.cost.traffic import SIZES
from clients.x.refusals import _REPLY_REFUSALS
from commands.doctor.findings import FindingVerdict
from commands.doctor.slack import SCOPES
from domain import LISTED, MentionState
from settings import SETTINGS
from storage.db import postgres_faults, sqlite_faults

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
ENV_EXAMPLE = (ROOT / ".env.example").read_text("utf-8")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
_HIDDEN = {"node_modules", "__pycache__"}


def pages() -> list[Path]:
    """Return every Markdown page of the project."""
    found = (page.relative_to(ROOT) for page in ROOT.rglob("*.md"))
    return sorted(
        ROOT / page
        for page in found
        if not any(part.startswith(".") or part in _HIDDEN for part in page.parts)
    )


def told() -> str:
    """Return the README and everything under docs as one text."""
    docs = (ROOT / "docs").rglob("*.md")
    return "\n".join([README, *(page.read_text("utf-8") for page in sorted(docs))])


def names(text: str, word: str) -> bool:
    """Tell whether a text has a word, not only a longer one that holds it."""
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text) is not None


def env_example() -> dict[str, tuple[bool, str]]:
    """Return the settings of .env.example: whether commented out, and the value shown."""
    found = re.findall(r"^(#?)([A-Z][A-Z0-9_]+)=(.*)$", ENV_EXAMPLE, re.MULTILINE)
    return {name: (mark == "#", value) for mark, name, value in found}


def manifest() -> Any:
    return yaml.safe_load((ROOT / "manifest.yaml").read_text("utf-8"))


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_each_setting_is_explained(setting: Any) -> None:
    """Each setting stands in .env.example and in the README or the docs."""
    assert setting.name in env_example()
    assert names(told(), setting.name)


def test_env_example_knows_no_other_setting() -> None:
    """A setting that the code does not read is not offered."""
    assert set(env_example()) == {setting.name for setting in SETTINGS}


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_env_example_shows_the_real_default(setting: Any) -> None:
    """A required setting stands open and empty; any other is commented out at its default."""
    expected = (False, "") if setting.default is None else (True, setting.default)
    assert env_example()[setting.name] == expected


def command_words() -> list[str]:
    """Return the subcommands and options that bot.py adds to its parsers."""
    tree = ast.parse((ROOT / "bot.py").read_text("utf-8"))
    return [
        str(call.args[0].value)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in {"add_parser", "add_argument"}
        and isinstance(call.args[0], ast.Constant)
        # What stands after a command without a dash is told with the command.
        and (call.func.attr == "add_parser" or str(call.args[0].value).startswith("-"))
    ]


def test_every_command_and_option_is_told() -> None:
    """Each subcommand and option of bot.py stands in the README or the docs."""
    words = command_words()
    assert {"run", "demo", "doctor", "--headless"} <= set(words)
    untold = [
        word
        for word in words
        if not names(told(), word if word.startswith("-") else f"bot.py {word}")
    ]
    assert untold == []


def test_make_targets_exist() -> None:
    """Each `make …` that a page names is a target of the Makefile."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    for page in pages():
        code = "\n".join(re.findall(r"```.*?```|`[^`\n]+`", page.read_text("utf-8"), re.DOTALL))
        asked = set(re.findall(r"(?:^|[`\n])make ([a-z]+)", code))
        assert asked <= targets, page.name
    assert names(README, "make demo")
    assert names(README, "make test")


def test_ci_calls_the_test_command_of_the_readme() -> None:
    """The gate runs exactly what the README calls the test command."""
    command = README.split("The test command.", 1)[1].split("```sh\n", 1)[1].split("\n", 1)[0]
    assert command in (ROOT / ".ci" / "run").read_text("utf-8").splitlines()


def test_manifest_asks_for_the_scopes_that_doctor_checks() -> None:
    """The manifest's bot scopes are those of `doctor`, no more and no fewer."""
    assert sorted(manifest()["oauth_config"]["scopes"]["bot"]) == sorted(SCOPES)


def test_each_scope_and_event_is_explained() -> None:
    """Each scope and event of the manifest has its row in docs/slack-scopes.md, and no other."""
    page = (ROOT / "docs" / "slack-scopes.md").read_text("utf-8")
    rows = set(re.findall(r"^\| `([^`]+)` \|", page, re.MULTILINE))
    events = manifest()["settings"]["event_subscriptions"]["bot_events"]
    assert rows == {*SCOPES, *events, "connections:write"}


def links() -> Iterator[tuple[Path, str]]:
    """Yield each relative link of each page."""
    for page in pages():
        text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            if not re.match(r"[a-z]+:", target):
                yield page, target


def anchors(page: Path) -> set[str]:
    """Return the anchors that a page's headings have on GitHub."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).strip().replace(" ", "-") for h in headings}


def test_links_lead_somewhere() -> None:
    """Each relative link of each page leads to a file, and to a heading in it."""
    broken = []
    for page, target in links():
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        if not file.exists() or (anchor and anchor not in anchors(file)):
            broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert broken == []


def dependencies() -> list[str]:
    """Return the names of what the project and its development depend on."""
    wanted = [*PYPROJECT["project"]["dependencies"], *PYPROJECT["dependency-groups"]["dev"]]
    return [re.split(r"[\[<>=; ]", line, maxsplit=1)[0] for line in wanted]


@pytest.mark.parametrize("dependency", dependencies())
def test_each_dependency_has_its_reason(dependency: str) -> None:
    """A file under docs/decisions names each dependency."""
    reasons = [page.read_text("utf-8") for page in (ROOT / "docs" / "decisions").glob("*.md")]
    assert any(names(reason, dependency) for reason in reasons)


def test_architecture_names_each_state() -> None:
    """docs/architecture.md names every state of a mention."""
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    assert [state for state in MentionState if not names(page, state)] == []


def test_architecture_names_each_work_file() -> None:
    """docs/architecture.md names every file of jobs/."""
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    files = [file.name for file in (ROOT / "jobs").rglob("*.py") if file.name != "__init__.py"]
    assert [name for name in files if not names(page, name)] == []


def test_nothing_is_left_to_do() -> None:
    """No page that is kept holds an unfinished place."""
    mark = "TO" + "DO"
    assert [page.name for page in pages() if mark in page.read_text("utf-8")] == []


def plain_words(markdown: str) -> str:
    """Drop the emphasis of a page: what it says, without the marks."""
    return markdown.replace("*", "")


def sentences() -> list[str]:
    """Return what the databases' and the reply's refusals say to a person."""
    faults = [*sqlite_faults._SAID.values(), *postgres_faults._SAID.values()]
    said = [sentence.format(path="file") for sentence, _ in faults]
    return sorted({*said, *(sentence for _, _, sentence in _REPLY_REFUSALS)})


@pytest.mark.parametrize("sentence", sentences())
def test_each_trouble_has_its_line(sentence: str) -> None:
    """What a person may read about the database or a reply stands in the troubleshooting."""
    page = (ROOT / "docs" / "troubleshooting.md").read_text("utf-8")
    assert sentence in plain_words(page)


def test_doctors_sample_has_doctors_form() -> None:
    """The README's sample of `doctor` is laid out as the real table."""
    sample = README.split("```text\n", 1)[1].split("```", 1)[0].split("\n\n", 1)[0]
    line = re.compile(rf"(?:{'|'.join(FindingVerdict)}) {{1,6}}\S.{{15}} \S|(?: {{25}})→ \S")
    for row in sample.splitlines():
        assert line.match(row), row


def in_dollars(micro: int) -> str:
    """Return an amount as the README's table writes it."""
    return f"${micro / 1_000_000:.3f}"


def test_the_readmes_sums_are_those_of_the_price_table() -> None:
    """The README's prices and sums follow from domain/prices.py."""
    drafts = 50 * LISTED.model_cost("gpt-5.4-mini", 1500, 300)
    assert LISTED.read_on in README
    assert f"costs {in_dollars(LISTED.reply_created)} on top" in README
    assert f"with a link {in_dollars(LISTED.post_created_with_url)}" in README
    assert f"that is ${18 * 30 * LISTED.reply_created / 1e6:.2f} in 30 days" in README
    assert f"cost {in_dollars(drafts)}, or ${drafts * 30 / 1e6:.2f} in 30 days" in README


def test_the_readmes_months_are_those_that_were_measured() -> None:
    """What an account costs stands in README as in docs/performance.md, for each size."""
    measured = (ROOT / "docs" / "performance.md").read_text("utf-8")
    rows = re.findall(
        r"^\| (\w+): (.+?) \| (\$[\d.,]+) \| (\$[\d.,]+) to (\$[\d.,]+) \|$", README, re.MULTILINE
    )
    assert [size for size, *_ in rows] == [size.name for size in SIZES]
    for size, around, ours, keeping, newest in rows:
        assert f"| {size}: {around} | {ours} | {keeping} | {newest} |" in measured
