"""Step 7: what was said in cards' threads, and facts that were offered there."""

from storage.step import Step

THREADS = Step("0007_threads")
