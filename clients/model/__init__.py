"""The language model: one client, its answers read, its refusals sorted."""
