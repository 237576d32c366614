"""Steps 14 and 19: old words are found by their time; what edits changed went with the words.

Old words are found without walking through all posts.
"""

from storage.schema.step import Step

RETENTION = Step(
    "0014_retention",
    both=("CREATE INDEX posts_with_words ON posts (created_at) WHERE text <> ''",),
)

# What an edit changed quotes what was suggested; where a card was shown elsewhere it is a channel.
# What goes lies in the file's free space until it is overwritten, which the mark asks for.
_ASK_OVERWRITING = """
INSERT INTO marks (name, value) SELECT 'words_went', 'yes' WHERE EXISTS (
    SELECT 1 FROM decisions WHERE change IS NOT NULL AND kind <> 'escalate'
        AND mention_id IN (SELECT id FROM posts WHERE text = ''))
ON CONFLICT (name) DO UPDATE SET value = excluded.value
"""
_TAKE = """
UPDATE decisions SET change = NULL WHERE change IS NOT NULL AND kind <> 'escalate'
    AND mention_id IN (SELECT id FROM posts WHERE text = '')
"""

CHANGES = Step("0019_changes", both=(_ASK_OVERWRITING, _TAKE))
