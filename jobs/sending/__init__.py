"""Approved replies: sent at most once, and looked for where nobody knows."""
