"""Step 11: pile-ons, and which posts went into them."""

from storage.schema.step import Step

# `rule` is words (nearly the same said by many) or replies (many answers to one post);
# `about_id` the post that is answered, or the first one that was piled.
_PILES = """
CREATE TABLE piles (
    id text PRIMARY KEY,
    rule text NOT NULL,
    watch_id text NOT NULL,
    about_id text NOT NULL,
    shown bigint NOT NULL,
    began_at text NOT NULL,
    last_at text NOT NULL,
    closed_at text,
    closed_by text
)"""

_PILED = """
CREATE TABLE piled (
    mention_id text PRIMARY KEY REFERENCES mentions (id),
    pile_id text NOT NULL REFERENCES piles (id),
    at text NOT NULL
)"""

# Two mentions of one watch that are piled at once wait for each other at its row.
_TURNS = "CREATE TABLE pile_turns (watch_id text PRIMARY KEY, taken bigint NOT NULL)"

PILES = Step(
    "0011_piles",
    both=(
        _PILES,
        "CREATE INDEX piles_by_time ON piles (watch_id, last_at)",
        _PILED,
        "CREATE INDEX piled_by_pile ON piled (pile_id, at)",
        _TURNS,
    ),
)
