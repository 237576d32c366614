"""Suggestions for a mention, and what they are drafted from."""
