"""Find what people wrote by its words: FTS5 on SQLite, tsvector on PostgreSQL."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from domain import Post, Span
from storage.database import Transaction
from storage.posts import POST_COLUMNS, read_post

_FROM = " FROM posts p JOIN people a ON a.id = p.author_id"
_WHERE = """
 WHERE p.created_at >= :begin AND p.created_at < :end AND p.text <> '' AND p.repost = 0
    AND p.author_id <> :account AND a.muted = 0
"""
_WITH_WORDS = {
    "sqlite": " AND p.id IN (SELECT CAST(rowid AS text) FROM posts_fts WHERE posts_fts MATCH :words)",
    "postgresql": " AND to_tsvector('simple', p.text) @@ to_tsquery('simple', :words)",
}
_ORDER = " ORDER BY length(p.id) DESC, p.id DESC LIMIT :limit"
#: Letters and digits only: nothing that either engine's query language could read.
_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 8
_LONGEST_WORD = 60
_PLURAL_FROM = 4


@dataclass(frozen=True, slots=True)
class Found:
    """The newest posts that fit, and how many there are by how many people."""

    posts: tuple[Post, ...] = ()
    number: int = 0
    people: int = 0


def find_posts(
    tx: Transaction,
    about: Sequence[str],
    span: Span,
    *,
    account_id: str,
    limit: int,
    any_word: bool = False,
) -> Found:
    """Return what others wrote in a span, newest first.

    Args:
        tx: the snapshot.
        about: words that a post holds, each as the beginning of one of its words; none: any post.
        span: when it was written.
        account_id: ours; what we wrote is left out.
        limit: so many posts at most; the counts are of all.
        any_word: one of the words is enough.
    """
    words = _query(tx.engine, about, any_word=any_word)
    params = {"begin": span.begin, "end": span.end, "account": account_id}
    where = _WHERE
    if words:
        where += _WITH_WORDS[tx.engine]
        params["words"] = words
    rows = tx.query("SELECT" + POST_COLUMNS + _FROM + where + _ORDER, {**params, "limit": limit})
    counted = tx.one(
        "SELECT COUNT(*) AS n, COUNT(DISTINCT p.author_id) AS people" + _FROM + where, params
    )
    return Found(
        tuple(read_post(row) for row in rows),
        int((counted and counted["n"]) or 0),
        int((counted and counted["people"]) or 0),
    )


def _query(engine: str, about: Sequence[str], *, any_word: bool) -> str:
    """Write the words for an engine: each the beginning of a word, plural or not."""
    words = [w.lower() for part in about for w in _WORD.findall(part)]
    kept = [_stem(w) for w in dict.fromkeys(words) if len(w) <= _LONGEST_WORD][:_MOST_WORDS]
    if engine == "sqlite":
        return (" OR " if any_word else " AND ").join(f'"{word}"*' for word in kept)
    return (" | " if any_word else " & ").join(f"'{word}':*" for word in kept)


def _stem(word: str) -> str:
    plural = len(word) >= _PLURAL_FROM and word.endswith("s") and not word.endswith("ss")
    return word[:-1] if plural else word
