"""Step 18: whose words a suggestion and the voice are made of."""

from storage.schema.step import Step

# Ids of members as a JSON list; NULL where nobody knows whose words they are. Of what was stored
# before, only a member's own text says whose it is.
_OF_A_MEMBER = """
UPDATE suggestions SET words_of = '["' || member_id || '"]'
WHERE source = 'member' AND member_id IS NOT NULL
"""

WORDS = Step(
    "0018_words",
    both=(
        "ALTER TABLE suggestions ADD COLUMN words_of text",
        _OF_A_MEMBER,
        # Each line of a voice with the ids of who wrote it, as JSON; NULL: the versions tell.
        "ALTER TABLE voices ADD COLUMN lines_by text",
    ),
)
