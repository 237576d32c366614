"""What members do in Slack, and what follows at once."""
