"""What X and the model cost: ledger and reservations."""
