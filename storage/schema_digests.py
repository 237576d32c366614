"""Step 10: which summaries were made."""

from storage.step import Step

DIGESTS = Step("0010_digests")
