"""Figures and daily summaries."""
