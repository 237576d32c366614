"""Failures of the practice services, on demand."""
