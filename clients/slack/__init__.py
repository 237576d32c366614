"""Slack: one client for posting, finding and changing messages, and the Socket Mode line."""
