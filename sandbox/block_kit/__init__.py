"""Slack's rules for blocks, as Slack applies them."""
