"""Who is in the practice Slack workspace: its members, its user group and the app's own bot."""

import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

TEAM_ID = "T0PRACTICE1"
TEAM_NAME = "Practice room"
TEAM_DOMAIN = "practice-room"
NEIGHBOUR_TEAM_ID = "T0NEIGHBOR1"
APP_ID = "A0PRACTICE1"
BOT_ID = "B0PRACTICE1"
BOT_USER_ID = "U0PRACTICEB"
GROUP_ID = "S0APPROVERS"


@dataclass(frozen=True)
class SlackUser:
    """One Slack person, or the bot; `role` is approver, guest, outsider or bot."""

    id: str
    name: str
    role: str
    tz: str = "Europe/London"
    title: str = ""
    team_id: str = TEAM_ID
    deleted: bool = False

    @property
    def handle(self) -> str:
        """The name in plain lower case without blanks, as Slack keeps it in `name`."""
        plain = unicodedata.normalize("NFKD", self.name).encode("ascii", "ignore").decode()
        return ".".join(plain.lower().split()) or self.id.lower()


@dataclass(frozen=True)
class UserGroup:
    """A user group and its members' ids."""

    id: str
    handle: str
    name: str
    members: tuple[str, ...]


def usual_members() -> list[SlackUser]:
    """Name the members of a room that plays no story: two approvers, a guest, an outsider."""
    return [
        SlackUser("U0MAYA00001", "Maya Okafor", "approver", "Europe/London", "Owner"),
        SlackUser("U0JONAS0002", "Jonas Reyes", "approver", "America/New_York", "Front of house"),
        SlackUser("U0PRIYA0003", "Priya Nair", "guest", "Europe/London", "Photographer"),
        SlackUser(
            "U0TOMAS0004",
            "Tomas Lind",
            "outsider",
            "Europe/Stockholm",
            "Agency",
            team_id=NEIGHBOUR_TEAM_ID,
        ),
    ]


def bot_member(name: str) -> SlackUser:
    """Make the bot's own member."""
    return SlackUser(BOT_USER_ID, name, "bot", "America/Los_Angeles")


def as_user(member: SlackUser, pictures: str) -> dict[str, Any]:
    """Show a member as users.info does.

    Args:
        member: whom to show.
        pictures: the address under which `<handle>.png` is served.

    Source: docs.slack.dev, objects/user-object.
    """
    picture = f"{pictures}{member.handle}.png"
    offset = datetime.now(UTC).astimezone(ZoneInfo(member.tz)).utcoffset()
    stranger = member.team_id != TEAM_ID
    guest = member.role == "guest"
    owner = member.role == "approver" and member.title.startswith("Owner")
    return {
        "id": member.id,
        "team_id": member.team_id,
        "name": member.handle,
        "real_name": member.name,
        "deleted": member.deleted,
        "color": "9f69e7",
        "tz": member.tz,
        "tz_label": member.tz.split("/")[-1].replace("_", " "),
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "profile": {
            "real_name": member.name,
            "real_name_normalized": member.name,
            "display_name": member.name,
            "display_name_normalized": member.name,
            "title": member.title,
            "status_text": "",
            "status_emoji": "",
            "team": member.team_id,
            "image_24": picture,
            "image_48": picture,
            "image_72": picture,
            "image_192": picture,
        },
        "is_admin": owner,
        "is_owner": owner,
        "is_primary_owner": False,
        "is_restricted": guest,
        "is_ultra_restricted": False,
        "is_stranger": stranger,
        "is_bot": member.role == "bot",
        "is_app_user": False,
        "is_email_confirmed": True,
        "updated": 1_760_000_000,
        "who_can_share_contact_card": "EVERYONE",
    }


def as_group(group: UserGroup) -> dict[str, Any]:
    """Show a user group as usergroups.list does."""
    return {
        "id": group.id,
        "team_id": TEAM_ID,
        "is_usergroup": True,
        "name": group.name,
        "handle": group.handle,
        "description": "",
        "is_external": False,
        "date_delete": 0,
        "users": list(group.members),
        "user_count": len(group.members),
    }
