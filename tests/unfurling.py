"""What of ours Slack would unfurl, seen from its side: the practice Slack's record of calls."""

from typing import Any

from sandbox.room import PracticeRoom

#: Every call that puts words of ours before people.
SAYING = (
    "chat.postMessage",
    "chat.update",
    "chat.postEphemeral",
    "chat.scheduleMessage",
    "response_url",
)
#: Nothing can be said of previews here, so no link may stand in it.
_WITH_A_FILE = "files.completeUploadExternal"


def unfurled(room: PracticeRoom) -> list[dict[str, Any]]:
    """Return the messages that did not ask for no preview, and files' words with a link."""
    calls = room.requests.of("slack")
    lacking = [c for c in calls if c["call"] in SAYING and not unfurls_nothing(c)]
    with_file = [c for c in calls if c["call"] == _WITH_A_FILE]
    return lacking + [c for c in with_file if "://" in str(c["body"].get("initial_comment", ""))]


def unfurls_nothing(call: dict[str, Any]) -> bool:
    """Tell whether a message asked Slack to show nothing of what links lead to."""
    body = call["body"]
    if body.get("delete_original"):
        return True
    return all(
        str(body.get(name)).lower() in {"false", "0"} for name in ("unfurl_links", "unfurl_media")
    )
