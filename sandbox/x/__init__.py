"""A practice X."""
