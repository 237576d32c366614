"""Posts that are not worth a card, and bursts of posts."""
