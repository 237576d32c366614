"""X's refusal as it came, whatever shape its body has."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import patterns as re

_LONGEST_DETAIL = 300


@dataclass(frozen=True, slots=True)
class Problem:
    """X's refusal as it came.

    Args:
        status: of HTTP.
        detail: X's own sentence.
        words: everything it said, in lower case, for matching.
        codes: X's numbers, each as `code:64`.
        names: the parameters that it minds.
        by_x: whether the body has X's form; a page of whoever stands between has not.
    """

    status: int
    detail: str
    words: str
    codes: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    by_x: bool = True

    def says(self, *phrases: str) -> bool:
        """Tell whether one of the phrases is among the words, or one of the codes was given."""
        return any(
            phrase in (self.codes if phrase.startswith("code:") else self.words)
            for phrase in phrases
        )


def read_problem(status: int, body: object) -> Problem:
    """Collect what a refusal says, whatever shape its body has."""
    if not isinstance(body, Mapping):
        return Problem(status, "", "", by_x=False)
    errors = body.get("errors")
    inner = [e for e in errors if isinstance(e, Mapping)] if isinstance(errors, list) else []
    told = [str(e.get("message") or e.get("detail") or "") for e in inner]
    own = str(body.get("detail") or "")
    # "One or more parameters … was invalid" says nothing; the errors beside it do.
    detail = next((words for words in [*told, own, str(body.get("title") or "")] if words), "")
    names = [str(part.get(k) or "") for part in [body, *inner] for k in ("title", "type", "reason")]
    return Problem(
        status,
        _one_line(detail),
        " ".join([own, *told, *names]).lower().replace("’", "'"),
        codes=frozenset(f"code:{each['code']}" for each in [body, *inner] if "code" in each),
        names=frozenset(name for each in inner for name in _named(each)),
    )


def _named(error: Mapping[str, Any]) -> list[str]:
    """Return the parameters that one error of a refusal is about."""
    given, one = error.get("parameters"), error.get("parameter")
    names = list(given) if isinstance(given, Mapping) else []
    return [str(name).lower() for name in ([*names, one] if one else names)]


def _one_line(words: str) -> str:
    line = re.sub(r"[\x00-\x1f\x7f\s]+", " ", words).strip()
    return line if len(line) <= _LONGEST_DETAIL else line[: _LONGEST_DETAIL - 1] + "…"
