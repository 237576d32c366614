"""Pile-ons: the same post again and again within the hour, by many hands."""

from collections.abc import Iterable

from replies.triage.lessons import alike
from replies.triage.verdicts import Verdict, aside

#: So many posts of a kind are shown; the rest of the storm is folded away.
_SHOWN = 5
RULE = "pile-on"


def pile_on(text: str, recent_texts: Iterable[str]) -> Verdict | None:
    """Set a post aside when five much like it came before; None when it stands alone.

    Args:
        text: the post.
        recent_texts: what the watch caught within the last hour, this post left out.
    """
    before = sum(alike(text, each) for each in recent_texts)
    if before < _SHOWN:
        return None
    why = f"It is number {before + 1} of the same words within an hour."
    return aside(RULE, why)
