"""What was filtered or came in a burst."""
