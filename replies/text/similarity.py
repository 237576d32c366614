"""Nearness: whether we said nearly the same lately, quick even for thousands of texts.

Two replies are near when they share most of their words, in whatever order, or when they
follow one another word for word but for a name or a thing: "Thanks Tom, glad you liked the
cake" and "Thanks Ann, glad you liked the scone".
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import ceil

from rapidfuzz.distance import LCSseq

from replies.text.wording import sameness

#: Shared words of all their words, from which on two texts say the same.
_ALIKE = 0.72
#: Words that follow in the same order, of the longer text's words.
_SAME_SKELETON = 0.7
#: Shorter texts are near only when they are the same: there are few ways to say thank you.
_ENOUGH_WORDS = 5
#: Near texts share at least this part of the distinct words; the rarest of them find them.
_SHARED_AT_LEAST = 0.6
#: A text is looked at so far; what is longer cannot go out.
_LOOKED_AT = 600


class Said:
    """The texts of the last 60 days, made ready for comparing.

    Make it once and ask it often: the first question makes an index of words.
    """

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._texts = tuple(texts)
        self._first: dict[frozenset[str], int] | None = None
        self._distinct: list[frozenset[str]] = []
        self._holding: dict[str, list[int]] = {}

    def __len__(self) -> int:
        return len(self._texts)

    def nearest(self, text: str) -> str | None:
        """Return the earlier text that says nearly the same, the nearest of them, or None."""
        mine = _words_of(text[:_LOOKED_AT])
        distinct = frozenset(mine)
        if not distinct or not self._texts:
            return None
        first = self._indexed()
        if distinct in first:
            return self._texts[first[distinct]]
        if len(mine) < _ENOUGH_WORDS:
            return None
        nearest, found = 0.0, None
        for place in self._candidates(distinct):
            near = _nearness(mine, distinct, self._texts[place], self._distinct[place])
            if near > nearest:
                nearest, found = near, self._texts[place]
        return found

    def _candidates(self, distinct: frozenset[str]) -> Iterator[int]:
        """Yield the texts that share enough words to be near, found by the rarest of mine."""
        rarest = sorted(distinct, key=lambda word: len(self._holding.get(word, ())))
        least = ceil(_SHARED_AT_LEAST * len(rarest))
        few = [self._holding.get(word, ()) for word in rarest[: len(rarest) - least + 1]]
        count = len(distinct)
        for place in frozenset[int]().union(*few):
            theirs = self._distinct[place]
            if least <= len(theirs) <= count / _SHARED_AT_LEAST and len(distinct & theirs) >= least:
                yield place

    def _indexed(self) -> dict[frozenset[str], int]:
        if self._first is None:
            first: dict[frozenset[str], int] = {}
            holding: defaultdict[str, list[int]] = defaultdict(list)
            self._distinct = [frozenset(_words_of(text[:_LOOKED_AT])) for text in self._texts]
            for place, distinct in enumerate(self._distinct):
                # What was said twice need be found once only.
                if distinct and first.setdefault(distinct, place) == place:
                    for word in distinct:
                        holding[word].append(place)
            self._first, self._holding = first, dict(holding)
        return self._first


@lru_cache(maxsize=16384)
def _words_of(text: str) -> tuple[str, ...]:
    return tuple(sameness(text).split())


def _nearness(
    mine: tuple[str, ...], distinct: frozenset[str], text: str, other: frozenset[str]
) -> float:
    """Return how near two texts are, 0 where they are not near."""
    shared = len(distinct & other)
    if shared < _ENOUGH_WORDS:
        # Four words of five in their order are "glad you liked the" and a name: not yet a copy.
        return 0.0
    alike = shared / len(distinct | other)
    if alike >= _ALIKE:
        return alike
    theirs = _words_of(text[:_LOOKED_AT])
    in_order = LCSseq.similarity(mine, theirs)
    skeleton = in_order / max(len(mine), len(theirs))
    return skeleton if in_order >= _ENOUGH_WORDS and skeleton >= _SAME_SKELETON else 0.0
