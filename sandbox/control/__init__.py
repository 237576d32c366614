"""The practice room's own controls."""
