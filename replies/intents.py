"""Moves: what a ready answer does, told from its words, so that those on a card differ."""

import patterns as re
from domain import Move

_SORRY = re.compile(
    r"\b(?:sorry|apolog\w+|that's on us|our mistake|our fault|not (?:okay|how it should)|"
    r"shouldn't have happened|lo siento|perdona|désolée?s?|pardon|tut mir leid|entschuldige|"
    r"mi dispiace|scusa|desculpe)\b",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"\A\W*(?:(?:oh|ah|aw|ha|and|well)\b\W*)?(?:thank|thanks|cheers|any ?time|you're (?:very )?welcome|"
    r"kind of you|that's kind|glad|happy (?:we|it|you)|gracias|merci|danke|grazie|obrigad[oa])\b",
    re.IGNORECASE,
)
_LAUGHS = re.compile(
    r"\b(?:ha(?:ha)+|smiling|laugh\w*|unbearable|no comment|no further questions|stranger\b)",
    re.IGNORECASE,
)


def intent_of(text: str, *, states_fact: bool = False, joking: bool = False) -> Move:
    """Tell what a text does.

    Args:
        text: a ready answer, its gaps filled.
        states_fact: it says something that the person asked about.
        joking: it stands among the answers to a joke.
    """
    if text.rstrip().endswith(("?", "？")):
        return Move.ASK_BACK
    if _SORRY.search(text):
        return Move.MAKE_RIGHT
    if states_fact:
        return Move.ANSWER
    if _THANKS.search(text):
        return Move.THANK
    return Move.LAUGH if joking or _LAUGHS.search(text) else Move.SHARE
