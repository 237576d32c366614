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
_GAPS = {" ": rf"[\s_]{{1,{_GAP}}}", " ?": rf"[\s_]{{0,{_GAP}}}"}
_WORD_BEGINS = r"\b"


def gap_pattern(parts: Sequence[str]) -> re.Pattern[str]:
    """Compile patterns as one, without regard to case; none of them matches nothing.

    A space stands for any gap and `" ?"` for a gap or none, except inside a set of characters.
    Those that begin with a word's beginning share it, which makes long tables quick.
    """
    each = [alternative for part in parts for alternative in _alternatives(part)]
    at_words = [one.removeprefix(_WORD_BEGINS) for one in each if one.startswith(_WORD_BEGINS)]
    others = [one for one in each if not one.startswith(_WORD_BEGINS)]
    grouped = [f"{_WORD_BEGINS}(?:{'|'.join(at_words)})"] if at_words else []
    return re.compile("|".join([*grouped, *others]) or "(?!)", re.IGNORECASE)


def _alternatives(part: str) -> Iterator[str]:
    """Yield what stands between the outermost bars of a pattern, its gaps and repeats bounded."""
    depth, written = 0, ""
    for piece in _PIECE.finditer(part):
        found = piece["body"]
        depth += (found == "(") - (found == ")")
        if found == "|" and not depth:
            yield written
            written = ""
        else:
            written += _GAPS.get(found) or found + _bounded(found, piece["repeat"] or "")
    yield written


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
