r"""Patterns of the tables in which a space stands for any gap between words.

In them no repeat is without end: a stranger's text of one sign over and over would be read again
from each of its places. What is bounded here is longer than any word or gap that has a meaning.
"""

from collections.abc import Iterator, Sequence

import patterns as re

_PIECE = re.compile(
    r"(?P<body>\[\^?\]?(?:\\.|[^\]\\]){0,400}+\]|\\.| \?|.)(?P<repeat>[*+]|\{\d+,\})?+", re.DOTALL
)
#: How often a piece may repeat: what stands in a gap, in a word, in a set that leaves out the
#: end of something (a bracket, a line), a group of words, and a sign.
_GAP, _WORD, _UNTIL, _GROUP, _SIGN = 12, 60, 200, 8, 40


def gap_pattern(parts: Sequence[str]) -> re.Pattern[str]:
    """Compile patterns as one, without regard to case; none of them matches nothing.

    A space stands for any gap and `" ?"` for a gap or none, except inside a set of characters.
    """
    body = "|".join(f"(?:{part})" for part in parts) or "(?!)"
    return re.compile("".join(_with_gaps(body)), re.IGNORECASE)


def _with_gaps(body: str) -> Iterator[str]:
    for piece in _PIECE.finditer(body):
        found, repeat = piece["body"], piece["repeat"]
        if found == " ?":
            yield rf"[\s_]{{0,{_GAP}}}"
        elif found == " ":
            yield rf"[\s_]{{1,{_GAP}}}"
        else:
            yield found + _bounded(found, repeat or "")


def _bounded(found: str, repeat: str) -> str:
    if not repeat:
        return ""
    least = {"*": 0, "+": 1}.get(repeat)
    least = int(repeat[1:-2]) if least is None else least
    return f"{{{least},{least + _most(found)}}}"


def _most(found: str) -> int:
    if found == r"\s":
        return _GAP
    if found == ")":
        return _GROUP
    if found.startswith("[^"):
        return _UNTIL
    return _WORD if found.startswith(("[", "\\")) else _SIGN
