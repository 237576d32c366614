"""Step 13: when a profile was last read on X, which may cost money, and when a watch last caught."""

from storage.step import Step

MONEY = Step(
    "0013_money",
    both=(
        "ALTER TABLE people ADD COLUMN read_at text",
        "ALTER TABLE watches ADD COLUMN caught_at text",
    ),
)
