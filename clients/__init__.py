"""The three doors to the outside: X, Slack and the model. Nothing else opens a connection."""
