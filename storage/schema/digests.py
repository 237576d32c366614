"""Step 10: which summaries were made, so that none is made twice.

`facts` holds ids and counts only: the words of a post that is gone on X stay in no summary of
ours. A date on which Greenroom was paused has its row, too, in the state `left_out`.
"""

from storage.schema.step import Step

_DIGESTS = """
CREATE TABLE digests (
    day text NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    facts text NOT NULL,
    due_at text NOT NULL,
    made_at text NOT NULL,
    proposal_id text,
    PRIMARY KEY (day, kind)
)"""

DIGESTS = Step(
    "0010_digests",
    both=(
        _DIGESTS,
        "CREATE INDEX digests_by_proposal ON digests (proposal_id) WHERE proposal_id IS NOT NULL",
        # A summary reads what was caught in a time, whatever watch caught it.
        "CREATE INDEX mentions_by_catch ON mentions (caught_at)",
        "CREATE INDEX costs_by_time ON costs (at)",
    ),
)
