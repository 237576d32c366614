"""Pile-ons: many at once who say nearly the same, or who answer one and the same post.

The first few have cards of their own, so that the team sees what it is about; the rest becomes
one card with a count. A question is worth an answer longer than a remark, yet two hundred who
ask the same within an hour are a flood, too.
"""

from collections.abc import Iterable

from replies.triage.feedback import alike
from replies.triage.verdicts import Verdict, aside

#: So many of the same words have cards; of the same question more.
SHOWN = 5
QUESTIONS_SHOWN = 20
#: So many answers to one post have cards.
ANSWERS_SHOWN = 10
RULE = "pile-on"


def burst_rule(text: str, recent_texts: Iterable[str], *, asks: bool = False) -> Verdict | None:
    """Set a post aside when many much like it came before; None when it stands alone.

    Args:
        text: the post.
        recent_texts: what the watch caught within the last hour, this post left out.
        asks: whether it asks something.
    """
    before = sum(alike(text, each) for each in recent_texts)
    if before < (QUESTIONS_SHOWN if asks else SHOWN):
        return None
    why = f"It is number {before + 1} of the same words within an hour."
    return aside(RULE, why)


def crowd(answers_before: int, *, asks: bool = False) -> Verdict | None:
    """Set an answer aside when many answered the same post within the hour; None before that.

    Args:
        answers_before: how many other answers to that post have cards.
        asks: whether it asks something.
    """
    if answers_before < (QUESTIONS_SHOWN if asks else ANSWERS_SHOWN):
        return None
    return aside(RULE, "Many answer the same post within an hour.")
