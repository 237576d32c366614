"""Watches and their windows."""
