"""Figures, the daily summary and what Greenroom learned from edits."""
