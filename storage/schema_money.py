"""Step 13: when a person's profile was last read on X, for it may cost money to read it again."""

from storage.step import Step

MONEY = Step("0013_money", both=("ALTER TABLE people ADD COLUMN read_at text",))
