"""From the model's answer to drafts: cleaned, different from each other, nothing said before."""

import unicodedata
from collections.abc import Iterable

import patterns as re
from domain import Draft, Move, Source
from replies.context import ReplyContext
from replies.drafting.asking import ModelAnswer, ModelSuggestion
from replies.intents import intent_of
from replies.text.similarity import Said
from replies.text.wording import sameness, without_invisible

MOST = 3
#: More than this many a model is not read: three were asked for.
_READ = 8
#: What is longer than this is no reply at all and is dropped, not marked.
_LONGEST_KEPT = 1000
_QUOTES = (('"', '"'), ("“", "”"), ("'", "'"), ("«", "»"), ("„", "“"), ("`", "`"))
_LABEL = re.compile(
    r"\A(?:(?:reply|suggestion|option|answer)\s*\d?\s*[:.]|\d[.)])\s+", re.IGNORECASE
)


def drafts_from(answer: ModelAnswer, context: ReplyContext, version: str) -> list[Draft]:
    """Return what the model suggests as drafts; empty and endless ones are dropped."""
    drafts = []
    for suggestion in answer.suggestions[:_READ]:
        text = tidy(suggestion.text, context.post.author.handle)
        if sameness(text) and len(text) <= _LONGEST_KEPT:
            drafts.append(
                Draft(text, Source.MODEL, _move(suggestion, text), version, words_of=frozenset())
            )
    return drafts


def differing(drafts: Iterable[Draft], context: ReplyContext, said: Said) -> list[Draft]:
    """Return the drafts that differ, in their order.

    No two have the same move; none is nearly another, or what was shown for this post or said
    lately to anybody.
    """
    shown = Said(context.earlier_texts)
    kept: list[Draft] = []
    for each in drafts:
        moves = {other.move for other in kept}
        before = [shown, said, Said([other.text for other in kept])]
        if each.move not in moves and not any(known.nearest(each.text) for known in before):
            kept.append(each)
    return kept


def tidy(text: str, author_handle: str) -> str:
    """Return a model's text as a person would post it.

    NFC, no invisible marks, no label or quotes around it, no leading handle of the author
    (X adds that itself), no empty lines in a row.
    """
    tidied = unicodedata.normalize("NFC", without_invisible(text)).strip()
    tidied = _LABEL.sub("", tidied)
    for opening, closing in _QUOTES:
        inner = tidied[1:-1]
        around = tidied.startswith(opening) and tidied.endswith(closing)
        if len(tidied) > 1 and around and opening not in inner and closing not in inner:
            tidied = inner.strip()
    handle = re.compile(rf"\A@{re.escape(author_handle)}[,:]?\s+", re.IGNORECASE)
    tidied = handle.sub("", tidied) if author_handle else tidied
    lines = (" ".join(line.split()) for line in tidied.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _move(suggestion: ModelSuggestion, text: str) -> str:
    """Return the move the model named, or the one its words show."""
    named = " ".join(suggestion.move.casefold().replace("_", " ").split())
    known = next((move for move in Move if move.value == named), None)
    return (known or intent_of(text)).value
