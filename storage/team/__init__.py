"""The team's settings, health and gauges."""
