"""The conversations.* methods of the practice Slack."""

from typing import Any

from sandbox.slack.arguments import Arguments, page_of
from sandbox.slack.errors import SlackRefusal
from sandbox.slack.messages import SlackMessage, as_slack
from sandbox.slack.people import BOT_USER_ID, TEAM_ID
from sandbox.slack.settings import WorkspaceSettings
from sandbox.slack.state import SlackChannel, SlackState

_USUAL_PAGE = 100
_USUAL_REPLIES = 1000


def as_channel(channel: SlackChannel) -> dict[str, Any]:
    """Show a channel as conversations.info does."""
    if channel.kind == "im":
        return {
            "id": channel.id,
            "created": channel.created,
            "is_im": True,
            "is_archived": False,
            "user": channel.with_member,
            "is_open": True,
        }
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "created": channel.created,
        "creator": channel.members[0] if channel.members else "",
        "is_channel": True,
        "is_group": False,
        "is_im": False,
        "is_mpim": False,
        "is_private": False,
        "is_archived": False,
        "is_general": False,
        "is_member": BOT_USER_ID in channel.members,
        "is_shared": channel.is_ext_shared,
        "is_ext_shared": channel.is_ext_shared,
        "is_org_shared": False,
        "context_team_id": TEAM_ID,
        "num_members": len(channel.members),
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
    }


def _named(state: SlackState, arguments: Arguments) -> SlackChannel:
    name = arguments.need("channel", "channel_not_found")
    channel = state.channels.get(name)
    if channel is None:  # unlike chat.postMessage these methods take no channel names
        raise SlackRefusal("channel_not_found")
    return channel


def _inside(state: SlackState, arguments: Arguments) -> SlackChannel:
    channel = _named(state, arguments)
    if BOT_USER_ID not in channel.members:
        raise SlackRefusal("not_in_channel")
    return channel


def info(state: SlackState, _settings: WorkspaceSettings, arguments: Arguments) -> dict[str, Any]:
    """Show one channel: conversations.info."""
    return {"channel": as_channel(_named(state, arguments))}


def list_channels(
    state: SlackState, _settings: WorkspaceSettings, arguments: Arguments
) -> dict[str, Any]:
    """List channels: conversations.list."""
    kinds = (arguments.text("types") or "public_channel").split(",")
    rows = [
        as_channel(channel)
        for channel in state.channels.values()
        if ("im" if channel.kind == "im" else "public_channel") in kinds
    ]
    page, cursor = page_of(rows, arguments, _USUAL_PAGE)
    return {"channels": page, "response_metadata": {"next_cursor": cursor}}


def members(
    state: SlackState, _settings: WorkspaceSettings, arguments: Arguments
) -> dict[str, Any]:
    """List who is in a channel: conversations.members."""
    channel = _named(state, arguments)
    page, cursor = page_of(list(channel.members), arguments, _USUAL_PAGE)
    return {"members": page, "response_metadata": {"next_cursor": cursor}}


def open_direct(
    state: SlackState, _settings: WorkspaceSettings, arguments: Arguments
) -> dict[str, Any]:
    """Open the direct conversation with one member: conversations.open."""
    if arguments.has("channel"):
        channel = _named(state, arguments)
    else:
        users = arguments.need("users", "users_list_not_supplied").split(",")
        if len(users) > 1:
            raise SlackRefusal("not_enough_users")  # group conversations are not played here
        channel = state.direct(users[0])
    shown = as_channel(channel) if arguments.flag("return_im") else {"id": channel.id}
    return {"channel": shown}


def join(state: SlackState, _settings: WorkspaceSettings, arguments: Arguments) -> dict[str, Any]:
    """Let the bot join a public channel: conversations.join."""
    channel = _named(state, arguments)
    state.join(channel.id, BOT_USER_ID)
    return {"channel": as_channel(channel)}


def _shown(state: SlackState, message: SlackMessage, *, with_metadata: bool) -> dict[str, Any]:
    shown = as_slack(message, with_metadata=with_metadata)
    replies = [
        m
        for m in state.messages()
        if m.in_thread and m.thread_ts == message.ts and not m.ephemeral_to
    ]
    if replies and not message.in_thread:
        people = list(dict.fromkeys(reply.author for reply in replies))
        shown |= {
            "thread_ts": message.ts,
            "reply_count": len(replies),
            "reply_users_count": len(people),
            "reply_users": people[:5],
            "latest_reply": replies[-1].ts,
            "subscribed": False,
        }
    return shown


def _between(rows: list[SlackMessage], arguments: Arguments) -> list[SlackMessage]:
    oldest, latest = arguments.text("oldest"), arguments.text("latest")
    inclusive = arguments.flag("inclusive")
    try:
        low, high = float(oldest or 0), float(latest or "inf")
    except ValueError:
        raise SlackRefusal("invalid_ts_oldest") from None
    return [
        message
        for message in rows
        if low < float(message.ts) < high or (inclusive and message.ts in {oldest, latest})
    ]


def history(
    state: SlackState, _settings: WorkspaceSettings, arguments: Arguments
) -> dict[str, Any]:
    """List a channel's messages, newest first, threads left out: conversations.history."""
    channel = _inside(state, arguments)
    rows = [
        message
        for message in reversed(state.messages())
        if message.channel == channel.id
        and message.ephemeral_to is None
        and (not message.in_thread or message.broadcast)
    ]
    page, cursor = page_of(_between(rows, arguments), arguments, _USUAL_PAGE)
    wanted = arguments.flag("include_all_metadata")
    return {
        "messages": [_shown(state, message, with_metadata=wanted) for message in page],
        "has_more": bool(cursor),
        "pin_count": 0,
        "response_metadata": {"next_cursor": cursor},
    }


def replies(
    state: SlackState, _settings: WorkspaceSettings, arguments: Arguments
) -> dict[str, Any]:
    """List a thread, its first message first: conversations.replies."""
    channel = _inside(state, arguments)
    ts = arguments.need("ts", "thread_not_found")
    first = state.find(channel.id, ts)
    if first is None or first.ephemeral_to is not None:
        raise SlackRefusal("thread_not_found")
    root = first.thread_ts or first.ts
    rows = [
        message
        for message in state.messages()
        if message.channel == channel.id
        and message.ephemeral_to is None
        and root in {message.ts, message.thread_ts}
    ]
    page, cursor = page_of(_between(rows, arguments), arguments, _USUAL_REPLIES)
    wanted = arguments.flag("include_all_metadata")
    return {
        "messages": [_shown(state, message, with_metadata=wanted) for message in page],
        "has_more": bool(cursor),
        "response_metadata": {"next_cursor": cursor},
    }
