"""Jobs: due work with leases."""
