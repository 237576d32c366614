"""Patterns of the tables in which a space stands for any gap between words."""

import re
from collections.abc import Iterator, Sequence

_SET_OR_SPACE = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]|\\.| \?| |[^\[\\ ]+|.", re.DOTALL)


def gap_pattern(parts: Sequence[str]) -> re.Pattern[str]:
    """Compile patterns as one, without regard to case; none of them matches nothing.

    A space stands for any gap and `" ?"` for a gap or none, except inside a set of characters.
    """
    body = "|".join(f"(?:{part})" for part in parts) or "(?!)"
    return re.compile("".join(_with_gaps(body)), re.IGNORECASE)


def _with_gaps(body: str) -> Iterator[str]:
    for match in _SET_OR_SPACE.finditer(body):
        found = match.group()
        if found == " ?":
            yield r"[\s_]*"
        else:
            yield r"[\s_]+" if found == " " else found
