"""Step 15: which process holds X's stream, and which watches it covers."""

from storage.schema.step import Step

# At most one row: X allows one connection. `covers` is a JSON list of watch ids, empty while
# the stream is down.
_HOLD = """
CREATE TABLE stream_hold (
    name text PRIMARY KEY,
    owner text NOT NULL,
    held_until text NOT NULL,
    covers text NOT NULL
)"""

STREAM = Step("0015_stream", both=(_HOLD,))
