"""The users.*, usergroups.*, team, bots and auth methods of the practice Slack."""

from typing import Any

from sandbox.slack.arguments import Arguments, page_of
from sandbox.slack.errors import SlackRefusal
from sandbox.slack.messages import bot_profile
from sandbox.slack.people import (
    APP_ID,
    BOT_ID,
    BOT_USER_ID,
    TEAM_DOMAIN,
    TEAM_ID,
    TEAM_NAME,
    as_group,
    as_user,
)
from sandbox.slack.settings import WorkspaceSettings
from sandbox.slack.state import SlackState

_USUAL_PAGE = 100


def auth_test(
    state: SlackState, settings: WorkspaceSettings, arguments: Arguments
) -> dict[str, Any]:
    """Say whose token it is: auth.test."""
    if arguments.text("_token") == settings.app_token:
        return {"app_id": APP_ID, "app_name": state.bot.name, "team_id": TEAM_ID}
    return {
        "url": f"{state.base_url}/",
        "team": TEAM_NAME,
        "user": state.bot.handle,
        "team_id": TEAM_ID,
        "user_id": BOT_USER_ID,
        "bot_id": BOT_ID,
        "is_enterprise_install": False,
    }


def user_info(
    state: SlackState, _settings: WorkspaceSettings, arguments: Arguments
) -> dict[str, Any]:
    """Show one member: users.info."""
    member = state.member(arguments.need("user", "user_not_found"))
    return {"user": as_user(member, f"{state.base_url}/avatars/")}


def list_users(
    state: SlackState, _settings: WorkspaceSettings, arguments: Arguments
) -> dict[str, Any]:
    """List the members: users.list."""
    rows = [as_user(member, f"{state.base_url}/avatars/") for member in state.members.values()]
    page, cursor = page_of(rows, arguments, _USUAL_PAGE)
    return {"members": page, "response_metadata": {"next_cursor": cursor}}


def list_groups(
    state: SlackState, _settings: WorkspaceSettings, arguments: Arguments
) -> dict[str, Any]:
    """List the user groups: usergroups.list."""
    shown = as_group(state.group)
    if not arguments.flag("include_users"):
        del shown["users"]
    return {"usergroups": [shown]}


def group_users(
    state: SlackState, _settings: WorkspaceSettings, arguments: Arguments
) -> dict[str, Any]:
    """List who is in a user group: usergroups.users.list."""
    if arguments.text("usergroup") != state.group.id:
        raise SlackRefusal("no_such_subteam")
    return {"users": list(state.group.members)}


def team_info(
    state: SlackState, _settings: WorkspaceSettings, _arguments: Arguments
) -> dict[str, Any]:
    """Show the workspace: team.info."""
    return {
        "team": {
            "id": TEAM_ID,
            "name": TEAM_NAME,
            "domain": TEAM_DOMAIN,
            "url": f"{state.base_url}/",
            "email_domain": "",
            "icon": {"image_132": f"{state.base_url}/avatars/practice-room.png"},
        }
    }


def bot_info(
    state: SlackState, _settings: WorkspaceSettings, arguments: Arguments
) -> dict[str, Any]:
    """Show the bot: bots.info."""
    if arguments.text("bot") not in {"", BOT_ID}:
        raise SlackRefusal("bot_not_found")
    picture = f"{state.base_url}/avatars/{state.bot.handle}.png"
    icons = {"image_36": picture, "image_48": picture, "image_72": picture}
    return {"bot": {**bot_profile(state.bot.name), "user_id": BOT_USER_ID, "icons": icons}}
