"""The home tab, the team's settings and pausing."""
