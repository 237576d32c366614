"""Answers, threads and notices."""
