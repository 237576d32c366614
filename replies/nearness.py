"""Nearness: whether we said nearly the same lately, quick even for thousands of texts."""

from collections.abc import Iterable

from replies.wording import sameness

_ALIKE = 0.75
_ENOUGH_WORDS = 5


class Said:
    """The texts of the last 60 days, made ready for comparing."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._texts = [(text, frozenset(sameness(text).split())) for text in texts]

    def nearest(self, text: str) -> str | None:
        """Return an earlier text that says nearly the same, or None."""
        mine = frozenset(sameness(text).split())
        if not mine:
            return None
        for earlier, theirs in self._texts:
            alike = len(mine & theirs) / len(mine | theirs)
            if mine == theirs or (len(mine) >= _ENOUGH_WORDS and alike >= _ALIKE):
                return earlier
        return None
