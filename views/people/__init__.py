"""People and their windows."""
