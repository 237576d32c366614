"""A practice model."""
