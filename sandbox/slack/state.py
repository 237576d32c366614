"""What the practice Slack knows: members, channels, messages; who changes it tells everybody."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sandbox.slack.errors import SlackRefusal
from sandbox.slack.messages import SlackMessage, TimestampClock, as_slack, letters, with_ids
from sandbox.slack.people import (
    BOT_USER_ID,
    GROUP_ID,
    SlackUser,
    UserGroup,
    bot_member,
    usual_members,
)
from sandbox.slack.tickets import Tickets
from sandbox.slack.views import ViewShelf

CHANNEL_ID = "C0PRACTICE1"
OTHER_CHANNEL_ID = "C0OTHERROOM"

Change = Callable[[str], None]
EventSink = Callable[[dict[str, Any], bool], None]


@dataclass
class SlackChannel:
    """A channel or a direct conversation (`im`) and the ids of those in it."""

    id: str
    name: str
    members: list[str]
    kind: str = "channel"
    is_ext_shared: bool = False
    created: int = 1_760_000_000
    with_member: str | None = None
    marks: dict[str, Any] = field(default_factory=dict)


class SlackState:
    """The practice workspace; every method is safe to call from any thread."""

    def __init__(
        self,
        *,
        members: list[SlackUser] | None = None,
        channel_name: str = "x-replies",
        bot_name: str = "Greenroom",
    ) -> None:
        people = members or usual_members()
        self.lock = threading.RLock()
        self.bot = bot_member(bot_name)
        self.members = {member.id: member for member in (*people, self.bot)}
        full = [member.id for member in people if member.role == "approver"]
        self.group = UserGroup(GROUP_ID, "reply-approvers", "Reply approvers", tuple(full[:1]))
        shared = any(member.role == "outsider" for member in people)
        self.channels = {
            CHANNEL_ID: SlackChannel(
                CHANNEL_ID, channel_name, [*self.members], is_ext_shared=shared
            ),
            OTHER_CHANNEL_ID: SlackChannel(OTHER_CHANNEL_ID, "back-office", full),
        }
        self.base_url = "http://127.0.0.1"
        self.tickets = Tickets()
        self.views = ViewShelf()
        self._messages: list[SlackMessage] = []
        self._clock = TimestampClock()
        self._watchers: list[Change] = []
        self._sinks: list[EventSink] = []

    def on_change(self, callback: Change) -> None:
        """Call `callback("messages" or "views")` after every change, from the changing thread."""
        self._watchers.append(callback)

    def on_event(self, sink: EventSink) -> None:
        """Hand every Events API event (and whether its channel is shared) to `sink`."""
        self._sinks.append(sink)

    def tell(self, what: str) -> None:
        """Say that the list named `what` changed."""
        for watcher in list(self._watchers):
            watcher(what)

    def emit(self, event: dict[str, Any], channel: SlackChannel | None = None) -> None:
        """Send an event to the app, unless it happened in a channel the app is not in."""
        if channel is not None and BOT_USER_ID not in channel.members:
            return
        for sink in list(self._sinks):
            sink(event, bool(channel and channel.is_ext_shared))

    # --- who and where -------------------------------------------------------------------

    def member(self, member_id: str) -> SlackUser:
        """Find a member; refuses with user_not_found."""
        found = self.members.get(member_id)
        if found is None:
            raise SlackRefusal("user_not_found")
        return found

    def channel(self, name: str) -> SlackChannel:
        """Find a channel by id or name, or a member's direct conversation by the member's id."""
        with self.lock:
            if name in self.channels:
                return self.channels[name]
            if name in self.members and name != BOT_USER_ID:
                return self.direct(name)
            wanted = name.removeprefix("#")
            for channel in self.channels.values():
                if channel.kind == "channel" and channel.name == wanted and wanted:
                    return channel
        raise SlackRefusal("channel_not_found")

    def direct(self, member_id: str) -> SlackChannel:
        """Find or open the direct conversation between the bot and a member."""
        member = self.member(member_id)
        with self.lock:
            for channel in self.channels.values():
                if channel.with_member == member.id:
                    return channel
            made = SlackChannel(
                "D0" + letters(9).upper(),
                "",
                [member.id, BOT_USER_ID],
                kind="im",
                with_member=member.id,
            )
            self.channels[made.id] = made
            return made

    def join(self, channel_id: str, member_id: str) -> None:
        """Let a member (or the bot) join a channel, as an invitation does."""
        channel = self.channel(channel_id)
        with self.lock:
            if member_id in channel.members:
                return
            channel.members.append(self.member(member_id).id)
        self.emit(
            {
                "type": "member_joined_channel",
                "user": member_id,
                "channel": channel.id,
                "channel_type": "C",
                "team": self.members[member_id].team_id,
                "event_ts": self._clock.next(),
            },
            channel,
        )
        self.tell("state")

    def leave(self, channel_id: str, member_id: str) -> None:
        """Take a member (or the bot) out of a channel."""
        with self.lock:
            channel = self.channel(channel_id)
            channel.members = [known for known in channel.members if known != member_id]
        self.tell("state")

    # --- messages ------------------------------------------------------------------------

    def now(self) -> str:
        """Give the present moment's timestamp, never the same twice."""
        with self.lock:
            return self._clock.next()

    def messages(self) -> list[SlackMessage]:
        """List all messages that are there now, ephemeral ones too, in order of ts."""
        with self.lock:
            return list(self._messages)

    def find(self, channel_id: str | None, ts: str) -> SlackMessage | None:
        """Find a message by its ts, in one channel or (None) anywhere."""
        with self.lock:
            for message in reversed(self._messages):
                if message.ts == ts and channel_id in {None, message.channel}:
                    return message
        return None

    def post(
        self, channel: SlackChannel, author: SlackUser, text: str, **parts: Any
    ) -> SlackMessage:
        """Add a message and send its event to the app.

        Args:
            channel: where.
            author: who.
            text: its text, as Slack stores it (escaped).
            parts: further fields of Message (blocks, thread_ts, ephemeral_to, metadata, …).
        """
        parts["blocks"] = with_ids(parts.get("blocks"))
        with self.lock:
            message = SlackMessage(
                channel=channel.id,
                ts=self._clock.next(),
                author=author.id,
                text=text,
                team=author.team_id,
                bot_name=self.bot.name,
                **parts,
            )
            self._messages.append(message)
        self.tell("messages")
        if message.ephemeral_to is None:
            self._announce(message, channel)
        return message

    def _announce(self, message: SlackMessage, channel: SlackChannel) -> None:
        event = {
            **as_slack(message),
            "channel": channel.id,
            "event_ts": message.ts,
            "channel_type": channel.kind,
        }
        if not message.by_bot:
            event["client_msg_id"] = letters(12)
        self.emit(event, channel)
        mentions_bot = f"<@{BOT_USER_ID}" in message.text
        if mentions_bot and not message.by_bot and channel.kind != "im":
            self.emit({**event, "type": "app_mention"}, channel)

    def change(self, message: SlackMessage, **parts: Any) -> None:
        """Change a message's fields and send message_changed to the app."""
        before = as_slack(message)
        if "blocks" in parts:
            parts["blocks"] = with_ids(parts["blocks"])
        with self.lock:
            for name, value in parts.items():
                setattr(message, name, value)
        self.tell("messages")
        if message.ephemeral_to is None:
            self._announce_change(message, "message_changed", before)

    def remove(self, message: SlackMessage) -> None:
        """Take a message away and send message_deleted to the app."""
        with self.lock:
            self._messages = [kept for kept in self._messages if kept is not message]
        self.tell("messages")
        if message.ephemeral_to is None:
            self._announce_change(message, "message_deleted", as_slack(message))

    def _announce_change(self, message: SlackMessage, subtype: str, before: dict[str, Any]) -> None:
        channel = self.channel(message.channel)
        event: dict[str, Any] = {
            "type": "message",
            "subtype": subtype,
            "hidden": True,
            "channel": channel.id,
            "channel_type": channel.kind,
            "ts": self.now(),
            "previous_message": before,
        }
        event["event_ts"] = event["ts"]
        if subtype == "message_changed":
            event["message"] = as_slack(message)
        else:
            event["deleted_ts"] = message.ts
        self.emit(event, channel)
