"""Find what people wrote by its words: FTS5 on SQLite, tsvector on PostgreSQL."""

from collections.abc import Sequence
from dataclasses import dataclass

import patterns as re
from domain import MentionState, Post, Span
from storage.db.database import Transaction
from storage.posts.posts import POST_COLUMNS, read_post

_FROM = " FROM posts p JOIN people a ON a.id = p.author_id"
_WHERE = """
 WHERE p.created_at >= :begin AND p.created_at < :end AND p.text <> '' AND p.repost = 0
"""
_BY_OTHERS = " AND p.author_id <> :account AND a.muted = 0"
# What went into a pile-on is set aside too, but it is what people said.
_SET_ASIDE = """EXISTS (SELECT 1 FROM mentions m WHERE m.id = p.id AND m.state = :aside
    AND NOT EXISTS (SELECT 1 FROM piled WHERE piled.mention_id = m.id))"""
_NEVER = "(:aside = '')"
#: Whoever asks for one person by name means to read them, muted or not.
_BY_ONE = " AND p.author_id = :author"
_WITH_WORDS = {
    "sqlite": " AND p.id IN (SELECT CAST(rowid AS text) FROM posts_fts WHERE posts_fts MATCH :words)",
    "postgresql": " AND to_tsvector('simple', p.text) @@ to_tsquery('simple', :words)",
}
_ORDER = " ORDER BY p.created_at DESC, length(p.id) DESC, p.id DESC LIMIT :limit"
# Everything that fits is counted in one pass.
_COUNT = """
SELECT COUNT(*) - COUNT(aside) AS number, COUNT(aside) AS aside,
    COUNT(DISTINCT CASE WHEN aside IS NULL THEN author END) AS people
FROM (SELECT p.author_id AS author, CASE WHEN {aside} THEN 1 END AS aside {found}) AS fitting
"""
_COUNTS = ("number", "people", "aside")
#: Letters and digits only: nothing that either engine's query language could read.
_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 8
_LONGEST_WORD = 60
_PLURAL_FROM = 4


@dataclass(frozen=True, slots=True)
class PostsFound:
    """The newest posts that fit, and how many there are by how many people.

    `aside` counts those that were set aside; they are neither among the posts nor in `number`.
    """

    posts: tuple[Post, ...] = ()
    number: int = 0
    people: int = 0
    aside: int = 0


def find_posts(
    tx: Transaction,
    about: Sequence[str],
    span: Span,
    *,
    account_id: str,
    limit: int,
    any_word: bool = False,
    author_id: str | None = None,
) -> PostsFound:
    """Return what others wrote in a span, newest first.

    Args:
        tx: the snapshot.
        about: words that a post holds, each as the beginning of one of its words; none: any post.
        span: when it was written.
        account_id: ours; what we wrote is left out.
        limit: so many posts at most; the counts are of all.
        any_word: one of the words is enough.
        author_id: who wrote it, set aside or not; None: anybody but us and those who are muted.
    """
    words = _query(tx.engine, about, any_word=any_word)
    by = {"account": account_id} if author_id is None else {"author": author_id}
    params = {"begin": span.begin, "end": span.end, **by}
    where = _WHERE + (_BY_OTHERS if author_id is None else _BY_ONE)
    if words:
        where += _WITH_WORDS[tx.engine]
        params["words"] = words
    aside = _SET_ASIDE if author_id is None else _NEVER
    params["aside"] = MentionState.SET_ASIDE
    listed = where + f" AND NOT {aside}" + _ORDER
    rows = tx.query("SELECT" + POST_COLUMNS + _FROM + listed, {**params, "limit": limit})
    counted = tx.one(_COUNT.format(aside=aside, found=_FROM + where), params)
    number, wrote, laid_aside = (int(counted[n]) for n in _COUNTS) if counted else (0, 0, 0)
    return PostsFound(tuple(read_post(row) for row in rows), number, wrote, laid_aside)


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
