"""Lessons: what the team's own decisions in a watch say about the next post."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from errors import ReadTooLong
from replies.text.portion import portion
from replies.text.wording import sameness
from replies.triage.verdicts import Verdict, aside, worth

_TWICE = 2
_THRICE = 3
#: Two posts are alike when they share this much of their words, and have enough of them.
_ALIKE = 0.6
_ENOUGH_WORDS = 4
SKIPPED_BEFORE = "You skipped three like it."


@dataclass(frozen=True)
class Lessons:
    """What the team decided in a watch before, the newest last.

    `brought_back` holds (rule, author's id, text) of what was set aside and brought back, and
    was not skipped afterwards; `skipped` and `answered` hold (author's id, text).
    """

    brought_back: tuple[tuple[str, str, str], ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()
    answered: tuple[tuple[str, str], ...] = ()

    @cached_property
    def silent_rules(self) -> frozenset[str]:
        """The rules that no longer set aside here: brought back twice or more."""
        kept = {text for _, text in self.skipped}
        times = Counter(rule for rule, _, text in self.brought_back if text not in kept)
        return frozenset(rule for rule, count in times.items() if count >= _TWICE)

    def judge(self, text: str, author_id: str | None) -> Verdict | None:
        """Return what the decisions before say about a post, or None."""
        return (
            self._known_person(author_id)
            or self._known_words(text)
            or self._skipped_person(author_id)
        )

    def _known_person(self, author_id: str | None) -> Verdict | None:
        if not author_id:
            return None
        if any(author_id == each for each, _ in self.answered):
            return worth("answered before", "You answered this person before.")
        if any(author_id == each for _, each, _ in self.brought_back):
            return worth("brought back before", "You brought a post of this person back before.")
        return None

    def _known_words(self, text: str) -> Verdict | None:
        mine = _word_set(text)
        if len(mine) < _ENOUGH_WORDS:
            return None
        if any(_alike(mine, theirs) for theirs in self._brought_back_words):
            return worth("brought back before", "You brought one much like it back before.")
        if sum(_alike(mine, theirs) for theirs in self._skipped_words) >= _THRICE:
            return aside("skipped before", SKIPPED_BEFORE)
        return None

    def _skipped_person(self, author_id: str | None) -> Verdict | None:
        if author_id and sum(author_id == each for each, _ in self.skipped) >= _THRICE:
            return aside("skipped before", SKIPPED_BEFORE)
        return None

    @cached_property
    def _brought_back_words(self) -> tuple[frozenset[str], ...]:
        return _word_sets(text for _, _, text in self.brought_back)

    @cached_property
    def _skipped_words(self) -> tuple[frozenset[str], ...]:
        return _word_sets(text for _, text in self.skipped)


def alike(first: str, second: str) -> bool:
    """Tell whether two posts say nearly the same."""
    return _alike(_word_set(first), _word_set(second))


def _alike(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    return bool(mine) and bool(theirs) and len(mine & theirs) / len(mine | theirs) >= _ALIKE


def _word_sets(texts: Iterable[str]) -> tuple[frozenset[str], ...]:
    return tuple(map(_word_set, texts))


@lru_cache(maxsize=4096)
def _word_set(text: str) -> frozenset[str]:
    """Return a post's words; a pile-on holds the same posts against each other over and over.

    What takes too long to read has none, and is like no other.
    """
    try:
        return frozenset(sameness(portion(text)).split())
    except ReadTooLong:
        return frozenset()
