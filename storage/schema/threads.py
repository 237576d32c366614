"""Step 7: what was said in cards' threads, and facts that were offered there."""

from storage.schema.step import Step

# One row for each message of a person that was dealt with: Slack sends events again.
_HEARD = """
CREATE TABLE heard (
    channel text NOT NULL,
    ts text NOT NULL,
    at text NOT NULL,
    PRIMARY KEY (channel, ts)
)"""

# Our answer to a steer: the message's key, and the suggestion that it offers. `cannot` is what
# could not be done, `fact` what a member said that may be kept as a fact of the voice.
_THREAD_ANSWERS = """
CREATE TABLE thread_answers (
    key text PRIMARY KEY,
    mention_id text NOT NULL REFERENCES mentions (id),
    suggestion_id text REFERENCES suggestions (id),
    asked_by text NOT NULL,
    note text NOT NULL DEFAULT '',
    fact text,
    fact_state text,
    fact_by text,
    at text NOT NULL
)"""

THREADS = Step(
    "0007_threads",
    both=(
        _HEARD,
        _THREAD_ANSWERS,
        "CREATE INDEX thread_answers_by_mention ON thread_answers (mention_id, at)",
    ),
)
