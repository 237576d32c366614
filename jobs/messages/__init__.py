"""Messages in Slack that are no cards: each posted once."""
