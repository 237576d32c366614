"""A Slack person's record, read for one question: may they decide?"""

from collections.abc import Mapping
from typing import Any

from domain import MemberProfile


def member_profile(row: Mapping[str, Any], *, our_team: str) -> MemberProfile:
    """Make a profile of Slack's user object (docs.slack.dev, "User object").

    A flag that is missing or odd counts as not allowed: full members always carry
    `is_restricted` and `is_ultra_restricted`, people of other companies often do not.
    """
    profile = row.get("profile") or {}
    team = str(row.get("team_id") or profile.get("team") or "")
    # In an enterprise grid a member's home workspace may be another one of the same company.
    ours = {team, *((row.get("enterprise_user") or {}).get("teams") or [])}
    name = profile.get("display_name") or profile.get("real_name") or row.get("real_name")
    return MemberProfile(
        id=str(row["id"]),
        name=str(name or row.get("name") or row["id"]),
        team_id=team,
        guest=row.get("is_restricted") is not False or row.get("is_ultra_restricted") is not False,
        outsider=bool(row.get("is_stranger")) or our_team not in ours,
        bot=bool(row.get("is_bot")) or row.get("id") == "USLACKBOT",
        deleted=bool(row.get("deleted")),
        tz=str(row["tz"]) if row.get("tz") else None,
        admin=row.get("is_admin") is True or row.get("is_owner") is True,
    )
