"""The narrow tables that figures are counted from: how their rows follow from what is stored.

One statement makes the rows of `talk`, one those of `waits`. Triggers run them for one post or
mention; `rebuild` runs them for all. Step 9 of the schema wrote them into the database: a change
here needs a new step that makes the triggers anew.
"""

from storage.database import Transaction
from storage.marks import ACCOUNT_ID, mark, set_mark

_ACCOUNT = "(SELECT value FROM marks WHERE name = 'account_id')"
_SECONDS = {
    "sqlite": "CAST(strftime('%s', {time}) AS integer)",
    "postgresql": "CAST(FLOOR(EXTRACT(EPOCH FROM CAST({time} AS timestamptz))) AS bigint)",
}
#: The mark that names the account whose posts the tables hold.
FACTS_OF = "facts_of"

# Our own posts. What answers ourselves is about ourselves. Somebody spoke to us when their
# post answers, quotes or names the account. "?" is replaced by what to look at.
_TALK = """
INSERT INTO talk (post_id, at, kind, person_id, conversation_id, heard, answered_back, move, by_hand)
SELECT own.id, {own_at},
    CASE WHEN own.in_reply_to_id IS NOT NULL
            AND COALESCE(own.in_reply_to_author_id, above.author_id, '') <> own.author_id
            THEN 'reply'
        WHEN own.linked = 1 THEN 'link' ELSE 'plain' END,
    CASE WHEN COALESCE(own.in_reply_to_author_id, above.author_id) <> own.author_id
        THEN COALESCE(own.in_reply_to_author_id, above.author_id) END,
    COALESCE(own.conversation_id, above.conversation_id, own.in_reply_to_id),
    CASE WHEN above.author_id <> own.author_id AND (
            above.in_reply_to_author_id = own.author_id OR above.quoted_author_id = own.author_id
            OR above.mentioned_ids LIKE '%"' || own.author_id || '"%') THEN 1 ELSE 0 END,
    CASE WHEN EXISTS (SELECT 1 FROM posts below
            WHERE below.in_reply_to_id = own.id AND below.author_id <> own.author_id)
        THEN 1 ELSE 0 END,
    COALESCE(w.move, ''),
    CASE WHEN EXISTS (SELECT 1 FROM replies r WHERE r.post_id = own.id) THEN 0 ELSE 1 END
FROM posts own
LEFT JOIN posts above ON above.id = own.in_reply_to_id
LEFT JOIN waits w ON w.mention_id = own.in_reply_to_id
WHERE own.author_id = {account} AND own.repost = 0 AND {which}
ON CONFLICT (post_id) DO UPDATE SET
    at = excluded.at, kind = excluded.kind, person_id = excluded.person_id,
    conversation_id = excluded.conversation_id, heard = excluded.heard,
    answered_back = excluded.answered_back, move = excluded.move, by_hand = excluded.by_hand
"""

# Answered is what our own post stands below, or what a member says they posted. `choice` is what
# became of the suggestion: the last decision that took a text, let go, or took back.
# || '' keeps SQLite from walking through all our posts to find the first: few answer one mention.
_WAITS = """
INSERT INTO waits (mention_id, asked_at, outcome, answered_at, minutes, choice, move)
SELECT m.id, {asked_at},
    CASE WHEN m.first_answer IS NOT NULL OR m.state = 'answered' THEN 'answered'
        WHEN m.state = 'skipped' THEN 'skipped'
        WHEN m.state IN ('set_aside', 'gone') OR (m.state = 'new' AND m.folded = 1) THEN 'aside'
        ELSE 'open' END,
    CASE WHEN m.first_answer IS NOT NULL THEN {answer_at}
        WHEN m.state = 'answered' THEN {changed_at} END,
    NULL,
    CASE WHEN d.kind = 'skip' THEN 'skipped'
        WHEN d.kind IN ('approve', 'edit', 'use', 'posted') THEN
            CASE WHEN d.kind = 'edit'
                OR EXISTS (SELECT 1 FROM edits e WHERE e.decision_id = d.id)
                THEN 'edited' ELSE 'as_was' END
        ELSE '' END,
    CASE WHEN d.kind = 'skip' THEN '' ELSE COALESCE(s.move, '') END
FROM (
    SELECT caught.id, caught.state, caught.folded, caught.changed_at, asked.created_at,
        (SELECT MIN(own.created_at) FROM posts own
            WHERE own.in_reply_to_id = caught.id AND own.author_id || '' = {account})
            AS first_answer,
        (SELECT took.id FROM decisions took
            WHERE took.mention_id = caught.id
                AND (took.kind IN ('approve', 'edit', 'use', 'skip', 'undo', 'bring_back')
                    OR (took.kind = 'posted' AND took.suggestion_id IS NOT NULL))
            ORDER BY took.place DESC, took.at DESC LIMIT 1) AS decision_id
    FROM mentions caught JOIN posts asked ON asked.id = caught.id
    WHERE {which}
) AS m
LEFT JOIN decisions d ON d.id = m.decision_id
LEFT JOIN suggestions s ON s.id = d.suggestion_id
WHERE 1 = 1
ON CONFLICT (mention_id) DO UPDATE SET
    asked_at = excluded.asked_at, outcome = excluded.outcome, answered_at = excluded.answered_at,
    choice = excluded.choice, move = excluded.move,
    minutes = CASE WHEN waits.asked_at = excluded.asked_at
            AND COALESCE(waits.answered_at, -1) = COALESCE(excluded.answered_at, -1)
        THEN waits.minutes END
"""

