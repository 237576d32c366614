"""The token budget: what is left out of a question when there is too much of it.

Cut in this order, each only as far as it must be: the texts not to be repeated (the oldest
first), the approved examples beyond the best one, what the person and we said before (the
oldest first), the last approved example, and the conversation above (the oldest first). The
post itself is never cut here.
"""

from collections.abc import Callable, Iterator
from typing import Any

#: Tokens that all material of one question may take.
MATERIAL_TOKENS = 3000
_BYTES_A_TOKEN = 4

Material = dict[str, Any]


def tokens(text: str) -> int:
    """Estimate the tokens of a text: its bytes by four, rounded up."""
    return -(-len(text.encode("utf-8", "replace")) // _BYTES_A_TOKEN)


def within_budget(
    material: Material, written: Callable[[Material], str], budget: int = MATERIAL_TOKENS
) -> Material:
    """Return the material, cut until it fits.

    Args:
        material: `not_again`, `approved_before`, `said_before` and `conversation_above` are
            lists; the first two with the best first, the others with the oldest first.
        written: how the material is written out.
        budget: the most tokens.
    """
    left = {key: list(part) if isinstance(part, list) else part for key, part in material.items()}
    for key, place in _cuts(left):
        if tokens(written(left)) <= budget:
            break
        del left[key][place]
    return left


def _cuts(material: Material) -> Iterator[tuple[str, int]]:
    """Yield what to leave out next: a key, and the place in its list."""
    yield from [("not_again", -1)] * len(material["not_again"])
    yield from [("approved_before", -1)] * (len(material["approved_before"]) - 1)
    yield from [("said_before", 0)] * len(material["said_before"])
    yield from [("approved_before", -1)] * min(1, len(material["approved_before"]))
    yield from [("conversation_above", 0)] * len(material["conversation_above"])
