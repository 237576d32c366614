"""Step 1: people, posts, watches, mentions with their history, suggestions, decisions, replies."""

from storage.schema.step import Step

_PEOPLE = """
CREATE TABLE people (
    id text PRIMARY KEY,
    handle text NOT NULL,
    name text NOT NULL,
    picture_url text,
    followers bigint,
    muted bigint NOT NULL DEFAULT 0
)"""

_POSTS = """
CREATE TABLE posts (
    id text PRIMARY KEY,
    text text NOT NULL,
    author_id text NOT NULL REFERENCES people (id),
    created_at text NOT NULL,
    conversation_id text,
    in_reply_to_id text,
    in_reply_to_author_id text,
    quoted_id text,
    quoted_author_id text,
    repost bigint NOT NULL DEFAULT 0,
    mentioned_ids text NOT NULL DEFAULT '[]',
    language text
)"""

_WATCHES = """
CREATE TABLE watches (
    id text PRIMARY KEY,
    kind text NOT NULL,
    label text NOT NULL,
    query text NOT NULL,
    cap bigint NOT NULL,
    channel text,
    paused bigint NOT NULL DEFAULT 0,
    seen_id text,
    seen_at text
)"""

# No foreign key: a watch may be removed while its last poll is still being stored.
_WATCH_READS = """
CREATE TABLE watch_reads (
    watch_id text NOT NULL,
    day text NOT NULL,
    posts bigint NOT NULL,
    PRIMARY KEY (watch_id, day)
)"""

# came_from is the state before the last move, so that one UPDATE can tell it.
# watch_id has no foreign key: mentions outlive the watch that caught them.
_MENTIONS = """
CREATE TABLE mentions (
    id text PRIMARY KEY REFERENCES posts (id),
    kind text NOT NULL,
    watch_id text NOT NULL,
    watch_label text NOT NULL,
    state text NOT NULL,
    came_from text,
    lane text NOT NULL,
    caught_at text NOT NULL,
    changed_at text NOT NULL,
    folded bigint NOT NULL DEFAULT 0,
    assignee text,
    snoozed_until text,
    reason text,
    note text,
    practice bigint NOT NULL DEFAULT 0
)"""

_HISTORY = """
CREATE TABLE history (
    id text PRIMARY KEY,
    mention_id text NOT NULL REFERENCES mentions (id),
    place bigint NOT NULL,
    from_state text,
    to_state text NOT NULL,
    at text NOT NULL,
    reason text
)"""

_SUGGESTIONS = """
CREATE TABLE suggestions (
    id text PRIMARY KEY,
    mention_id text NOT NULL REFERENCES mentions (id),
    round bigint NOT NULL,
    place bigint NOT NULL,
    text text NOT NULL,
    source text NOT NULL,
    move text NOT NULL DEFAULT '',
    checks text NOT NULL DEFAULT '[]',
    prompt_version text,
    created_at text NOT NULL,
    UNIQUE (mention_id, round, place)
)"""

_DECISIONS = """
CREATE TABLE decisions (
    id text PRIMARY KEY,
    mention_id text NOT NULL REFERENCES mentions (id),
    place bigint NOT NULL,
    kind text NOT NULL,
    member_id text NOT NULL,
    member_name text NOT NULL,
    at text NOT NULL,
    text text,
    suggestion_id text REFERENCES suggestions (id),
    change text
)"""

_REPLIES = """
CREATE TABLE replies (
    id text PRIMARY KEY,
    mention_id text NOT NULL REFERENCES mentions (id),
    place bigint NOT NULL,
    decision_id text NOT NULL REFERENCES decisions (id),
    text text NOT NULL,
    state text NOT NULL,
    due_at text NOT NULL,
    member_id text NOT NULL,
    member_name text NOT NULL,
    attempted_at text,
    post_id text,
    reason text,
    looks bigint NOT NULL DEFAULT 0,
    duplicate bigint NOT NULL DEFAULT 0
)"""

# The last guard of "at most once": one reply of a mention is open or sent.
_ONE_OPEN_REPLY = """
CREATE UNIQUE INDEX one_open_reply ON replies (mention_id)
    WHERE state IN ('approved', 'sending', 'sent', 'unknown')
"""

MENTIONS = Step(
    "0001_mentions",
    both=(
        _PEOPLE,
        "CREATE INDEX people_by_handle ON people (lower(handle))",
        _POSTS,
        "CREATE INDEX posts_by_author ON posts (author_id, created_at)",
        "CREATE INDEX posts_by_parent ON posts (in_reply_to_id, author_id)",
        "CREATE INDEX posts_between ON posts (in_reply_to_author_id, author_id, created_at)",
        # Ids are numbers held as text: longer is larger.
        "CREATE INDEX posts_newest ON posts (author_id, length(id), id)",
        _WATCHES,
        _WATCH_READS,
        _MENTIONS,
        "CREATE INDEX mentions_by_state ON mentions (state, folded, changed_at)",
        "CREATE INDEX mentions_snoozed ON mentions (snoozed_until) WHERE state = 'snoozed'",
        _HISTORY,
        "CREATE INDEX history_by_mention ON history (mention_id, place)",
        _SUGGESTIONS,
        _DECISIONS,
        "CREATE INDEX decisions_by_mention ON decisions (mention_id, place)",
        "CREATE INDEX decisions_by_time ON decisions (at)",
        _REPLIES,
        _ONE_OPEN_REPLY,
        "CREATE INDEX replies_by_mention ON replies (mention_id, place)",
        "CREATE INDEX replies_by_state ON replies (state, attempted_at)",
    ),
)
