"""Hostile posts, and whether they get their way: what they would write, and a model that obeys."""
