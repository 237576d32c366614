"""Two texts word by word: what was changed, which phrases were dropped, which were swapped."""

import difflib
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import patterns as re
from replies.text.wording import plain

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*|\d+(?:[.,:]\d+)*")
_NO_WORDS = re.compile(r"(?:https?://|www\.)\S+|[@#]\w+")
#: What may stand before the first word of a sentence.
_SENTENCE_ENDS = re.compile(r"(?:\A|[.!?…:\n])[^\w.!?…:\n]*+\Z")
_LONGEST_PHRASE = 3
_LONGEST_SWAP = 2
#: Texts are compared up to here: what somebody posts by hand may be very long.
_COMPARED = 2000
#: Always written with a capital, and no name.
_NO_NAMES = re.compile(r"I(?:'\w+)?\Z")


@lru_cache(maxsize=8)
def word_list(name: str) -> frozenset[str]:
    """Return a list of habits.toml."""
    lists = tomllib.loads(Path(__file__).with_name("habits.toml").read_text("utf-8"))
    return frozenset(lists[name].split())


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a text: as compared, where it stands, whether it can be part of a habit."""

    form: str
    start: int
    end: int
    fact: bool

    @property
    def common(self) -> bool:
        return self.form in word_list("common")


def changes(before: str, after: str) -> list[list[str]]:
    """Return what was changed word by word, as [tag, removed, added]; the tags are difflib's."""
    olds, news = before[:_COMPARED].split(), after[:_COMPARED].split()
    matcher = difflib.SequenceMatcher(None, olds, news, autojunk=False)
    return [
        [tag, " ".join(olds[i1:i2]), " ".join(news[j1:j2])]
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        if tag != "equal"
    ]


def dropped_phrases(before: str, after: str) -> set[str]:
    """Return the phrases of one to three words that an edit took out and did not put back.

    A text that was written anew tells nothing about single words: at least half of the
    suggestion's words must have stayed. Names, numbers and words everybody needs are left out.
    """
    olds, news = _words(before), _words(after)
    found: set[str] = set()
    for tag, i1, i2, _, _ in _steps(olds, news):
        if tag in {"delete", "replace"}:
            found |= {
                phrase
                for phrase, words in _phrases(before, olds[i1:i2])
                if not (words[0].common and words[-1].common)
            }
    return {phrase for phrase in found if not holds_phrase(after, phrase)}


def swapped_phrases(before: str, after: str) -> set[tuple[str, str]]:
    """Return the pairs of at most two words each, of which an edit put one for the other."""
    olds, news = _words(before), _words(after)
    found = set()
    for tag, i1, i2, j1, j2 in _steps(olds, news):
        gone, come = olds[i1:i2], news[j1:j2]
        if tag != "replace" or len(gone) > _LONGEST_SWAP or len(come) > _LONGEST_SWAP:
            continue
        if any(word.fact for word in (*gone, *come)) or all(word.common for word in gone):
            continue
        pair = (" ".join(w.form for w in gone), " ".join(w.form for w in come))
        if not holds_phrase(after, pair[0]):
            found.add(pair)
    return found


def holds_phrase(text: str, phrase: str) -> bool:
    """Tell whether a text holds the words of a phrase in a row, or its signs when it has none."""
    wanted = in_a_row(phrase)
    if not wanted.strip():
        return phrase.casefold() in text.casefold()
    return wanted in in_a_row(text)


def in_a_row(text: str) -> str:
    """Return a text's words as they are compared, a blank around each: phrases are parts of it."""
    return f" {' '.join(word.form for word in _words(text))} "


def ends_tell(phrase: str) -> int:
    """Return how many of a phrase's two ends are words that tell something."""
    words = phrase.split()
    common = word_list("common")
    return (words[0] not in common) + (words[-1] not in common)


def _steps(
    olds: Sequence[_Word], news: Sequence[_Word]
) -> Sequence[tuple[str, int, int, int, int]]:
    """Return difflib's steps from one text to the other; none when it was written anew."""
    matcher = difflib.SequenceMatcher(
        None, [word.form for word in olds], [word.form for word in news], autojunk=False
    )
    stayed = sum(block.size for block in matcher.get_matching_blocks())
    return matcher.get_opcodes() if stayed * 2 >= len(olds) else ()


def _phrases(text: str, run: Sequence[_Word]) -> Iterator[tuple[str, Sequence[_Word]]]:
    whole = _comparable(text)
    for at in range(len(run)):
        for size in range(1, _LONGEST_PHRASE + 1):
            words = run[at : at + size]
            if len(words) < size or any(word.fact for word in words):
                break
            between = whole[words[-2].end : words[-1].start] if size > 1 else ""
            if between.strip():
                break
            yield " ".join(word.form for word in words), words


@lru_cache(maxsize=256)
def _words(text: str) -> tuple[_Word, ...]:
    whole = _comparable(text)
    return tuple(
        _Word(found.group().casefold(), found.start(), found.end(), _is_fact(whole, found))
        for found in _WORD.finditer(whole)
    )


def _comparable(text: str) -> str:
    """Return the plain form of a text, with blanks where addresses, handles and tags stand."""
    return _NO_WORDS.sub(lambda found: " " * len(found.group()), plain(text[:_COMPARED]))


def _is_fact(whole: str, found: re.Match[str]) -> bool:
    """Tell whether a word is a number or, within a sentence, written like a name."""
    word = found.group()
    if word[0].isdigit():
        return True
    if not word[0].isupper() or _NO_NAMES.match(word):
        return False
    return not _SENTENCE_ENDS.search(whole[max(0, found.start() - 12) : found.start()])
