"""Forget words, and forget a person: what X or somebody asks to be removed is removed.

Words go and the record stays: what was decided, when and by whom, and what the figures count.
Of a person who is forgotten nothing stays but, where they asked to be left alone, their id.
"""

from collections import Counter
from collections.abc import Collection

from domain import Person
from storage.database import Transaction

_ABOUT_A_MENTION = (
    "DELETE FROM answers WHERE mention_id IN (:ids)",
    # That a text was changed is counted; what it said goes.
    "UPDATE edits SET before_text = '', after_text = '', changes = '[]', traits = '[]' WHERE mention_id IN (:ids)",
    "UPDATE set_asides SET text = '', why = '' WHERE mention_id IN (:ids)",
    "UPDATE suggestions SET text = '', checks = '[]' WHERE mention_id IN (:ids)",
    "UPDATE thread_answers SET note = '', fact = NULL WHERE mention_id IN (:ids)",
    "UPDATE mentions SET note = NULL, advice_why = NULL WHERE id IN (:ids)",
)
#: Tables that hang on a mention, those that others refer to last.
_OF_A_MENTION = (
    ("thread_answers", "mention_id"),
    ("held_cards", "mention_id"),
    ("piled", "mention_id"),
    ("set_asides", "mention_id"),
    ("answers", "mention_id"),
    ("edits", "mention_id"),
    ("replies", "mention_id"),
    ("decisions", "mention_id"),
    ("suggestions", "mention_id"),
    ("history", "mention_id"),
    ("waits", "mention_id"),
    ("mentions", "id"),
)


def forget_words(tx: Transaction, post_ids: Collection[str]) -> int:
    """Forget the words of posts, and what was drafted for them or quotes them; return how many.

    The rows stay, for the record of what was done and for the figures.
    """
    if not post_ids:
        return 0
    params = {"ids": sorted(post_ids)}
    for statement in _ABOUT_A_MENTION:
        tx.execute(statement, params)
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


def posts_of(tx: Transaction, person_id: str) -> list[str]:
    """Return the ids of a person's stored posts."""
    rows = tx.query("SELECT id FROM posts WHERE author_id = :id ORDER BY id", {"id": person_id})
    return [str(row["id"]) for row in rows]


def forget_person(tx: Transaction, person: Person, account_id: str) -> dict[str, int]:
    """Remove a person everywhere; return how many rows went, by table.

    Their posts and mentions go with all that hangs on them, our replies to them included. Posts
    of others that name them lose their words. Who asked to be left alone stays left alone: that
    one row keeps their id, and nothing else.
    """
    gone: Counter[str] = Counter()
    theirs = posts_of(tx, person.id)
    if theirs:
        for table, column in _OF_A_MENTION:
            gone[table] += tx.execute(
                f"DELETE FROM {table} WHERE {column} IN (:ids)",  # noqa: S608 - names of this file
                {"ids": theirs},
            )
    named = _naming(tx, person)
    gone["posts that name them (words only)"] += forget_words(tx, named)
    params = {"id": person.id, "ids": theirs or [""], "account": account_id}
    for table, where in (
        ("talk", "person_id = :id OR post_id IN (:ids)"),
        ("posts", "author_id = :id OR (in_reply_to_author_id = :id AND author_id = :account)"),
        ("person_notes", "person_id = :id"),
        ("billed_reads", "(kind = 'person' AND id = :id) OR (kind = 'post' AND id IN (:ids))"),
        ("jobs", "subject IN (:ids)"),
    ):
        held = {name: value for name, value in params.items() if f":{name}" in where}
        gone[table] += tx.execute(f"DELETE FROM {table} WHERE {where}", held)  # noqa: S608
    for column in ("in_reply_to_author_id", "quoted_author_id"):
        tx.execute(
            f"UPDATE posts SET {column} = NULL WHERE {column} = :id",  # noqa: S608
            {"id": person.id},
        )
    tx.execute("UPDATE piles SET about_id = '' WHERE about_id IN (:ids)", {"ids": params["ids"]})
    gone["people"] += _forget_profile(tx, person)
    return {table: number for table, number in gone.items() if number}


def _naming(tx: Transaction, person: Person) -> list[str]:
    """Return posts of others whose words name the person."""
    rows = tx.query(
        "SELECT id FROM posts WHERE author_id <> :id"
        " AND (lower(text) LIKE :named ESCAPE '!' OR mentioned_ids LIKE :listed)",
        {
            "id": person.id,
            "named": f"%@{person.handle.lower().replace('_', '!_')}%",
            "listed": f'%"{person.id}"%',
        },
    )
    ids = [str(row["id"]) for row in rows]
    if ids:
        tx.execute(
            "UPDATE posts SET mentioned_ids = '[]' WHERE id IN (:ids) AND author_id <> :id",
            {"ids": ids, "id": person.id},
        )
    return ids


def _forget_profile(tx: Transaction, person: Person) -> int:
    """Remove the profile, or all of it but the id where an opt-out hangs on it."""
    nobody = Person.unseen(person.id)
    kept = tx.execute(
        "UPDATE people SET handle = :handle, name = :name, picture_url = NULL, followers = NULL,"
        " read_at = NULL"
        " WHERE id = :id AND EXISTS (SELECT 1 FROM opt_outs WHERE person_id = :id)",
        {"id": person.id, "handle": nobody.handle, "name": nobody.name},
    )
    if kept:
        tx.execute("UPDATE opt_outs SET post_id = '' WHERE person_id = :id", {"id": person.id})
        return kept
    return tx.execute("DELETE FROM people WHERE id = :id", {"id": person.id})
