"""What a member decides on a card, and every way from a member's words to a text."""
