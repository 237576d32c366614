"""Step 9: what the figures are counted from."""

from storage.step import Step

STATS = Step("0009_stats")
