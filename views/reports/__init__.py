"""Figures, budget and the daily summary."""
