"""Voices, version by version."""
