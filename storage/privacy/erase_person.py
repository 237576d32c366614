"""Forget a person: everything of theirs goes, and where others named them a blank stays.

Of somebody who asked to be left alone, or whom the team muted, the id stays, so that they go on
being left alone.
"""

from collections import Counter

from domain import Person, ReplyState
from storage.db.database import Transaction
from storage.inbox import proposals
from storage.posts.redact import naming, redact_handle
from storage.privacy.erase_words import words_went
from storage.reports import digests

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
    ("mentions", "id"),
    ("quoted", "post_id"),
)
_TO_THEM = "(in_reply_to_author_id = :id OR in_reply_to_id IN (:ids))"
#: What else is theirs. A job that runs just now ends by itself: it finds nothing any more.
_OF_A_PERSON = (
    ("posts", f"author_id = :id OR (author_id = :account AND {_TO_THEM})"),
    ("person_notes", "person_id = :id"),
    ("billed_reads", "(kind = 'person' AND id = :id) OR (kind = 'post' AND id IN (:ids))"),
    ("jobs", "subject IN (:ids) AND lease_owner IS NULL"),
)


def posts_of(tx: Transaction, person_id: str) -> list[str]:
    """Return the ids of a person's stored posts."""
    rows = tx.query("SELECT id FROM posts WHERE author_id = :id ORDER BY id", {"id": person_id})
    return [str(row["id"]) for row in rows]


def is_being_answered(tx: Transaction, person: Person) -> bool:
    """Tell whether a reply to a person is on its way to X, or one that names them is approved.

    What was approved goes out as it was approved, or not at all: no word of it is changed.
    """
    row = tx.one(
        "SELECT r.id FROM replies r JOIN posts p ON p.id = r.mention_id"
        " WHERE (r.state = :sending AND p.author_id = :id) OR (r.state IN (:open)"
        " AND p.author_id <> :id AND lower(r.text) LIKE :named ESCAPE '!') LIMIT 1",
        {
            "sending": ReplyState.SENDING,
            "open": [ReplyState.APPROVED, ReplyState.SENDING],
            "id": person.id,
            "named": naming(person),
        },
    )
    return row is not None


def still_worked_on(tx: Transaction, post_ids: list[str]) -> bool:
    """Tell whether a job about one of the posts runs at this moment."""
    row = tx.one(
        "SELECT id FROM jobs WHERE subject IN (:ids) AND lease_owner IS NOT NULL LIMIT 1",
        {"ids": post_ids},
    )
    return row is not None


def forget_person(tx: Transaction, person: Person, account_id: str) -> dict[str, int]:
    """Remove a person everywhere; return how many rows went or lost their name, by table.

    Their posts and mentions go with all that hangs on them, our replies to them included. Where
    others named them, in posts or drafts or notes, the handle gives way to a blank.
    """
    gone: Counter[str] = Counter()
    theirs = posts_of(tx, person.id)
    if theirs:
        proposals.drop_evidence(tx, theirs)
        digests.forget_posts(tx, theirs, person_too=True)
        for table, column in _OF_A_MENTION:
            gone[table] += tx.execute(
                f"DELETE FROM {table} WHERE {column} IN (:ids)",  # noqa: S608 - names of this file
                {"ids": theirs},
            )
    gone["texts that named them"] += redact_handle(tx, person)
    params = {"id": person.id, "ids": theirs or [""], "account": account_id}
    for table, where in _OF_A_PERSON:
        held = {name: value for name, value in params.items() if f":{name}" in where}
        gone[table] += tx.execute(f"DELETE FROM {table} WHERE {where}", held)  # noqa: S608
    for column in ("in_reply_to_author_id", "quoted_author_id"):
        tx.execute(
            f"UPDATE posts SET {column} = NULL WHERE {column} = :id",  # noqa: S608
            {"id": person.id},
        )
    for column in ("in_reply_to_id", "quoted_id"):
        tx.execute(
            f"UPDATE posts SET {column} = NULL WHERE {column} IN (:ids)",  # noqa: S608
            {"ids": params["ids"]},
        )
    tx.execute(
        "UPDATE posts SET conversation_id = NULL WHERE conversation_id IN (:ids)",
        {"ids": params["ids"]},
    )
    tx.execute("UPDATE piles SET about_id = '' WHERE about_id IN (:ids)", {"ids": params["ids"]})
    gone["people"] += _forget_profile(tx, person)
    words_went(tx)
    return {table: number for table, number in gone.items() if number}


def _forget_profile(tx: Transaction, person: Person) -> int:
    """Remove the profile, or all of it but the id where they are left alone."""
    nobody = Person.unseen(person.id)
    tx.execute(
        "DELETE FROM opt_outs WHERE person_id = :id AND lifted_at IS NOT NULL", {"id": person.id}
    )
    kept = tx.execute(
        "UPDATE people SET handle = :handle, name = :name, picture_url = NULL, followers = NULL,"
        " read_at = NULL WHERE id = :id AND (muted = 1"
        " OR EXISTS (SELECT 1 FROM opt_outs WHERE person_id = :id))",
        {"id": person.id, "handle": nobody.handle, "name": nobody.name},
    )
    if kept:
        tx.execute("UPDATE opt_outs SET post_id = '' WHERE person_id = :id", {"id": person.id})
        return kept
    return tx.execute("DELETE FROM people WHERE id = :id", {"id": person.id})
