"""The files.* methods of the practice Slack: the three steps of an upload."""

from typing import Any

from sandbox.slack.arguments import Arguments
from sandbox.slack.errors import SlackRefusal
from sandbox.slack.files import as_slack_file
from sandbox.slack.people import BOT_USER_ID
from sandbox.slack.settings import WorkspaceSettings
from sandbox.slack.state import SlackState


def upload_url(
    state: SlackState, settings: WorkspaceSettings, arguments: Arguments
) -> dict[str, Any]:
    """Say where to send a file's bytes: files.getUploadURLExternal."""
    length = arguments.need("length")
    if not length.isdigit() or int(length) == 0:
        raise SlackRefusal("invalid_arguments")
    stored = settings.files.expect(
        arguments.need("filename"), int(length), arguments.text("alt_txt")
    )
    return {"file_id": stored.id, "upload_url": f"{state.base_url}/slack/files/upload/{stored.id}"}


def complete(
    state: SlackState, settings: WorkspaceSettings, arguments: Arguments
) -> dict[str, Any]:
    """Finish uploads and share them in a channel if one is named: files.completeUploadExternal."""
    asked = arguments.json("files")
    if not isinstance(asked, list) or not asked:
        raise SlackRefusal("invalid_arguments")
    shown = []
    for one in asked:
        stored = settings.files.find(str(one.get("id", "")))
        if stored.content is None or len(stored.content) != stored.length:
            raise SlackRefusal("file_upload_size_mismatch")
        stored.title = one.get("title") or stored.name
        stored.finished = True
        shown.append(as_slack_file(stored, state.base_url))
    for name in filter(
        None, [arguments.text("channel_id"), *arguments.text("channels").split(",")]
    ):
        channel = state.channel(name)
        if BOT_USER_ID not in channel.members:
            raise SlackRefusal("not_in_channel")
        state.post(
            channel,
            state.bot,
            arguments.text("initial_comment"),
            files=shown,
            thread_ts=arguments.text("thread_ts") or None,
            subtype="file_share",
        )
    return {"files": shown}


def info(state: SlackState, settings: WorkspaceSettings, arguments: Arguments) -> dict[str, Any]:
    """Show a file: files.info."""
    stored = settings.files.find(arguments.need("file", "file_not_found"))
    return {"file": as_slack_file(stored, state.base_url)}
