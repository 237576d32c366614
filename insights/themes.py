"""What people talked about, without a model: words that several of them used.

Plain and deterministic: a word counts once for each person, so that nobody makes a theme
alone; words that are common in a language, or that everybody used all week, say nothing.
"""

import math
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

import patterns as re
from domain import Post, Theme
from insights.stop_words import STOP_WORDS

MOST = 3
_SHOWN = 2
#: So many people make a theme.
_PEOPLE = 2
#: A second word joins the title where so many of its posts have it, too.
_TOGETHER = 0.6
_MOST_WORDS = 3
_LONGEST_WORD = 24
_SHORTEST_WORD = 3
_ADDRESS_OR_HANDLE = re.compile(r"https?://\S+|\bwww\.\S+|[@＠]\w+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
#: A pair of words says more than either.
_PAIR_WEIGHT = 1.5

Terms = Mapping[str, frozenset[str]]


def themes_by_terms(
    posts: Sequence[Post], before: Sequence[str] = (), *, account_handle: str = ""
) -> tuple[Theme, ...]:
    """Return up to three themes, the one of most people first.

    Args:
        posts: those of a day, newest first.
        before: the texts of the week before: what was said then all along is nothing new.
        account_handle: our own name says nothing.
    """
    ours = frozenset(_WORD.findall(_folded(account_handle)))
    terms = {post.id: _terms(post.text, ours) for post in posts if post.text.strip()}
    usual = Counter(term for text in before for term in _terms(text, ours))
    left = {post.id: post for post in posts if post.id in terms}
    themes: list[Theme] = []
    while len(themes) < MOST:
        best = _best(left.values(), terms, usual, len(before))
        if best is None:
            break
        having = [post for post in left.values() if best in terms[post.id]]
        title = _title(best, having, terms)
        shown = _shown(having, title, terms)
        themes.append(Theme(" ".join(title), tuple(p.id for p in shown), len(having)))
        left = {key: post for key, post in left.items() if post not in having}
    return tuple(themes)


def _best(posts: Collection[Post], terms: Terms, usual: Mapping[str, int], week: int) -> str | None:
    """Return the term that speaks for most people, weighed against how usual it is."""
    people: dict[str, set[str]] = {}
    for post in posts:
        for term in terms[post.id]:
            people.setdefault(term, set()).add(post.author.id)
    scores = {
        term: len(who) * math.log(2 + (1 + week) / (1 + usual.get(term, 0))) * _weight(term)
        for term, who in people.items()
        if len(who) >= _PEOPLE
    }
    return min(scores, key=lambda term: (-scores[term], term), default=None)


def _weight(term: str) -> float:
    return _PAIR_WEIGHT if " " in term else 1.0


def _title(best: str, having: Sequence[Post], terms: Terms) -> list[str]:
    """Return the theme's words: its term, and what most of its posts have as well."""
    title = best.split()
    together = Counter(
        term for post in having for term in terms[post.id] if " " not in term and term not in title
    )
    authors = len({post.author.id for post in having})
    for term in sorted(together, key=lambda term: (-together[term], term)):
        by = {post.author.id for post in having if term in terms[post.id]}
        if len(title) >= _MOST_WORDS or len(by) < max(_PEOPLE, authors * _TOGETHER):
            break
        title.append(term)
    return title


def _shown(having: Sequence[Post], title: Sequence[str], terms: Terms) -> list[Post]:
    """Choose two posts of different people: those with most of the title's words, short ones."""
    ordered = sorted(
        having,
        key=lambda post: (-sum(w in terms[post.id] for w in title), len(post.text), post.id),
    )
    first_by: dict[str, Post] = {}
    for post in ordered:
        first_by.setdefault(post.author.id, post)
    return list(first_by.values())[:_SHOWN]


def _terms(text: str, ours: Collection[str]) -> frozenset[str]:
    """Return a text's telling words and pairs of neighbouring ones."""
    words = [_singular(word) for word in _words(text)]
    telling = [word if _tells(word, ours) else "" for word in words]
    pairs = (f"{a} {b}" for a, b in pairwise(telling) if a and b and a != b)
    return frozenset([*filter(None, telling), *pairs])


def _words(text: str) -> Iterator[str]:
    for found in _WORD.findall(_folded(_ADDRESS_OR_HANDLE.sub(" . ", text))):
        yield found.replace("’", "'").removesuffix("'s")


def _tells(word: str, ours: Collection[str]) -> bool:
    long_enough = _SHORTEST_WORD <= len(word) <= _LONGEST_WORD
    return long_enough and word not in STOP_WORDS and word not in ours


def _singular(word: str) -> str:
    """Fold the plural that most European languages write, so that "bikes" is "bike"."""
    plural = len(word) > _SHORTEST_WORD + 1 and word.endswith("s") and not word.endswith("ss")
    return word[:-1] if plural and word not in STOP_WORDS else word


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
