"""Notes that members wrote about people."""

from domain import PersonNote
from storage.db.database import Transaction
from storage.db.values import read_time


def add_note(tx: Transaction, note: PersonNote) -> None:
    """Store a note."""
    tx.execute(
        "INSERT INTO person_notes (id, person_id, text, member_id, member_name, at)"
        " VALUES (:id, :person, :text, :member_id, :member_name, :at)",
        {
            "id": note.id,
            "person": note.person_id,
            "text": note.text,
            "member_id": note.member_id,
            "member_name": note.member_name,
            "at": note.at,
        },
    )


def notes_on(tx: Transaction, person_id: str) -> list[PersonNote]:
    """Return the notes on a person, the newest first."""
    rows = tx.query(
        "SELECT * FROM person_notes WHERE person_id = :person ORDER BY at DESC, id DESC",
        {"person": person_id},
    )
    return [
        PersonNote(
            id=row["id"],
            person_id=row["person_id"],
            text=row["text"],
            member_id=row["member_id"],
            member_name=row["member_name"],
            at=read_time(row["at"]),
        )
        for row in rows
    ]


def remove_note(tx: Transaction, note_id: str) -> str | None:
    """Remove a note; return whom it was about, None when it was gone already."""
    row = tx.one("SELECT person_id FROM person_notes WHERE id = :id", {"id": note_id})
    if row is None:
        return None
    tx.execute("DELETE FROM person_notes WHERE id = :id", {"id": note_id})
    return str(row["person_id"])
