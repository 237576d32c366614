"""Step 12: who wrote a suggestion and from which one it came, and cards that quiet hours hold."""

from storage.schema.step import Step

# member_id and member_name are of whoever wrote the text; what was drafted has neither.
# from_id is the suggestion that they started from.
_WRITTEN_BY = tuple(
    f"ALTER TABLE suggestions ADD COLUMN {column} text"
    for column in ("member_id", "member_name", "from_id")
)

_HELD_CARDS = """
CREATE TABLE held_cards (
    mention_id text PRIMARY KEY REFERENCES mentions (id),
    held_at text NOT NULL
)"""

TEAMWORK = Step("0012_teamwork", both=(*_WRITTEN_BY, _HELD_CARDS))
