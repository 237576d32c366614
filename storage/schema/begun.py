"""Step 18: how often a job was begun without an end, and until when it is set apart for that."""

from storage.schema.step import Step

BEGUN = Step(
    "0018_begun",
    both=(
        "ALTER TABLE jobs ADD COLUMN begun bigint NOT NULL DEFAULT 0",
        "ALTER TABLE jobs ADD COLUMN apart_until text",
        "CREATE INDEX jobs_suspect ON jobs (due_at) WHERE begun >= 2",
    ),
)
