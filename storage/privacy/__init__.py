"""Erasing and exporting."""
