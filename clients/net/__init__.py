"""What the clients share: limits, names of machines, figures of what runs."""
