"""Step 4: the whole voice, advice on a mention, what is set aside, edits and proposed rules."""

from storage.schema.step import Step

# day_hour is the UTC hour (2026-11-24T15) whose line names the post.
_SET_ASIDES = """
CREATE TABLE set_asides (
    mention_id text PRIMARY KEY REFERENCES mentions (id),
    watch_id text NOT NULL,
    author_id text NOT NULL,
    rule text NOT NULL,
    why text NOT NULL,
    text text NOT NULL,
    day_hour text NOT NULL,
    at text NOT NULL,
    brought_back_at text,
    brought_back_by text
)"""

# A voice that was worked out from answers or past replies and waits for somebody's yes.
_VOICE_OFFERS = """
CREATE TABLE voice_offers (
    id text PRIMARY KEY,
    origin text NOT NULL,
    voice text NOT NULL,
    evidence text NOT NULL,
    state text NOT NULL,
    asked_by text NOT NULL,
    at text NOT NULL,
    decided_at text,
    decided_by text
)"""

_EDITS = """
CREATE TABLE edits (
    decision_id text PRIMARY KEY REFERENCES decisions (id),
    mention_id text NOT NULL REFERENCES mentions (id),
    before_text text NOT NULL,
    after_text text NOT NULL,
    changes text NOT NULL,
    traits text NOT NULL,
    at text NOT NULL
)"""

_PROPOSALS = """
CREATE TABLE proposals (
    id text PRIMARY KEY,
    trait text NOT NULL,
    rule text NOT NULL,
    evidence text NOT NULL,
    state text NOT NULL,
    at text NOT NULL,
    decided_at text,
    member_id text,
    member_name text
)"""

VOICE = Step(
    "0004_voice",
    both=(
        "ALTER TABLE voices ADD COLUMN use_words text NOT NULL DEFAULT '[]'",
        "ALTER TABLE voices ADD COLUMN signs text NOT NULL DEFAULT '[]'",
        "ALTER TABLE voices ADD COLUMN hand_over text",
        "ALTER TABLE voices ADD COLUMN refund_limit text",
        "ALTER TABLE voices ADD COLUMN rules text NOT NULL DEFAULT '[]'",
        "ALTER TABLE voices ADD COLUMN silenced text NOT NULL DEFAULT '[]'",
        "ALTER TABLE voices ADD COLUMN member_name text NOT NULL DEFAULT ''",
        "ALTER TABLE voices ADD COLUMN changed text NOT NULL DEFAULT ''",
        "ALTER TABLE playbooks ADD COLUMN member_name text NOT NULL DEFAULT ''",
        "ALTER TABLE mentions ADD COLUMN advice text",
        "ALTER TABLE mentions ADD COLUMN advice_why text",
        _SET_ASIDES,
        "CREATE INDEX set_asides_by_hour ON set_asides (day_hour, at)",
        "CREATE INDEX set_asides_taught ON set_asides (watch_id, brought_back_at)",
        # A pile-on is seen by what a watch caught in the last hour.
        "CREATE INDEX mentions_by_watch ON mentions (watch_id, caught_at)",
        _VOICE_OFFERS,
        _EDITS,
        "CREATE INDEX edits_by_time ON edits (at)",
        _PROPOSALS,
        "CREATE UNIQUE INDEX one_open_proposal ON proposals (trait) WHERE state = 'open'",
    ),
)
