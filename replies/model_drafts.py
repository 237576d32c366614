"""From the model's answer to drafts: cleaned, different from each other, nothing shown before."""

import re
import unicodedata

from domain import Draft, Source
from replies.asking import ModelAnswer
from replies.context import ReplyContext
from replies.wording import sameness, without_invisible

_MOST = 3
_LONGEST_MOVE = 30
#: What is longer than this is no reply at all and is dropped, not marked.
_LONGEST_KEPT = 1000
_QUOTES = (('"', '"'), ("“", "”"), ("'", "'"), ("«", "»"), ("„", "“"), ("`", "`"))
_LABEL = re.compile(
    r"\A(?:(?:reply|suggestion|option|answer)\s*\d?\s*[:.]|\d[.)])\s+", re.IGNORECASE
)


def drafts_from(answer: ModelAnswer, context: ReplyContext, version: str) -> list[Draft]:
    """Return up to three drafts; empty ones, repeats and endless ones are dropped."""
    used = {sameness(text) for text in context.earlier_texts}
    drafts: list[Draft] = []
    for suggestion in answer.suggestions:
        text = tidy(suggestion.text, context.post.author.handle)
        same = sameness(text)
        if not same or same in used or len(text) > _LONGEST_KEPT:
            continue
        used.add(same)
        move = " ".join(without_invisible(suggestion.move).split())[:_LONGEST_MOVE]
        drafts.append(Draft(text, Source.MODEL, move, version))
    return drafts[:_MOST]


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
