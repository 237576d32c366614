"""Step 9: what the figures are counted from.

Two narrow tables hold a row for each post of our own and for each mention, with just what
is counted; triggers keep them, so that they are right whatever the code writes
(docs/decisions/021-figures-from-narrow-tables.md).
"""

from storage.stats_facts import for_postgres, for_sqlite
from storage.step import Step

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

# minutes: how much of the business hours passed until the answer; filled in by work/stats.py,
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

STATS = Step(
    "0009_stats",
    both=_TABLES,
    sqlite=for_sqlite(),
    postgres=for_postgres(),
)
