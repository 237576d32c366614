"""What was filtered or came in a burst, as members see it."""
