"""Steps 9 and 21: what the figures are counted from; the tables and triggers of step 9 went again.

Step 9 made two narrow tables and triggers that kept them. Step 21 takes them away: figures are
counted from what is stored (docs/decisions/046-figures-by-plain-sql.md).
"""

from storage.schema.step import Step

# at: seconds since 1970, UTC. heard: it answers something that was said to us.
# answered_back: somebody wrote below it. by_hand: it did not go out through Greenroom.
_TALK = """
CREATE TABLE talk (
    post_id text PRIMARY KEY,
    at bigint NOT NULL,
    kind text NOT NULL,
    person_id text,
    conversation_id text,
    heard bigint NOT NULL,
    answered_back bigint NOT NULL,
    move text NOT NULL,
    by_hand bigint NOT NULL
)"""

# minutes: how much of the business hours passed until the answer; filled in by jobs/reports/stats.py,
# because only Python knows hours and zones.
_WAITS = """
CREATE TABLE waits (
    mention_id text PRIMARY KEY,
    asked_at bigint NOT NULL,
    outcome text NOT NULL,
    answered_at bigint,
    minutes bigint,
    choice text NOT NULL,
    move text NOT NULL
)"""

_ACCOUNT_DAYS = """
CREATE TABLE account_days (
    day text PRIMARY KEY,
    followers bigint NOT NULL,
    at text NOT NULL
)"""

_TABLES = (
    # A link that leads away from X; a picture is none.
    "ALTER TABLE posts ADD COLUMN linked bigint NOT NULL DEFAULT 0",
    "CREATE INDEX replies_by_post ON replies (post_id) WHERE post_id IS NOT NULL",
    _TALK,
    "CREATE INDEX talk_by_kind ON talk (kind, at)",
    "CREATE INDEX talk_by_answer ON talk (kind, answered_back, at)",
    "CREATE INDEX talk_by_hand ON talk (kind, by_hand, at)",
    "CREATE INDEX talk_by_move ON talk (move, answered_back, at) WHERE move <> ''",
    # In the order of people: who talked with us is counted without sorting.
    "CREATE INDEX talk_by_person ON talk (heard, person_id, conversation_id, at)",
    _WAITS,
    "CREATE INDEX waits_by_outcome ON waits (outcome, choice, asked_at)",
    "CREATE INDEX waits_by_minutes ON waits (outcome, minutes, asked_at)",
    _ACCOUNT_DAYS,
)

_ACCOUNT = "(SELECT value FROM marks WHERE name = 'account_id')"
_SECONDS = {
    "sqlite": "CAST(strftime('%s', {time}) AS integer)",
    "postgresql": "CAST(FLOOR(EXTRACT(EPOCH FROM CAST({time} AS timestamptz))) AS bigint)",
}

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


def _for_sqlite() -> tuple[str, ...]:
    """Return the statements that make the triggers and the first rows on SQLite."""
    triggers = tuple(
        f"CREATE TRIGGER {_name(event)} {event} BEGIN\n{';'.join(bodies)};\nEND"
        for event, bodies in _bodies("sqlite").items()
    )
    return (*triggers, *_all_rows("sqlite"))


def _for_postgres() -> tuple[str, ...]:
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
    return (*made, *_all_rows("postgresql"))


def _all_rows(engine: str) -> tuple[str, str]:
    """Return the statements that make every row of both tables."""
    return _waits(engine, "1 = 1"), _talk(engine, "1 = 1")


STATS = Step(
    "0009_stats",
    both=_TABLES,
    sqlite=_for_sqlite(),
    postgres=_for_postgres(),
)

# Nobody ever wrote into members.
_PLAIN = (
    "DROP TABLE talk",
    "DROP TABLE waits",
    "DROP TABLE members",
    "DELETE FROM marks WHERE name IN ('facts_of', 'hours_of_waits')",
    # When it was posted on X, as its post tells: X never changes that.
    "ALTER TABLE mentions ADD COLUMN asked_at text NOT NULL DEFAULT ''",
    "UPDATE mentions SET asked_at = (SELECT created_at FROM posts WHERE posts.id = mentions.id)",
    "CREATE INDEX mentions_by_asking ON mentions (asked_at, state, folded, id)",
    # All that the figures ask of a decision stands in the index.
    "DROP INDEX decisions_by_mention",
    """CREATE INDEX decisions_by_mention
        ON decisions (mention_id, place, at, id, kind, suggestion_id)""",
)

PLAIN_FIGURES = Step(
    "0021_plain_figures",
    sqlite=(*(f"DROP TRIGGER {_name(event)}" for event in _bodies("sqlite")), *_PLAIN),
    postgres=(
        *(f"DROP FUNCTION {_name(event)}() CASCADE" for event in _bodies("postgresql")),
        *_PLAIN,
    ),
)
