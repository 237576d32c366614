"""The voice: read from a file, worked out from answers or past replies, compared and changed."""
