r"""The rules that a text is held against: TOML files here, read and compiled once.

A rule looks like this; `phrases` are words as people write them (`*` stands for a word's
end), `patterns` regular expressions, both without regard to case:

    [[rule]]
    name = "sales"
    level = "mind"                    # or "stop"
    why = "Sells: {found}"            # {found} becomes the words in question
    where = "anywhere"                # or "start": only a greeting may stand before
    fine_when_asked = ["price"]       # topics of asked.toml
    phrases = ["check out our"]
    patterns = ['\d+ ?% off']
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from domain import Check, CheckLevel

_ASKED = "asked.toml"
_GREETING = (
    r"\A\W{0,6}(?:(?:hi|hello|hey|hiya|oh|ah|aw{1,4}|wow|well)\b[^.!?,\n]{0,24}[,.!]{0,3})?\W{0,6}"
)
_KNOWN = {"name", "level", "why", "where", "fine_when_asked", "phrases", "patterns"}
_LONGEST_FOUND = 60


@dataclass(frozen=True, slots=True)
class Rule:
    """One compiled rule."""

    name: str
    level: CheckLevel
    why: str
    pattern: re.Pattern[str]
    fine_when_asked: frozenset[str] = frozenset()

    def judge(self, text: str, asked: frozenset[str]) -> Check | None:
        """Hold a text in plain form against this rule; None when it minds nothing."""
        if self.fine_when_asked & asked:
            return None
        found = self.pattern.search(text)
        if found is None:
            return None
        words = " ".join(found.group("found").split())[:_LONGEST_FOUND]
        return Check(self.name, self.level, self.why.replace("{found}", f"“{words}”"))


@cache
def rules() -> tuple[Rule, ...]:
    """Return all rules, in the order of files and of each file.

    Raises:
        ValueError: a rule is malformed; the message names it.
    """
    folder = sorted(files(__name__).iterdir(), key=lambda path: path.name)
    tables = [path for path in folder if path.name.endswith(".toml") and path.name != _ASKED]
    return tuple(
        rule_from(row, path.name)
        for path in tables
        for row in tomllib.loads(path.read_text("utf-8"))["rule"]
    )


@cache
def topics() -> dict[str, re.Pattern[str]]:
    """Return what a post may ask for, each topic with the words that ask for it."""
    text = (files(__name__) / _ASKED).read_text("utf-8")
    return {
        topic: re.compile("|".join(_phrase(phrase) for phrase in phrases), re.IGNORECASE)
        for topic, phrases in tomllib.loads(text).items()
    }


def rule_from(row: dict[str, Any], source: str) -> Rule:
    """Compile one rule.

    Raises:
        ValueError: it is malformed; the message names it.
    """
    unknown = row.keys() - _KNOWN
    parts = [*(_phrase(words) for words in row.get("phrases", ())), *row.get("patterns", ())]
    name = row.get("name")
    if unknown or not parts or not name or "why" not in row:
        raise ValueError(f"{source}: rule {name or '?'} is malformed {sorted(unknown)}")
    return Rule(
        name=name,
        level=CheckLevel(row.get("level", "mind")),
        why=row["why"],
        pattern=_compiled(parts, row.get("where", "anywhere"), f"{source}: rule {name}"),
        fine_when_asked=frozenset(row.get("fine_when_asked", ())),
    )


def _compiled(parts: Sequence[str], where: str, source: str) -> re.Pattern[str]:
    if where not in {"anywhere", "start"}:
        raise ValueError(f"{source}: where is “anywhere” or “start”")
    body = "|".join(f"(?:{part})" for part in parts)
    head = _GREETING if where == "start" else ""
    try:
        return re.compile(f"{head}(?P<found>{body})", re.IGNORECASE)
    except re.error as wrong:
        raise ValueError(f"{source}: {wrong}") from wrong


def _phrase(words: str) -> str:
    """Turn a phrase into a pattern that stands on whole words."""
    body = r"\s+".join(re.escape(word).replace(r"\*", r"\w*") for word in words.split())
    head = r"(?<!\w)" if words[0].isalnum() else ""
    tail = r"(?!\w)" if words[-1].isalnum() else ""
    return f"{head}{body}{tail}"
