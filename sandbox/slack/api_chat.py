"""The chat.* and reactions.* methods of the practice Slack."""

import time
from typing import Any

from sandbox.block_kit.blocks import refuse_message_blocks
from sandbox.slack.arguments import Arguments
from sandbox.slack.errors import SlackRefusal, refused_blocks
from sandbox.slack.messages import SlackMessage, as_slack
from sandbox.slack.people import BOT_USER_ID
from sandbox.slack.settings import WorkspaceSettings
from sandbox.slack.state import SlackChannel, SlackState

LONGEST_POST = 40_000
LONGEST_UPDATE = 4_000
_METADATA_LARGEST = 16_384


class RateLimited(SlackRefusal):
    """Too many calls; the answer carries Retry-After in whole seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__("ratelimited")
        self.seconds = seconds


def content(settings: WorkspaceSettings, arguments: Arguments) -> dict[str, Any]:
    """Read and check a message's text, blocks, attachments and metadata.

    Returns only what was given, so that chat.update can leave the rest as it is.
    """
    parts: dict[str, Any] = {}
    if arguments.has("text"):
        parts["text"] = arguments.text("text")
    if arguments.has("markdown_text"):
        if arguments.has("text") or arguments.has("blocks"):
            raise SlackRefusal("markdown_text_conflict")
        parts["text"] = arguments.text("markdown_text")
    blocks = arguments.json("blocks", "invalid_blocks_format")
    if blocks is not None:
        if not isinstance(blocks, list):
            raise SlackRefusal("invalid_blocks_format")
        problems = refuse_message_blocks(
            blocks, charts=settings.charts, knows_file=settings.files.knows
        )
        if problems:
            raise refused_blocks(problems)
        parts["blocks"] = blocks
    attachments = arguments.json("attachments", "invalid_attachments")
    if attachments is not None:
        parts["attachments"] = attachments
    metadata = arguments.json("metadata", "invalid_metadata_format")
    if metadata is not None:
        parts["metadata"] = _checked_metadata(metadata)
    return parts


def _checked_metadata(metadata: Any) -> dict[str, Any] | None:
    if metadata == {}:
        return None
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_payload"), dict):
        raise SlackRefusal("invalid_metadata_format")
    if not isinstance(metadata.get("event_type"), str) or not metadata["event_type"]:
        raise SlackRefusal("invalid_metadata_format")
    if len(str(metadata)) > _METADATA_LARGEST:
        raise SlackRefusal("metadata_too_large")
    return metadata


def _has_words(parts: dict[str, Any]) -> bool:
    return bool(parts.get("text") or parts.get("blocks") or parts.get("attachments"))


def _place(state: SlackState, arguments: Arguments) -> SlackChannel:
    channel = state.channel(arguments.need("channel", "channel_not_found"))
    if BOT_USER_ID not in channel.members:
        raise SlackRefusal("not_in_channel")
    return channel


def _thread(state: SlackState, channel: SlackChannel, arguments: Arguments) -> str | None:
    thread_ts = arguments.text("thread_ts")
    if not thread_ts:
        return None
    parent = state.find(channel.id, thread_ts)
    if parent is None or parent.ephemeral_to is not None:
        raise SlackRefusal("thread_not_found")
    # Slack hangs an answer to an answer under the thread's first message.
    return parent.thread_ts or parent.ts


def _respect_rate(settings: WorkspaceSettings, channel: SlackChannel) -> None:
    if not settings.message_rate:
        return
    pause = 1.0 / settings.message_rate
    now = time.monotonic()
    waited = now - settings.last_post.get(channel.id, -pause)
    if waited < pause:
        settings.too_many += 1
        raise RateLimited(max(1, round(pause - waited)))
    settings.last_post[channel.id] = now


def post_message(
    state: SlackState, settings: WorkspaceSettings, arguments: Arguments
) -> dict[str, Any]:
    """Post as the bot: chat.postMessage."""
    channel = _place(state, arguments)
    parts = content(settings, arguments)
    if not _has_words(parts):
        raise SlackRefusal("no_text")
    if len(parts.get("text", "")) > LONGEST_POST:
        raise SlackRefusal("msg_too_long")
    thread_ts = _thread(state, channel, arguments)
    _respect_rate(settings, channel)
    if arguments.flag("reply_broadcast") and thread_ts:
        parts |= {"broadcast": True, "subtype": "thread_broadcast"}
    text = parts.pop("text", "")
    message = state.post(channel, state.bot, text, thread_ts=thread_ts, **parts)
    if thread_ts and settings.assistant.pop(thread_ts, None):
        state.tell("state")
    return {"channel": channel.id, "ts": message.ts, "message": as_slack(message)}


def post_ephemeral(
    state: SlackState, settings: WorkspaceSettings, arguments: Arguments
) -> dict[str, Any]:
    """Show a message to one member only: chat.postEphemeral."""
    channel = _place(state, arguments)
    reader = state.member(arguments.need("user", "user_not_found"))
    if reader.id not in channel.members:
        raise SlackRefusal("user_not_in_channel")
    parts = content(settings, arguments)
    if not _has_words(parts):
        raise SlackRefusal("no_text")
    parts.pop("metadata", None)
    thread_ts = _thread(state, channel, arguments)
    text = parts.pop("text", "")
    message = state.post(
        channel, state.bot, text, thread_ts=thread_ts, ephemeral_to=reader.id, **parts
    )
    return {"message_ts": message.ts}


def _own_message(state: SlackState, arguments: Arguments, error: str) -> SlackMessage:
    channel = state.channel(arguments.need("channel", "channel_not_found"))
    message = state.find(channel.id, arguments.need("ts", "message_not_found"))
    if message is None or message.ephemeral_to is not None:
        raise SlackRefusal("message_not_found")
    if not message.by_bot:
        raise SlackRefusal(error)
    return message


def update(state: SlackState, settings: WorkspaceSettings, arguments: Arguments) -> dict[str, Any]:
    """Change one of the bot's messages: chat.update."""
    message = _own_message(state, arguments, "cant_update_message")
    parts = content(settings, arguments)
    if not parts:
        raise SlackRefusal("no_text")
    if len(parts.get("text", "")) > LONGEST_UPDATE:
        raise SlackRefusal("msg_too_long")
    left = {"text": message.text, "blocks": message.blocks, "attachments": message.attachments}
    if not _has_words(left | parts):
        raise SlackRefusal("no_text")
    if parts.get("text", message.text) != message.text:
        parts["edited"] = {"user": BOT_USER_ID, "ts": f"{int(time.time())}.000000"}
    state.change(message, **parts)
    return {
        "channel": message.channel,
        "ts": message.ts,
        "text": message.text,
        "message": as_slack(message),
    }


