"""Answers below cards and to questions."""
