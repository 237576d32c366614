"""The messages of the practice Slack: how they are kept and how Slack shows them."""

import copy
import secrets
import string
import time
from dataclasses import dataclass, field
from typing import Any

from sandbox.slack.people import APP_ID, BOT_ID, BOT_USER_ID, TEAM_ID

_ID_LETTERS = string.ascii_letters + string.digits


@dataclass
class SlackMessage:
    """One message as it stands now; `ephemeral_to` names the only member who sees it."""

    channel: str
    ts: str
    author: str
    text: str
    blocks: list[dict[str, Any]] = field(default_factory=list)
    thread_ts: str | None = None
    ephemeral_to: str | None = None
    metadata: dict[str, Any] | None = None
    attachments: list[dict[str, Any]] = field(default_factory=list)
    files: list[dict[str, Any]] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    edited: dict[str, str] | None = None
    subtype: str | None = None
    broadcast: bool = False
    team: str = TEAM_ID
    bot_name: str = ""
    # What members chose or typed in this message's own inputs: block_id, action_id, state.
    typed: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def by_bot(self) -> bool:
        """Tell whether the app posted it."""
        return self.author == BOT_USER_ID

    @property
    def in_thread(self) -> bool:
        """Tell whether it is an answer in a thread, not the thread's first message."""
        return self.thread_ts is not None and self.thread_ts != self.ts


class TimestampClock:
    """Gives message timestamps (`seconds.microseconds`), strictly rising."""

    def __init__(self) -> None:
        self._last = 0

    def next(self) -> str:
        """Give the present moment's timestamp, later than every one before."""
        self._last = max(self._last + 1, time.time_ns() // 1000)
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"


def letters(count: int) -> str:
    """Draw a random word of letters and digits."""
    return "".join(secrets.choice(_ID_LETTERS) for _ in range(count))


def with_ids(blocks: list[dict[str, Any]] | None) -> list[dict[str, Any]]:
    """Copy blocks and give each block and each interactive element the id Slack would give it."""
    kept = copy.deepcopy(blocks or [])
    for block in kept:
        _give_ids(block)
    return kept


def _give_ids(block: dict[str, Any]) -> None:
    if not block.get("block_id"):
        block["block_id"] = letters(5)
    for element in elements_of(block):
        if element.get("type") not in {"image", "mrkdwn", "plain_text"} and not element.get(
            "action_id"
        ):
            element["action_id"] = letters(5)
    for inner in inner_blocks(block):
        _give_ids(inner)


def elements_of(block: dict[str, Any]) -> list[dict[str, Any]]:
    """List the elements that stand directly in a block and could be pressed or filled."""
    kind = block.get("type")
    found: list[Any] = []
    if kind == "section":
        found = [block.get("accessory")]
    elif kind == "input":
        found = [block.get("element")]
    elif kind in {"actions", "context_actions"}:
        found = block.get("elements") or []
    elif kind == "card":
        found = block.get("actions") or []
    return [element for element in found if isinstance(element, dict)]


def inner_blocks(block: dict[str, Any]) -> list[dict[str, Any]]:
    """List the blocks inside a block (container, carousel)."""
    if block.get("type") == "container":
        inside = block.get("child_blocks") or []
    elif block.get("type") == "carousel":
        inside = block.get("elements") or []
    else:
        inside = []
    return [inner for inner in inside if isinstance(inner, dict)]


def as_slack(message: SlackMessage, *, with_metadata: bool = True) -> dict[str, Any]:
    """Show a message as Slack's Web API, events and interaction payloads do."""
    shown: dict[str, Any] = {
        "type": "message",
        "user": message.author,
        "ts": message.ts,
        "text": message.text,
        "team": message.team,
    }
    if message.subtype:
        shown["subtype"] = message.subtype
    if message.by_bot:
        shown["bot_id"] = BOT_ID
        shown["app_id"] = APP_ID
        shown["bot_profile"] = bot_profile(message.bot_name)
    for name in ("blocks", "attachments", "files"):
        if getattr(message, name):
            shown[name] = copy.deepcopy(getattr(message, name))
    if message.thread_ts:
        shown["thread_ts"] = message.thread_ts
    if message.edited:
        shown["edited"] = dict(message.edited)
    if message.metadata and with_metadata:
        shown["metadata"] = copy.deepcopy(message.metadata)
    if message.reactions:
        shown["reactions"] = [
            {"name": name, "users": list(users), "count": len(users)}
            for name, users in message.reactions.items()
        ]
    return shown


def bot_profile(name: str) -> dict[str, Any]:
    """Show the bot as `bot_profile` in its messages."""
    return {
        "id": BOT_ID,
        "app_id": APP_ID,
        "name": name,
        "deleted": False,
        "updated": 1_760_000_000,
        "team_id": TEAM_ID,
    }
