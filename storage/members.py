"""Slack members by name, as they were called when they were last seen."""

from collections.abc import Collection

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


_NAMES = """
SELECT member_id, member_name FROM decisions
WHERE mention_id = :mention_id AND member_id IN (:ids)
UNION SELECT member_id, member_name FROM playbooks WHERE member_id IN (:ids)
UNION SELECT member_id, member_name FROM voices WHERE member_id IN (:ids)
"""


def names_of(tx: Transaction, mention_id: str, ids: Collection[str]) -> dict[str, str]:
    """Return the names of members whose words are suggested, as far as their deeds tell them."""
    if not ids:
        return {}
    rows = tx.query(_NAMES, {"mention_id": mention_id, "ids": sorted(ids)})
    return {row["member_id"]: row["member_name"] for row in rows if row["member_name"]}


def member_name(tx: Transaction, member_id: str) -> str | None:
    """Return what a member is called, or None when they were never seen."""
    row = tx.one("SELECT name FROM members WHERE id = :id", {"id": member_id})
    return row["name"] if row else None
