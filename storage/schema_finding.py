"""Step 8: stored posts by their words."""

from storage.step import Step

FINDING = Step("0008_finding")
