"""Who the bot is and what a channel is, as far as we care."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class BotIdentity:
    """Who the bot is in its workspace and what its token may do."""

    bot_member_id: str
    team_id: str
    bot_id: str
    name: str
    scopes: frozenset[str]
    url: str = ""


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel; `shared` when people of other companies may be in it."""

    id: str
    name: str
    is_member: bool
    shared: bool


def channel_of(row: Mapping[str, Any]) -> Channel:
    """Read a channel as Slack describes it."""
    shared = ("is_ext_shared", "is_org_shared", "is_shared", "is_pending_ext_shared")
    return Channel(
        id=str(row["id"]),
        name=str(row.get("name") or ""),
        is_member=row.get("is_member") is True,
        shared=any(row.get(name) for name in shared),
    )
