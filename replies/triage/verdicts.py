"""The verdict on a post: whether it is worth answering, why, and which rule said so."""

from dataclasses import dataclass

_LONGEST_FOUND = 60


@dataclass(frozen=True, slots=True)
class Verdict:
    """One post judged.

    `why` is a short plain sentence that quotes the words it means; `rule` the short name of
    what decided. Where `sure` is False a second opinion can be worth its price.
    """

    worth_answering: bool
    why: str
    rule: str
    sure: bool = True


def aside(rule: str, why: str, found: str = "", *, sure: bool = True) -> Verdict:
    """Return the verdict that sets a post aside; `{found}` in the reason becomes a quotation."""
    return Verdict(
        worth_answering=False, why=why.replace("{found}", quoted(found)), rule=rule, sure=sure
    )


def worth(rule: str, why: str, found: str = "", *, sure: bool = True) -> Verdict:
    """Return the verdict that a post is worth answering."""
    return Verdict(
        worth_answering=True, why=why.replace("{found}", quoted(found)), rule=rule, sure=sure
    )


def quoted(found: str) -> str:
    """Return words of a post as they stand in a reason, cut where they are many."""
    words = " ".join(found.split())
    return f"“{words[:_LONGEST_FOUND].rstrip()}…”" if len(words) > _LONGEST_FOUND else f"“{words}”"
