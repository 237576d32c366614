"""What a person does in Slack, done by a script or the page: press, fill, say, command."""

import html
import re
from typing import Any

from sandbox.control.errors import ControlError, maybe, not_found, words
from sandbox.control.fill import fill
from sandbox.control.find import Pressed, action_of, find_pressed, state_after
from sandbox.slack import payloads
from sandbox.slack.errors import SlackRefusal
from sandbox.slack.form_values import MULTIPLE, SINGLE
from sandbox.slack.messages import SlackMessage
from sandbox.slack.people import BOT_USER_ID, SlackUser
from sandbox.slack.responses import ResponseDesk
from sandbox.slack.socket import Ack, SocketHub
from sandbox.slack.state import CHANNEL_ID, SlackChannel, SlackState
from sandbox.slack.tickets import ResponseTicket
from sandbox.slack.views import OpenView

_KEPT_MARKUP = re.compile(r"(<(?:[@#!][^<>\s]+|https?://[^<>\s]+)>)")
_MOST_COMMAND = re.compile(r"^/[^\s/]+$")


def find_member(state: SlackState, said: dict[str, Any]) -> SlackUser:
    """Find who does it, by id or name; ControlError 404 for nobody."""
    wanted = words(said, "member")
    for member in state.members.values():
        if member.id != BOT_USER_ID and wanted.casefold() in {
            member.id.casefold(),
            member.name.casefold(),
        }:
            return member
    raise not_found(f"There is no member {wanted!r}.")


def find_channel(state: SlackState, member: SlackUser, wanted: str | None) -> SlackChannel:
    """Find where it is done: a channel's id or name, `dm` for the bot's direct conversation."""
    try:
        channel = state.direct(member.id) if wanted == "dm" else state.channel(wanted or CHANNEL_ID)
    except SlackRefusal:
        raise not_found(f"There is no channel {wanted!r}.") from None
    if member.id not in channel.members:
        raise ControlError(f"{member.name} is not in #{channel.name or channel.id}.")
    return channel


def outcome(ack: Ack, opened: list[str] | None = None) -> dict[str, Any]:
    """Show how the app took what a person did."""
    shown: dict[str, Any] = {"ok": True, "acked": ack.acked, "ms": round(ack.ms, 2)}
    if opened:
        shown["opened"] = opened
    if not ack.delivered:
        shown["note"] = "The app has no Socket Mode connection; Slack shows the person an error."
    elif not ack.acked:
        shown["note"] = "The app did not acknowledge in time; Slack shows the person an error."
    return shown


