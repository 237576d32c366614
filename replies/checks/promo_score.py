"""The check that adds up small signs: none is minded alone, many together sound like a billboard."""

from collections.abc import Iterator, Sequence
from itertools import islice

from domain import Check, CheckLevel
from replies.rules import Tell, quoted, tells

#: What the signs in one text must weigh together to be minded.
ENOUGH = 5.0
_MOST_QUOTED = 4


def billboard_checks(judged: str, asked: frozenset[str]) -> Iterator[Check]:
    """Yield a check when the small signs in a text add up; it quotes those that weigh most."""
    named = adding_up(judged, tells(), asked, enough=ENOUGH, most=_MOST_QUOTED)
    if named:
        why = f"Sounds like a billboard, it adds up: {named}."
        yield Check("sounds-like-a-billboard", CheckLevel.MIND, why)


def adding_up(
    judged: str, among: Sequence[Tell], asked: frozenset[str], *, enough: float, most: int
) -> str:
    """Return the weightiest signs in quotes when together they weigh enough; otherwise ""."""
    signs = sorted(signs_in(judged, asked, among), key=lambda sign: -sign[0])
    if sum(weight for weight, _ in signs) < enough:
        return ""
    words = dict.fromkeys(words for weight, words in signs if weight > 0 and _tells(words))
    return ", ".join(f"“{each}”" for each in islice(words, most)) or "“!”"


def _tells(words: str) -> bool:
    return any(map(str.isalnum, words))


def signs_in(
    judged: str, asked: frozenset[str], among: Sequence[Tell] | None = None
) -> Iterator[tuple[float, str]]:
    """Yield each small sign in a text: what it weighs and its words.

    Less than nothing weighs what a person says and a brand does not.
    """
    lowered = judged.lower()
    for tell in tells() if among is None else among:
        if not tell.fine_when_asked & asked:
            for found in islice(tell.pattern.finditer(lowered), tell.most):
                yield tell.weight, quoted(found, judged)
