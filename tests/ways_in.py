"""Every way into Greenroom, as the payload that Slack would send of it. No button is needed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from handlers.entry.access import Right
from handlers.entry.permissions import (
    CHOICES,
    HEARD,
    PRESSES,
    SHORTCUTS,
    SUBCOMMANDS,
    THREAD_WORDS,
    WINDOWS,
    Heard,
    Shortcut,
)
from replies.steering import MessageKind
from sandbox.slack.people import APP_ID, BOT_USER_ID, TEAM_ID
from views.blocks.action_ids import ActionId, ViewId, button_value, option_value
from views.listening.watch_trial import WatchWish

#: One sentence for each kind of word in a thread; a test holds that it is of that kind.
SAID = {
    MessageKind.STEER: "shorter please",
    MessageKind.WHY: "why this?",
    MessageKind.WHO: "who is this?",
    MessageKind.TAKE: "I'll take this",
    MessageKind.APPROVE: "approve it",
    MessageKind.SKIP: "skip this one",
    MessageKind.SNOOZE: "snooze until tomorrow",
    MessageKind.HELP: "help",
    MessageKind.CHATTER: "<@U0MAYA00001> what do you think?",
    MessageKind.UNSURE: "maybe the tone is a bit off",
}


@dataclass(frozen=True, slots=True)
class Known:
    """What stands on the stage and may be named in a payload."""

    channel: str
    card_ts: str
    mention: str
    suggestion: str
    person: str
    watch: str
    linked_ts: str


@dataclass(frozen=True, slots=True)
class WayIn:
    """One payload, and where the refusal shows: `whisper`, `window`, `message`, `home` or ""."""

    name: str
    kind: str
    payload: dict[str, Any]
    refused_in: str


def ways_in(known: Known, member: str, direct: str) -> Iterator[WayIn]:
    """Yield a payload of this member for every entry of the table of permissions.

    `direct` is the channel of their direct messages with us.
    """
    for action, right in PRESSES.items():
        seen = "" if right is Right.ANYONE else "whisper"
        yield WayIn(f"press {action}", "interactive", press(known, member, action), seen)
    for choice in CHOICES:
        picked = {"selected_option": {"value": option_value(choice, known.mention)}}
        payload = press(known, member, ActionId.MORE, **picked)
        yield WayIn(f"choose {choice}", "interactive", payload, "whisper")
    for view, right in WINDOWS.items():
        seen = "" if right is Right.NOBODY else "window"
        yield WayIn(f"submit {view}", "interactive", submission(known, member, view), seen)
    for shortcut in SHORTCUTS:
        payload = chosen_shortcut(known, member, shortcut)
        yield WayIn(f"shortcut {shortcut}", "interactive", payload, "whisper")
    for word in [*SUBCOMMANDS, "", "set", "nonsense", "watch remove coffee", "voice edit"]:
        yield WayIn(f"/{word}", "slash_commands", command(known, member, word), "whisper")
    for kind, right in THREAD_WORDS.items():
        quiet = right is Right.ANYONE or kind is MessageKind.UNSURE
        payload = message(known, member, SAID[kind], thread_ts=known.card_ts)
        yield WayIn(f"say {kind}", "events_api", payload, "" if quiet else "whisper")
    for heard in HEARD:
        seen = {Heard.QUESTION: "message", Heard.NAMED: "whisper", Heard.HOME: "home"}[heard]
        yield WayIn(f"heard {heard}", "events_api", event_for(heard, known, member, direct), seen)


# --- the payloads --------------------------------------------------------------------------


def press(known: Known, member: str, action: ActionId, **more: Any) -> dict[str, Any]:
    """Make block_actions, with the value that this button has on its card or window."""
    value = {
        ActionId.APPROVE: button_value(known.mention, known.suggestion),
        ActionId.USE: button_value(known.mention, known.suggestion),
        ActionId.EDIT: button_value(known.mention, known.suggestion),
        ActionId.OPEN_PERSON: known.person,
        ActionId.ADD_NOTE: known.person,
        ActionId.MUTE_PERSON: known.person,
        ActionId.UNMUTE_PERSON: known.person,
        ActionId.LIFT_OPT_OUT: known.person,
        ActionId.REST_WATCH: known.watch,
        ActionId.WAKE_WATCH: known.watch,
        ActionId.START_WATCH: WatchWish("tea", "oolong", 5).value,
        ActionId.CHANGE_QUERY: WatchWish("tea", "oolong", 5).value,
        ActionId.EDIT_OCCASION: "default|question",
        ActionId.BRING_VOICE_BACK: "1",
    }.get(action, known.mention)
    pressed = {"type": "button", "action_id": str(action), "block_id": "b", "value": value, **more}
    if "selected_option" in more:
        del pressed["value"]
    payload = {
        **_interaction("block_actions", member),
        "container": {"type": "message", "message_ts": known.card_ts, "channel_id": known.channel},
        "channel": {"id": known.channel, "name": "greenroom"},
        "actions": [pressed],
    }
    if action in {ActionId.EDIT_TEXT, ActionId.EDIT_FROM}:
        payload["view"] = view_of(known, ViewId.EDIT)
    return payload


def submission(known: Known, member: str, view: ViewId, **more: Any) -> dict[str, Any]:
    """Make view_submission of a window that is filled in well; `more` is put into its view."""
    return {
        **_interaction("view_submission", member),
        "view": {**view_of(known, view), **more},
        "response_urls": [],
    }


def view_of(known: Known, view: ViewId) -> dict[str, Any]:
    """Make a window as Slack sends it, filled in well."""
    kept = {
        "mention": known.mention,
        "suggestion": known.suggestion,
        "draft": "d",
        "person": known.person,
    }
    return {
        "id": "V0FORGED01",
        "type": "modal",
        "callback_id": str(view),
        "hash": "1.x",
        "team_id": TEAM_ID,
        "root_view_id": "V0FORGED01",
        "private_metadata": json.dumps({} if view is ViewId.OCCASION else kept),
        "state": {"values": _FILLED.get(view, {})},
        "blocks": [],
    }


def _typed(block: str, value: str, action: str = "words") -> dict[str, Any]:
    return {block: {action: {"type": "plain_text_input", "value": value}}}


_FILLED: dict[ViewId, dict[str, Any]] = {
    ViewId.EDIT: _typed("text:d", "We open at 8 on Sundays, see you then!", "edit_text"),
    ViewId.OTHER_IDEAS: _typed("steer", "shorter"),
    ViewId.HAND_OVER: {"who": {"member": {"type": "users_select", "selected_user": "U0MAYA00001"}}},
    ViewId.SNOOZE: {
        "for": {"choice": {"type": "radio_buttons", "selected_option": {"value": "hour"}}}
    },
    ViewId.ELSEWHERE: _typed("why", "look"),
    ViewId.VOICE: _typed("who~d", "A shop of strangers"),
    ViewId.WATCH: _typed("label", "tea") | _typed("query", "oolong") | _typed("cap", "5"),
    ViewId.INTERVIEW: _typed("who", "Strangers"),
    ViewId.PERSON_NOTE: _typed("note", "a stranger was here"),
    ViewId.LINK: _typed("link", "https://x.com/nell/status/1990000000000000000"),
    ViewId.OCCASION: _typed("name", "strangers")
    | _typed("cues", "stranger")
    | _typed("answers", "Hello stranger, what can we do for you?"),
    ViewId.TEAM_SETTINGS: _typed("undo", "600", "given"),
}


def chosen_shortcut(known: Known, member: str, shortcut: Shortcut) -> dict[str, Any]:
    """Make a global or a message's shortcut."""
    if shortcut is Shortcut.FROM_LINK:
        return {**_interaction("shortcut", member), "callback_id": str(shortcut)}
    return {
        **_interaction("message_action", member),
        "callback_id": str(shortcut),
        "message_ts": known.linked_ts,
        "message": {"text": "https://x.com/nell/status/1990000000000000000"},
        "channel": {"id": known.channel, "name": "greenroom"},
        "response_url": "http://127.0.0.1:1/never",
    }


