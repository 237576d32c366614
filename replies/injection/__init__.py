"""Hostile posts: seen before a model reads them, marked for it, and found again in its answer."""