_THE_POST = "own.id = NEW.id"
_OUR_ANSWERS = "own.in_reply_to_id = {mention}"
_POST_ABOVE = "own.id = NEW.in_reply_to_id"
_THE_MENTION = "caught.id = {mention}"


def _talk(engine: str, which: str) -> str:
    return _TALK.format(
        own_at=_SECONDS[engine].format(time="own.created_at"), account=_ACCOUNT, which=which
    )


def _waits(engine: str, which: str) -> str:
    seconds = _SECONDS[engine]
    return _WAITS.format(
        asked_at=seconds.format(time="m.created_at"),
        answer_at=seconds.format(time="m.first_answer"),
        changed_at=seconds.format(time="m.changed_at"),
        account=_ACCOUNT,
        which=which,
    )


def _bodies(engine: str) -> dict[str, tuple[str, ...]]:
    """Return what each trigger does, by the event that fires it."""
    # The mention first: our reply's row tells its move.
    of_post = (
        _waits(engine, _THE_MENTION.format(mention="NEW.in_reply_to_id")),
        _talk(engine, _THE_POST),
        _talk(engine, _POST_ABOVE),
        _talk(engine, _OUR_ANSWERS.format(mention="NEW.id")),
    )
    of_mention = (
        _waits(engine, _THE_MENTION.format(mention="NEW.mention_id")),
        _talk(engine, _OUR_ANSWERS.format(mention="NEW.mention_id")),
    )
    return {
        "AFTER INSERT ON posts": of_post,
        "AFTER UPDATE ON posts": of_post,
        "AFTER DELETE ON posts": ("DELETE FROM talk WHERE post_id = OLD.id",),
        "AFTER INSERT ON mentions": (_waits(engine, _THE_MENTION.format(mention="NEW.id")),),
        "AFTER UPDATE ON mentions": (_waits(engine, _THE_MENTION.format(mention="NEW.id")),),
        "AFTER DELETE ON mentions": ("DELETE FROM waits WHERE mention_id = OLD.id",),
        "AFTER INSERT ON decisions": of_mention,
        "AFTER INSERT ON edits": of_mention,
        "AFTER INSERT ON replies": (_talk(engine, "own.id = NEW.post_id"),),
        "AFTER UPDATE ON replies": (_talk(engine, "own.id = NEW.post_id"),),
    }


def _name(event: str) -> str:
    return "facts_" + event.lower().replace(" on ", "_").replace("after ", "")


def for_sqlite() -> tuple[str, ...]:
    """Return the statements that make the triggers and the first rows on SQLite."""
    triggers = tuple(
        f"CREATE TRIGGER {_name(event)} {event} BEGIN\n{';'.join(bodies)};\nEND"
        for event, bodies in _bodies("sqlite").items()
    )
    return (*triggers, *all_rows("sqlite"))


def for_postgres() -> tuple[str, ...]:
    """Return the statements that make the triggers and the first rows on PostgreSQL."""
    made: list[str] = []
    for event, bodies in _bodies("postgresql").items():
        name = _name(event)
        steps = ";".join(bodies)
        made.append(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body$\n"
            f"BEGIN\n{steps};\nRETURN NULL;\nEND $body$"
        )
        made.append(f"CREATE TRIGGER {name} {event} FOR EACH ROW EXECUTE FUNCTION {name}()")
    return (*made, *all_rows("postgresql"))


def all_rows(engine: str) -> tuple[str, str]:
    """Return the statements that make every row of both tables."""
    return _waits(engine, "1 = 1"), _talk(engine, "1 = 1")


def rebuild(tx: Transaction) -> None:
    """Make both tables anew from what is stored."""
    tx.execute("DELETE FROM talk")
    tx.execute("DELETE FROM waits")
    for statement in all_rows(tx.engine):
        tx.execute(statement)
    set_mark(tx, FACTS_OF, mark(tx, ACCOUNT_ID) or "")


def are_of_this_account(tx: Transaction) -> bool:
    """Tell whether the tables hold the posts of the account that Greenroom now speaks with."""
    return (mark(tx, FACTS_OF) or "") == (mark(tx, ACCOUNT_ID) or "")
