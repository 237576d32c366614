"""Step 12: who wrote a suggestion, and what was shown elsewhere."""

from storage.step import Step

TEAMWORK = Step("0012_teamwork")
