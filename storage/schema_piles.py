"""Step 11: pile-ons and what was asked for by a shortcut."""

from storage.step import Step

PILES = Step("0011_piles")
