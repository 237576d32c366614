"""Slack members by name, as they were called when they were last seen."""

from domain import MemberProfile
from storage.database import Transaction


def save_member(tx: Transaction, member: MemberProfile) -> None:
    """Store a member, or bring their name up to date."""
    tx.execute(
        "INSERT INTO members (id, name, team_id, tz) VALUES (:id, :name, :team_id, :tz)"
        " ON CONFLICT (id) DO UPDATE SET"
        " name = excluded.name, team_id = excluded.team_id, tz = excluded.tz",
        {"id": member.id, "name": member.name, "team_id": member.team_id, "tz": member.tz},
    )


def member_name(tx: Transaction, member_id: str) -> str | None:
    """Return what a member is called, or None when they were never seen."""
    row = tx.one("SELECT name FROM members WHERE id = :id", {"id": member_id})
    return row["name"] if row else None
