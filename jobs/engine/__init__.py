"""How jobs run: the worker, leases, clocks, waits, and what a job has at hand."""
