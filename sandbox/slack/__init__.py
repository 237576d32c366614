"""A practice Slack."""
