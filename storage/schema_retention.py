"""Step 14: old words are found by their time without walking through all posts."""

from storage.step import Step

RETENTION = Step(
    "0014_retention",
    both=("CREATE INDEX posts_with_words ON posts (created_at) WHERE text <> ''",),
)
