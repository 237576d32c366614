r"""The rules that a text is held against: TOML files here, read and compiled once.

A rule looks like this; `phrases` are words as people write them (`*` stands for a word's
end, `<glad>` for any word of that family in families.toml), `patterns` regular expressions
over the text in lower case:

    [[rule]]
    name = "sales"
    level = "mind"                    # or "stop"
    why = "Sells: {found}"            # {found} becomes the words in question
    where = "anywhere"                # or "start": only a greeting may stand before
    as_written = true                 # patterns see capitals as they are
    fine_when_asked = ["price"]       # topics of asked.toml
    phrases = ["check out our"]
    patterns = ['\d+ ?% off']

A tell, in tells.toml, is too weak to be minded alone; replies/checks/promo_score.py adds them up.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import patterns as re
from domain import Check, CheckLevel
from replies.text.phrases import family_words, pattern_of

_GREETING = (
    r"\A\W{0,6}(?:(?:hi|hello|hey|hiya|oh|ah|aw{1,4}|wow|well)\b[^.!?,\n]{0,24}[,.!]{0,3})?\W{0,6}"
)
_RULE_KEYS = frozenset(
    {"name", "level", "why", "where", "as_written", "fine_when_asked", "phrases", "patterns"}
)
_TELL_KEYS = frozenset({"weight", "most", "where", "fine_when_asked", "phrases", "patterns"})
_LONGEST_FOUND = 60


@dataclass(frozen=True, slots=True)
class Rule:
    """One compiled rule."""

    name: str
    level: CheckLevel
    why: str
    pattern: re.Pattern[str]
    as_written: bool = False
    fine_when_asked: frozenset[str] = frozenset()

    def judge(self, text: str, asked: frozenset[str]) -> Check | None:
        """Hold a text in plain form against this rule; None when it minds nothing."""
        if self.fine_when_asked & asked:
            return None
        found = self.pattern.search(text if self.as_written else text.lower())
        if found is None:
            return None
        return Check(self.name, self.level, self.why.replace("{found}", f"“{quoted(found, text)}”"))


@dataclass(frozen=True, slots=True)
class Tell:
    """A weak sign: each time it stands in a text it weighs `weight`, at most `most` times."""

    weight: float
    most: int
    pattern: re.Pattern[str]
    fine_when_asked: frozenset[str] = frozenset()


def quoted(found: re.Match[str], text: str) -> str:
    """Return the found words as the text wrote them, on one line, cut when long."""
    start, end = found.span("found")
    as_lowered = len(found.string) == len(text)
    words = text[start:end] if as_lowered else found.group("found")
    return " ".join(words.split())[:_LONGEST_FOUND]


@cache
def rules() -> tuple[Rule, ...]:
    """Return all rules, in the order of files and of each file.

    Raises:
        ValueError: a rule is malformed; the message names it.
    """
    folder = sorted(files(__name__).iterdir(), key=lambda path: path.name)
    return tuple(
        rule_from(row, path.name)
        for path in folder
        if path.name.endswith(".toml")
        for row in tomllib.loads(path.read_text("utf-8")).get("rule", ())
    )


@cache
def tells() -> tuple[Tell, ...]:
    """Return the weak signs.

    Raises:
        ValueError: one is malformed; the message holds its words.
    """
    return tuple(tell_from(row, "tells.toml") for row in _table("tells.toml")["tell"])


@cache
def pitch_signs() -> tuple[Tell, ...]:
    """Return the signs of offering our own goods.

    Raises:
        ValueError: one is malformed; the message holds its words.
    """
    return tuple(tell_from(row, "pitch.toml") for row in _table("pitch.toml")["tell"])


@cache
def topics() -> dict[str, re.Pattern[str]]:
    """Return what a post may ask for, each topic with the words that ask for it."""
    return word_lists("asked.toml")


@cache
def word_lists(name: str) -> dict[str, re.Pattern[str]]:
    """Return the named lists of phrases in a file here, compiled to search text in lower case."""
    return {
        key: re.compile(pattern_of(phrases, families())) for key, phrases in _table(name).items()
    }


@cache
def families() -> Mapping[str, str]:
    """Return the families of words that rules may name, each as a pattern."""
    return family_words(_table("families.toml"))


def rule_from(row: Mapping[str, Any], source: str) -> Rule:
    """Compile one rule.

    Raises:
        ValueError: it is malformed; the message names it.
    """
    name = row.get("name")
    unknown = row.keys() - _RULE_KEYS
    if unknown or not name or "why" not in row:
        raise ValueError(f"{source}: rule {name or '?'} is malformed {sorted(unknown)}")
    return Rule(
        name=name,
        level=CheckLevel(row.get("level", "mind")),
        why=row["why"],
        pattern=_compiled(row, f"{source}: rule {name}"),
        as_written=bool(row.get("as_written", False)),
        fine_when_asked=frozenset(row.get("fine_when_asked", ())),
    )


def tell_from(row: Mapping[str, Any], source: str) -> Tell:
    """Compile one tell.

    Raises:
        ValueError: it is malformed; the message holds its words.
    """
    unknown = row.keys() - _TELL_KEYS
    if unknown or "weight" not in row:
        raise ValueError(f"{source}: tell {dict(row)} is malformed {sorted(unknown)}")
    return Tell(
        weight=float(row["weight"]),
        most=int(row.get("most", 1)),
        pattern=_compiled(row, f"{source}: tell {dict(row)}"),
        fine_when_asked=frozenset(row.get("fine_when_asked", ())),
    )


def _compiled(row: Mapping[str, Any], source: str) -> re.Pattern[str]:
    where = row.get("where", "anywhere")
    if where not in {"anywhere", "start"}:
        raise ValueError(f"{source}: where is “anywhere” or “start”")
    body = pattern_of(row.get("phrases", ()), families(), row.get("patterns", ()))
    if not body:
        raise ValueError(f"{source}: neither phrases nor patterns")
    head = _GREETING if where == "start" else ""
    compiled = re.compile(f"{head}(?P<found>{body})")
    try:
        compiled.search("")
    except re.error as wrong:
        raise ValueError(f"{source}: {wrong}") from wrong
    return compiled


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__name__) / name).read_text("utf-8"))


__all__: Sequence[str] = (
    "Rule",
    "Tell",
    "families",
    "pitch_signs",
    "quoted",
    "rule_from",
    "rules",
    "tell_from",
    "tells",
    "topics",
    "word_lists",
)
