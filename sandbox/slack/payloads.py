"""The payloads that the practice Slack sends to the app; pure, shaped as Slack documents them.

Sources: docs.slack.dev, interaction payloads (block_actions, view_submission, view_closed,
shortcut), slash commands, Events API.
"""

import time
from typing import Any

from sandbox.slack.messages import SlackMessage, as_slack, letters
from sandbox.slack.people import APP_ID, BOT_USER_ID, TEAM_DOMAIN, TEAM_ID, SlackUser
from sandbox.slack.state import SlackChannel
from sandbox.slack.views import OpenView

# The old verification token: payloads carry one; nothing here relies on it.
VERIFICATION = "practice-verification"


def _who(member: SlackUser) -> dict[str, Any]:
    return {
        "id": member.id,
        "username": member.handle,
        "name": member.handle,
        "team_id": member.team_id,
    }


def _interaction(kind: str, member: SlackUser, trigger_id: str | None) -> dict[str, Any]:
    payload: dict[str, Any] = {
        "type": kind,
        "user": _who(member),
        "api_app_id": APP_ID,
        "token": VERIFICATION,
        "team": {"id": TEAM_ID, "domain": TEAM_DOMAIN},
        "enterprise": None,
        "is_enterprise_install": False,
    }
    if trigger_id:
        payload["trigger_id"] = trigger_id
    return payload


def channel_name(channel: SlackChannel) -> str:
    """Name a channel as payloads do: direct conversations are `directmessage`."""
    return "directmessage" if channel.kind == "im" else channel.name


def message_click(
    member: SlackUser,
    channel: SlackChannel,
    message: SlackMessage,
    action: dict[str, Any],
    *,
    trigger_id: str,
    response_url: str,
) -> dict[str, Any]:
    """Make block_actions for something pressed in a message."""
    container: dict[str, Any] = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": message.ephemeral_to is not None,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    payload = {
        **_interaction("block_actions", member, trigger_id),
        "container": container,
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "state": {"values": message.typed},
        "response_url": response_url,
        "actions": [action],
    }
    if message.ephemeral_to is None:
        # Slack leaves an ephemeral message out of the payload.
        payload["message"] = as_slack(message)
    return payload


def view_click(
    member: SlackUser, view: OpenView, action: dict[str, Any], trigger_id: str
) -> dict[str, Any]:
    """Make block_actions for something pressed in a modal or Home tab."""
    return {
        **_interaction("block_actions", member, trigger_id),
        "container": {"type": "view", "view_id": view.id},
        "view": view.as_slack(),
        "actions": [action],
    }


def view_submission(member: SlackUser, view: OpenView, trigger_id: str) -> dict[str, Any]:
    """Make view_submission for a modal's submit button."""
    return {
        **_interaction("view_submission", member, trigger_id),
        "view": view.as_slack(),
        "response_urls": [],
    }


def view_closed(member: SlackUser, view: OpenView, *, is_cleared: bool) -> dict[str, Any]:
    """Make view_closed for a modal that was closed without being submitted."""
    return {
        **_interaction("view_closed", member, None),
        "view": view.as_slack(),
        "is_cleared": is_cleared,
    }


def global_shortcut(member: SlackUser, callback_id: str, trigger_id: str) -> dict[str, Any]:
    """Make shortcut for one chosen from the lightning menu."""
    return {
        **_interaction("shortcut", member, trigger_id),
        "callback_id": callback_id,
        "action_ts": f"{time.time():.6f}",
    }


def message_shortcut(
    member: SlackUser,
    channel: SlackChannel,
    message: SlackMessage,
    callback_id: str,
    *,
    trigger_id: str,
    response_url: str,
) -> dict[str, Any]:
    """Make message_action for a shortcut chosen from a message's menu."""
    return {
        **_interaction("message_action", member, trigger_id),
        "callback_id": callback_id,
        "action_ts": f"{time.time():.6f}",
        "message_ts": message.ts,
        "message": as_slack(message),
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "response_url": response_url,
    }


def slash_command(
    member: SlackUser,
    channel: SlackChannel,
    command: str,
    text: str,
    *,
    trigger_id: str,
    response_url: str,
) -> dict[str, Any]:
    """Make a slash command's payload."""
    return {
        "token": VERIFICATION,
        "team_id": member.team_id,
        "team_domain": TEAM_DOMAIN,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": member.id,
        "user_name": member.handle,
        "command": command,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger_id,
    }


def event_callback(event: dict[str, Any], *, shared: bool) -> dict[str, Any]:
    """Wrap an event as the Events API does."""
    authorization = {
        "enterprise_id": None,
        "team_id": TEAM_ID,
        "user_id": BOT_USER_ID,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": VERIFICATION,
        "team_id": TEAM_ID,
        "context_team_id": TEAM_ID,
        "context_enterprise_id": None,
        "api_app_id": APP_ID,
        "event": event,
        "type": "event_callback",
        "event_id": "Ev0" + letters(8).upper(),
        "event_time": int(time.time()),
        "authorizations": [authorization],
        "is_ext_shared_channel": shared,
        "event_context": "4-" + letters(24),
    }
