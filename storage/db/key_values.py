"""Marks: single facts about this installation, by name."""

from storage.db.database import Transaction

#: The marks that storage itself reads.
ACCOUNT_ID = "account_id"
ACCOUNT_HANDLE = "account_handle"


def value(tx: Transaction, name: str) -> str | None:
    """Return a fact, or None when it was never set."""
    row = tx.one("SELECT value FROM marks WHERE name = :name", {"name": name})
    return row["value"] if row else None


def set_value(tx: Transaction, name: str, value: str) -> None:
    """Set a fact."""
    tx.execute(
        "INSERT INTO marks (name, value) VALUES (:name, :value)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        {"name": name, "value": value},
    )


def clear_value(tx: Transaction, name: str, value: str) -> bool:
    """Forget a fact if it still is what it was; tell whether it was."""
    return bool(
        tx.execute(
            "DELETE FROM marks WHERE name = :name AND value = :value",
            {"name": name, "value": value},
        )
    )
