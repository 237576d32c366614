"""Forget words: what X or its age takes away is taken away, and the record stays.

What was decided, when and by whom, and what the figures count, keeps its rows.
"""

from collections.abc import Collection

from storage.db.database import Transaction
from storage.db.key_values import set_value, value
from storage.inbox import proposals

#: The mark that says that words went which may still lie in the file's free space.
WORDS_WENT = "words_went"
_UNDER_WAY = "being overwritten"

_ABOUT_A_MENTION = (
    "DELETE FROM answers WHERE mention_id IN (:ids)",
    # That a text was changed is counted; what it said goes.
    "UPDATE edits SET before_text = '', after_text = '', changes = '[]', traits = '[]' WHERE mention_id IN (:ids)",
    # Where a card was shown elsewhere this names the channel; else it quotes what was suggested.
    "UPDATE decisions SET change = NULL WHERE mention_id IN (:ids) AND kind <> 'escalate'",
    "UPDATE set_asides SET text = '', why = '' WHERE mention_id IN (:ids)",
    "UPDATE suggestions SET text = '', checks = '[]' WHERE mention_id IN (:ids)",
    "UPDATE thread_answers SET note = '', fact = NULL WHERE mention_id IN (:ids)",
    "UPDATE mentions SET note = NULL, advice_why = NULL WHERE id IN (:ids)",
    # Why something was set aside quotes what speaks against it.
    "UPDATE mentions SET reason = NULL WHERE id IN (:ids) AND state = 'set_aside'",
    "UPDATE history SET reason = NULL WHERE mention_id IN (:ids) AND to_state = 'set_aside'",
)


def forget_words(tx: Transaction, post_ids: Collection[str]) -> int:
    """Forget the words of posts, and what was drafted for them or quotes them; return how many.

    The rows stay, for the record of what was done and for the figures.
    """
    if not post_ids:
        return 0
    params = {"ids": sorted(post_ids)}
    proposals.drop_evidence(tx, post_ids)
    for statement in _ABOUT_A_MENTION:
        tx.execute(statement, params)
    words_went(tx)
    return tx.execute("UPDATE posts SET text = '' WHERE id IN (:ids) AND text <> ''", params)


def forget_gone(tx: Transaction, post_ids: Collection[str]) -> int:
    """Forget posts that are gone on X; return how many were known.

    A post with a mention keeps its row without words; any other is removed.
    """
    if not post_ids:
        return 0
    params = {"ids": sorted(post_ids)}
    kept = forget_words(tx, post_ids)
    removed = tx.execute(
        "DELETE FROM posts WHERE id IN (:ids)"
        " AND NOT EXISTS (SELECT 1 FROM mentions WHERE mentions.id = posts.id)",
        params,
    )
    return max(kept, removed)


def words_changed(tx: Transaction, post_id: str) -> None:
    """Bring every copy of a post's words up to date with the post, which was changed on X."""
    for statement in (
        "UPDATE set_asides SET text = (SELECT text FROM posts WHERE id = :id) WHERE mention_id = :id",
        "UPDATE answers SET their_text = (SELECT text FROM posts WHERE id = :id) WHERE mention_id = :id",
    ):
        tx.execute(statement, {"id": post_id})
    words_went(tx)


def words_went(tx: Transaction) -> None:
    """Note that words went: where they stood is overwritten soon (`Database.overwrite_forgotten`)."""
    set_value(tx, WORDS_WENT, "yes")


def begin_overwriting(tx: Transaction) -> bool:
    """Tell whether words went since the last time, and note that they are being overwritten."""
    if not value(tx, WORDS_WENT):
        return False
    set_value(tx, WORDS_WENT, _UNDER_WAY)
    return True


def overwritten(tx: Transaction) -> bool:
    """Note that all is overwritten; False when words went meanwhile."""
    if value(tx, WORDS_WENT) != _UNDER_WAY:
        return False
    set_value(tx, WORDS_WENT, "")
    return True