def command(known: Known, member: str, text: str) -> dict[str, Any]:
    """Make `/greenroom`."""
    return {
        "team_id": TEAM_ID,
        "channel_id": known.channel,
        "user_id": member,
        "command": "/greenroom",
        "text": text,
        "api_app_id": APP_ID,
        "response_url": "http://127.0.0.1:1/never",
    }


def message(known: Known, member: str, text: str, **more: Any) -> dict[str, Any]:
    """Make the event of a message in the channel, or where `more` says."""
    _count[0] += 1
    event = {
        "type": "message",
        "user": member,
        "channel": known.channel,
        "channel_type": "channel",
        "ts": f"1800000000.{_count[0]:06d}",
        "text": text,
        **more,
    }
    return _event(event)


def event_for(heard: Heard, known: Known, member: str, direct: str) -> dict[str, Any]:
    """Make the event of a question, of our name being called, or of Home being opened."""
    if heard is Heard.HOME:
        return _event({"type": "app_home_opened", "user": member, "channel": "D0X", "tab": "home"})
    if heard is Heard.NAMED:
        words = f"<@{BOT_USER_ID}> how are we doing?"
        return message(known, member, words, type="app_mention")
    return message(known, member, "how are we doing?", channel=direct, channel_type="im")


_count = [0]


def _interaction(kind: str, member: str) -> dict[str, Any]:
    return {
        "type": kind,
        "user": {"id": member, "team_id": TEAM_ID, "username": "somebody"},
        "api_app_id": APP_ID,
        "team": {"id": TEAM_ID, "domain": "practice-room"},
        "is_enterprise_install": False,
        "trigger_id": "0.0.forged",
    }


def _event(event: dict[str, Any]) -> dict[str, Any]:
    _count[0] += 1
    return {
        "team_id": TEAM_ID,
        "api_app_id": APP_ID,
        "event": {"event_ts": "1.1", **event},
        "type": "event_callback",
        "event_id": f"Ev0{_count[0]:08d}",
        "event_time": 1_800_000_000,
        "authorizations": [{"team_id": TEAM_ID, "user_id": BOT_USER_ID, "is_bot": True}],
    }