class People:
    """Does in the practice Slack what members do."""

    def __init__(self, state: SlackState, hub: SocketHub, responses: ResponseDesk) -> None:
        self.state = state
        self.hub = hub
        self.responses = responses

    def _visible(self, member: SlackUser, ts: str) -> SlackMessage:
        message = self.state.find(None, ts)
        if message is None:
            raise not_found(f"There is no message {ts}.")
        hidden = message.ephemeral_to not in {None, member.id}
        if hidden or member.id not in self.state.channels[message.channel].members:
            raise not_found(f"{member.name} cannot see message {ts}.")
        return message

    def own_view(self, member: SlackUser, view_id: str) -> OpenView:
        """Find a view that this member has open."""
        try:
            view = self.state.views.find(view_id)
        except SlackRefusal:
            raise not_found(f"There is no open view {view_id}.") from None
        if view.member != member.id:
            raise not_found(f"View {view_id} is not open for {member.name}.")
        return view

    async def click(self, said: dict[str, Any]) -> dict[str, Any]:
        """Press a button, pick an option, or dispatch an input."""
        member = find_member(self.state, said)
        if said.get("view_id"):
            return await self._click_view(member, words(said, "view_id"), said)
        if not said.get("ts"):
            raise ControlError("Say where to press: ts of a message, or view_id.")
        message = self._visible(member, words(said, "ts"))
        pressed = find_pressed(message.blocks, said)
        fill(message.blocks, message.typed, said.get("values"))
        _keep_choice(message.typed, pressed)
        trigger_id = self.state.tickets.new_trigger(member.id)
        payload = payloads.message_click(
            member,
            self.state.channels[message.channel],
            message,
            action_of(pressed),
            trigger_id=trigger_id,
            response_url=self.responses.address(
                member.id, message.channel, message.ts, message.thread_ts
            ),
        )
        ack = await self.hub.deliver("interactive", payload)
        return outcome(ack, self.state.tickets.opened_by(trigger_id))

    async def _click_view(
        self, member: SlackUser, view_id: str, said: dict[str, Any]
    ) -> dict[str, Any]:
        view = self.own_view(member, view_id)
        pressed = find_pressed(view.view["blocks"], said)
        action = action_of(pressed)
        fill(view.view["blocks"], view.values, said.get("values"))
        _keep_choice(view.values, pressed)
        over = view.id if view.kind == "modal" else None
        trigger_id = self.state.tickets.new_trigger(member.id, over)
        payload = payloads.view_click(member, view, action, trigger_id)
        ack = await self.hub.deliver("interactive", payload)
        self.state.tell("views")
        return outcome(ack, self.state.tickets.opened_by(trigger_id))

    async def say(self, said: dict[str, Any]) -> dict[str, Any]:
        """Write a message, in the channel, in a thread, or to the bot directly."""
        member = find_member(self.state, said)
        channel = find_channel(self.state, member, maybe(said, "channel"))
        thread_ts = maybe(said, "thread_ts")
        if thread_ts:
            parent = self._visible(member, thread_ts)
            channel = self.state.channels[parent.channel]
            thread_ts = parent.thread_ts or parent.ts
        typed = words(said, "text")
        text = self.as_typed(typed)
        section = {"type": "rich_text_section", "elements": [{"type": "text", "text": typed}]}
        blocks = [{"type": "rich_text", "elements": [section]}]
        message = self.state.post(channel, member, text, thread_ts=thread_ts, blocks=blocks)
        return {"ok": True, "ts": message.ts, "channel": channel.id}

    def as_typed(self, typed: str) -> str:
        """Turn typed words into message text: names into `<@U…>`, `&<>` escaped."""
        text = "".join(
            part if _KEPT_MARKUP.fullmatch(part) else html.escape(part, quote=False)
            for part in _KEPT_MARKUP.split(typed)
        )
        for member in self.state.members.values():
            pattern = rf"(?<![\w@])@{re.escape(member.name)}\b"
            text = re.sub(pattern, f"<@{member.id}>", text, flags=re.IGNORECASE)
        return text

    async def command(self, said: dict[str, Any]) -> dict[str, Any]:
        """Type a slash command; what the app answers at once is shown as Slack shows it."""
        member = find_member(self.state, said)
        channel = find_channel(self.state, member, maybe(said, "channel"))
        command = words(said, "command").strip()
        command = command if command.startswith("/") else f"/{command}"
        if not _MOST_COMMAND.match(command):
            raise ControlError("A command is one word after a slash; the rest goes into text.")
        if said.get("thread_ts"):
            raise ControlError("Slash commands do not work in threads.")
        trigger_id = self.state.tickets.new_trigger(member.id)
        payload = payloads.slash_command(
            member,
            channel,
            command,
            html.escape(str(said.get("text") or "").strip(), quote=False),
            trigger_id=trigger_id,
            response_url=self.responses.address(member.id, channel.id),
        )
        ack = await self.hub.deliver("slash_commands", payload)
        shown = outcome(ack, self.state.tickets.opened_by(trigger_id))
        if ack.answer:
            ticket = ResponseTicket(member.id, channel.id, 0.0)
            try:
                message = self.responses.apply(ticket, ack.answer)
            except SlackRefusal as refusal:
                shown["note"] = f"Slack would not show the app's answer: {refusal.error}."
            else:
                shown["ts"] = message.ts if message else None
        return shown

    async def home(self, said: dict[str, Any]) -> dict[str, Any]:
        """Open the app's Home tab."""
        member = find_member(self.state, said)
        channel = self.state.direct(member.id)
        event: dict[str, Any] = {
            "type": "app_home_opened",
            "user": member.id,
            "channel": channel.id,
            "tab": "home",
            "event_ts": self.state.now(),
        }
        there = self.state.views.home(member.id)
        if there is not None:
            event["view"] = there.as_slack()
        self.state.emit(event)
        return {"ok": True, "view_id": there.id if there else None}

    async def shortcut(self, said: dict[str, Any]) -> dict[str, Any]:
        """Choose a shortcut, from the lightning menu or (with `ts`) from a message's menu."""
        member = find_member(self.state, said)
        callback_id = words(said, "callback_id")
        trigger_id = self.state.tickets.new_trigger(member.id)
        if said.get("ts"):
            message = self._visible(member, words(said, "ts"))
            payload = payloads.message_shortcut(
                member,
                self.state.channels[message.channel],
                message,
                callback_id,
                trigger_id=trigger_id,
                response_url=self.responses.address(
                    member.id, message.channel, message.ts, message.thread_ts
                ),
            )
        else:
            payload = payloads.global_shortcut(member, callback_id, trigger_id)
        ack = await self.hub.deliver("interactive", payload)
        return outcome(ack, self.state.tickets.opened_by(trigger_id))


def _keep_choice(values: dict[str, dict[str, Any]], pressed: Pressed) -> None:
    if pressed.element.get("type") in {*SINGLE, *MULTIPLE}:
        values.setdefault(pressed.block_id, {})[pressed.action_id] = state_after(pressed)
