"""Step 16: which of our messages quote which posts, so that a post that is gone goes from them."""

from storage.schema.step import Step

# Only messages that are no mention's card and keep no record of what they show: answers to
# questions, a day's summary on request. No foreign keys: both sides may go before the row does.
_QUOTED = """
CREATE TABLE quoted (
    key text NOT NULL,
    post_id text NOT NULL,
    PRIMARY KEY (key, post_id)
)"""

QUOTED = Step(
    "0016_quoted",
    both=(_QUOTED, "CREATE INDEX quoted_by_post ON quoted (post_id)"),
)
