"""The database itself: both engines, transactions, backups."""
