"""Figures from counted rows: storage counts, insights says what they mean; pure."""