def delete(state: SlackState, _settings: WorkspaceSettings, arguments: Arguments) -> dict[str, Any]:
    """Take one of the bot's messages away: chat.delete."""
    message = _own_message(state, arguments, "cant_delete_message")
    state.remove(message)
    return {"channel": message.channel, "ts": message.ts}


def permalink(
    state: SlackState, _settings: WorkspaceSettings, arguments: Arguments
) -> dict[str, Any]:
    """Give a message's address, which here leads to the practice page: chat.getPermalink."""
    channel = state.channel(arguments.need("channel", "channel_not_found"))
    message = state.find(channel.id, arguments.need("message_ts", "message_not_found"))
    if message is None:
        raise SlackRefusal("message_not_found")
    mark = message.ts.replace(".", "")
    return {
        "channel": channel.id,
        "permalink": f"{state.base_url}/archives/{channel.id}/p{mark}",
    }


def _reacted(state: SlackState, arguments: Arguments) -> tuple[SlackMessage, str]:
    channel = state.channel(arguments.need("channel", "channel_not_found"))
    message = state.find(channel.id, arguments.need("timestamp", "no_item_specified"))
    if message is None or message.ephemeral_to is not None:
        raise SlackRefusal("message_not_found")
    return message, arguments.need("name", "invalid_name").strip(":")


def add_reaction(
    state: SlackState, _settings: WorkspaceSettings, arguments: Arguments
) -> dict[str, Any]:
    """Add the bot's reaction: reactions.add."""
    message, name = _reacted(state, arguments)
    if BOT_USER_ID in message.reactions.get(name, []):
        raise SlackRefusal("already_reacted")
    with state.lock:
        message.reactions.setdefault(name, []).append(BOT_USER_ID)
    state.tell("messages")
    return {}


def remove_reaction(
    state: SlackState, _settings: WorkspaceSettings, arguments: Arguments
) -> dict[str, Any]:
    """Take the bot's reaction back: reactions.remove."""
    message, name = _reacted(state, arguments)
    if BOT_USER_ID not in message.reactions.get(name, []):
        raise SlackRefusal("no_reaction")
    with state.lock:
        message.reactions[name].remove(BOT_USER_ID)
        if not message.reactions[name]:
            del message.reactions[name]
    state.tell("messages")
    return {}
