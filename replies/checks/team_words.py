"""What a team's voice says about words: those it never uses, and the signatures it closes with."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

import patterns as re
from domain import Check, CheckLevel, Voice
from replies.text.phrases import pattern_of
from replies.text.wording import plain

#: What may stand between a text and the initials that sign it.
_MARKS = "-–—^/*~"


def never_words(judged: str, voice: Voice) -> Iterator[Check]:
    """Yield a check when a text uses a word that this team never uses."""
    found = _any_of(voice.avoid).search(plain(judged).lower()) if voice.avoid else None
    if found is not None:
        why = f"Uses a word this team never uses: “{found.group()}”."
        yield Check("never-word", CheckLevel.MIND, why)


def without_signs(text: str, voice: Voice | None) -> str:
    """Return a text without the closing signature that this voice lists; others stay."""
    closed = text.rstrip().rstrip(".")
    for sign in sorted(voice.signs if voice else (), key=len, reverse=True):
        bare = sign.strip().lstrip(f"{_MARKS} ")
        head = closed.removesuffix(bare) if bare else closed
        if head != closed and (head[-1:].isspace() or head[-1:] in tuple(_MARKS)):
            return head.rstrip().rstrip(_MARKS).rstrip() or text
    return text


@lru_cache(maxsize=256)
def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    """Compile a team's words; `*` stands for a word's end, `<` for itself."""
    listed = [plain(word).strip().lower() for word in words]
    listed = [word for word in listed if word.strip("* ")]
    signed = [word for word in listed if "<" in word]
    whole = pattern_of([word for word in listed if "<" not in word], {}, map(re.escape, signed))
    return re.compile(whole or r"(?!)")
