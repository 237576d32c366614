"""Take a person's handle and id out of what others wrote, wherever words are stored."""

from collections.abc import Sequence

import patterns as re
from domain import Person
from storage.db.database import Transaction

#: What stands in the handle's place.
BLANK = "@…"

#: Every column that holds words, by table and key. A test looks at the schema for columns that
#: are missing here.
WORDS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("posts", ("id",), ("text",)),
    ("mentions", ("id",), ("reason", "note", "advice_why")),
    ("history", ("id",), ("reason",)),
    ("suggestions", ("id",), ("text", "checks")),
    ("decisions", ("id",), ("text", "change")),
    ("replies", ("id",), ("text", "reason")),
    ("edits", ("decision_id",), ("before_text", "after_text", "changes", "traits")),
    ("answers", ("mention_id",), ("their_text", "our_text")),
    ("set_asides", ("mention_id",), ("text", "why")),
    ("thread_answers", ("key",), ("note", "fact")),
    ("person_notes", ("id",), ("text",)),
    ("proposals", ("id",), ("rule", "evidence", "trait")),
    (
        "voices",
        ("version",),
        (
            *("who", "how", "facts", "avoid", "use_words", "signs", "hand_over"),
            *("refund_limit", "rules", "silenced", "changed", "lines_by"),
        ),
    ),
    ("voice_offers", ("id",), ("voice", "evidence")),
    ("playbooks", ("version",), ("answers",)),
    ("digests", ("day", "kind"), ("facts",)),
    ("notices", ("key",), ("sentence",)),
    ("jobs", ("id",), ("payload", "error")),
)


def posts_naming(tx: Transaction, person: Person) -> list[str]:
    """Return the ids of others' posts that name a person, or whose cards do."""
    params = {"id": person.id, "named": naming(person), "listed": f'%"{person.id}"%'}
    rows = tx.query(
        "SELECT id FROM posts WHERE author_id <> :id"
        " AND (lower(text) LIKE :named ESCAPE '!' OR mentioned_ids LIKE :listed)"
        " UNION SELECT mention_id AS id FROM suggestions WHERE lower(text) LIKE :named ESCAPE '!'"
        " UNION SELECT mention_id AS id FROM decisions WHERE lower(text) LIKE :named ESCAPE '!'"
        " ORDER BY id",
        params,
    )
    return [str(row["id"]) for row in rows]


def watches_naming(tx: Transaction, person: Person) -> list[str]:
    """Return the labels of the watches whose query names a person: only a member changes those."""
    rows = tx.query(
        "SELECT label FROM watches WHERE lower(query) LIKE :named ESCAPE '!' ORDER BY label",
        {"named": naming(person)},
    )
    return [str(row["label"]) for row in rows]


def redact_handle(tx: Transaction, person: Person) -> int:
    """Put a blank in the place of a person's @handle, wherever words are stored; return in how many rows.

    A handle without its @ may be any word, and stays.
    """
    if not person.seen:
        return _unlist(tx, person)
    handle = re.escape(person.handle)
    found = re.compile(
        rf"(?:https?://)?(?:www\.)?(?:x|twitter)\.com/{handle}\b|@{handle}\b", re.IGNORECASE
    )
    rows = sum(_redact(tx, *place, person, found) for place in WORDS)
    _unlist(tx, person)
    return rows


def _redact(
    tx: Transaction,
    table: str,
    key: Sequence[str],
    columns: Sequence[str],
    person: Person,
    found: re.Pattern[str],
) -> int:
    like = " OR ".join(f"lower({column}) LIKE :named ESCAPE '!'" for column in columns)
    rows = tx.query(
        f"SELECT {', '.join((*key, *columns))} FROM {table} WHERE {like}",  # noqa: S608 - names of this file
        {"named": naming(person)},
    )
    changed = 0
    for row in rows:
        texts = {c: None if row[c] is None else found.sub(BLANK, row[c]) for c in columns}
        if all(texts[column] == row[column] for column in columns):
            continue
        put = ", ".join(f"{column} = :{column}" for column in columns)
        where = " AND ".join(f"{name} = :{name}" for name in key)
        changed += tx.execute(
            f"UPDATE {table} SET {put} WHERE {where}",  # noqa: S608 - names of this file
            {**texts, **{name: row[name] for name in key}},
        )
    return changed


def _unlist(tx: Transaction, person: Person) -> int:
    """Take a person's id out of the lists of whom posts name."""
    listed = f'%"{person.id}"%'
    rows = tx.query(
        "SELECT id, mentioned_ids FROM posts WHERE mentioned_ids LIKE :listed", {"listed": listed}
    )
    for row in rows:
        left = re.sub(rf'"{person.id}"(?:, ?)?', "", row["mentioned_ids"])
        tx.execute(
            "UPDATE posts SET mentioned_ids = :left WHERE id = :id",
            {"id": row["id"], "left": re.sub(r", ?\]", "]", left)},
        )
    return len(rows)


def naming(person: Person) -> str:
    """Return what words that hold a person's handle are LIKE, in small letters, with `!` to escape."""
    return f"%{person.handle.lower().replace('_', '!_')}%"
