"""Answers that the team took before, found by the words that they answered.

The one subject where the engines differ: FTS5 on SQLite, tsvector on PostgreSQL.
"""

from datetime import datetime

import patterns as re
from domain import MentionState
from storage.db.database import Transaction

_KEEP = """
INSERT INTO answers (mention_id, their_text, our_text, at)
VALUES (:id, (SELECT text FROM posts WHERE id = :id), :our_text, :at)
ON CONFLICT (mention_id) DO UPDATE SET our_text = excluded.our_text, at = excluded.at
"""

#: Mentions whose taken text still stands.
_STANDING = (
    MentionState.ANSWERED,
    MentionState.APPROVED,
    MentionState.SENDING,
    MentionState.BY_HAND,
)

_FIND = {
    "sqlite": """
        SELECT answers.mention_id, answers.their_text, answers.our_text
        FROM answers_fts JOIN answers ON answers.number = answers_fts.rowid
        JOIN mentions ON mentions.id = answers.mention_id
        WHERE answers_fts MATCH :words AND mentions.state IN (:states)
        ORDER BY answers_fts.rank, answers.at DESC LIMIT :limit
    """,
    "postgresql": """
        SELECT answers.mention_id, answers.their_text, answers.our_text
        FROM answers JOIN mentions ON mentions.id = answers.mention_id,
            to_tsquery('simple', :words) AS wanted
        WHERE answers.words @@ wanted AND mentions.state IN (:states)
        ORDER BY ts_rank(answers.words, wanted) DESC, answers.at DESC LIMIT :limit
    """,
}
_OR = {"sqlite": " OR ", "postgresql": " | "}
_QUOTE = {"sqlite": '"', "postgresql": "'"}

_ADDRESS_OR_HANDLE = re.compile(r"https?://\S+|@\w+")
#: Letters and digits only: nothing that either engine's query language could read.
_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 16
_LONGEST_WORD = 60
_SHORTEST_WORD = 3


def keep_answer(tx: Transaction, mention_id: str, our_text: str, at: datetime) -> None:
    """Keep the text that was taken as the answer to a mention; a later one replaces it."""
    tx.execute(_KEEP, {"id": mention_id, "our_text": our_text, "at": at})


def withdraw_answer(tx: Transaction, mention_id: str) -> None:
    """Drop the text that was taken, because the approval was taken back."""
    tx.execute("DELETE FROM answers WHERE mention_id = :id", {"id": mention_id})


def similar_answered(tx: Transaction, text: str, limit: int = 3) -> list[tuple[str, str]]:
    """Return pairs of a post and the text that was approved for it, most similar first."""
    return [(theirs, ours) for _, theirs, ours in answered_alike(tx, text, limit)]


def answered_alike(tx: Transaction, text: str, limit: int = 3) -> list[tuple[str, str, str]]:
    """Return the mention, its post and the text approved for it, most similar first.

    `text` may be anything: only its words are looked for, never its signs.
    """
    words = _telling_words(text)
    if not words:
        return []
    quote = _QUOTE[tx.engine]
    query = _OR[tx.engine].join(f"{quote}{word}{quote}" for word in words)
    rows = tx.query(_FIND[tx.engine], {"words": query, "states": _STANDING, "limit": limit})
    return [(row["mention_id"], row["their_text"], row["our_text"]) for row in rows]


def _telling_words(text: str) -> list[str]:
    """Return the longest words of a text, which tell most; short ones only if all are short."""
    words = {w.lower() for w in _WORD.findall(_ADDRESS_OR_HANDLE.sub(" ", text))}
    fitting = [w for w in words if len(w) <= _LONGEST_WORD]
    long = [w for w in fitting if len(w) >= _SHORTEST_WORD]
    return sorted(long or fitting, key=lambda w: (-len(w), w))[:_MOST_WORDS]
