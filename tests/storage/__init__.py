"""Storage: one contract, held on SQLite and on a real PostgreSQL."""
