"""Mentions and what was suggested, decided and sent about them."""
