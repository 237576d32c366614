"""Figures measured on this machine: `python -m bench`, `python -m bench.soak`."""
