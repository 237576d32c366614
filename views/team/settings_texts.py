"""The team's settings in words: their names, their values, who changed them, and pauses."""

from datetime import time, timedelta
from typing import Any

from domain import Hours, SettingChange
from views.blocks.action_ids import ActionId
from views.blocks.blocks import actions, button, section
from views.blocks.formatting import (
    channel_words,
    count,
    escape,
    excerpt,
    listed,
    member_words,
    one_line,
    shorten,
    slack_date,
)
from views.blocks.message import Message, message
from views.reports.budget import dollars
from views.voice.hours_text import hours_words, week_lines

#: How each setting is called, in the middle of a sentence.
_NAMES = {
    "channel": "the channel",
    "timezone": "the time zone",
    "digest_at": "the daily summary",
    "undo": "the undo window",
    "poll_every": "how often X is asked",
    "x_budget_micro": "X's daily budget",
    "model_budget_micro": "the model's daily budget",
    "approvers": "who may approve",
    "quiet": "quiet hours",
    "business": "business hours",
    "remind_after": "when to remind",
    "escalate_to": "the other channel",
    "second_approver": "two-person approval",
}
_MINUTE = 60
_HOUR = 3600
_MOST_APPROVERS = 8


#: A value of a change in the list of the last ones; escaping makes a character five.
_LONGEST_VALUE = 600


def value_words(name: str, value: Any) -> str:
    """Write a setting's value, plain; ids of channels and members stay ids."""
    if value is None or value in ("", ()):
        words = "every full member of the channel" if name == "approvers" else "none"
    elif isinstance(value, timedelta):
        words = duration_words(value)
    elif isinstance(value, Hours):
        words = hours_words(value)
    elif isinstance(value, time):
        words = f"{value:%H:%M}"
    elif isinstance(value, bool):
        words = "on" if value else "off"
    elif isinstance(value, int):
        words = dollars(value)
    elif isinstance(value, tuple):
        week = name == "business"
        words = week_lines(value).replace("\n", ", ") if week else ",".join(value)
    else:
        words = str(value)
    return words


def duration_words(length: timedelta) -> str:
    """Write a length of time in its largest whole unit."""
    seconds = length.total_seconds()
    for unit, name in ((_HOUR, "hour"), (_MINUTE, "minute")):
        if seconds >= unit and seconds % unit == 0:
            return count(int(seconds // unit), name)
    return f"{seconds:g} second{'' if seconds == 1 else 's'}"


def shown_words(name: str, words: str) -> str:
    """Make what `value_words` wrote fit for mrkdwn: channels and members by their names."""
    if name in {"channel", "escalate_to"}:
        return channel_words(words)
    if name == "approvers" and "," not in words and " " in words:
        return escape(words)
    if name == "approvers":
        ids = words.split(",")
        shown = [_approver(i) for i in ids[:_MOST_APPROVERS]]
        more = len(ids) - _MOST_APPROVERS
        return listed([*shown, f"{more:,} more"] if more > 0 else shown, last="and")
    return excerpt(words, 200)


def forced_line(name: str, value: Any) -> str:
    """Show a setting that the environment sets, in mrkdwn."""
    called = _NAMES[name][0].upper() + _NAMES[name][1:]
    return f"*{called}:* {shown_words(name, value_words(name, value))} · set in `.env`"


def change_line(change: SettingChange) -> str:
    """Say who changed what, and when, in mrkdwn."""
    who = f"*{excerpt(change.member_name, 60) or 'Somebody'}*"
    return f"{who} {_what(change)} · {slack_date(change.at)}"


def _what(change: SettingChange) -> str:
    if change.name == "paused_by":
        return "paused Greenroom" if change.after == "paused" else "resumed Greenroom"
    if change.name == "second_approver":
        return f"turned two-person approval {excerpt(change.after, 20)}"
    called = _NAMES.get(change.name, excerpt(change.name, 40))
    value = shown_words(change.name, change.after)
    if len(value) > _LONGEST_VALUE:
        value = excerpt(change.after, _LONGEST_VALUE // 5)
    return f"set {called} to {value}"


def _approver(approver_id: str) -> str:
    if approver_id.startswith("S"):
        return f"the group {excerpt(approver_id, 40)}"
    return member_words(approver_id)


def not_invited(channel_name: str) -> str:
    """Tell at the field that the bot is not in a channel; plain, within 150 characters."""
    name = shorten(one_line(channel_name), 60)
    return f"Greenroom is not in #{name}. Write /invite @Greenroom there, then save again."


def no_approver_left() -> str:
    """Tell at the field that nobody could decide any more; plain."""
    return "None of these can decide: guests and people of other companies cannot. Add a member."


def paused_sentence(by: str) -> tuple[str, str]:
    """Tell the channel and Home that somebody paused: what happened, and what that means.

    Both are plain; who shows them escapes them.
    """
    return (
        f"{by} paused Greenroom: nothing is read from X and nothing is drafted.",
        "Approved replies still go out. `/greenroom resume` lets it go on.",
    )


def resumed_sentence(by: str) -> str:
    """Tell the channel that it goes on; plain."""
    return f"{by} resumed Greenroom. What people wrote meanwhile comes now."


def paused_now() -> str:
    """Answer who paused."""
    return (
        "Paused. Nothing is read from X and nothing is drafted until somebody writes "
        "`/greenroom resume`. Replies that somebody approves still go out."
    )


def resumed_now() -> str:
    """Answer who resumed."""
    return "Greenroom goes on. What people wrote meanwhile comes in a moment."


def paused_already(by: str) -> str:
    """Answer who paused what rests already."""
    return f"{excerpt(by, 60)} paused it already. `/greenroom resume` lets it go on."


def runs_already() -> str:
    """Answer who resumed what is not paused."""
    return "Greenroom is not paused."


def not_an_admin() -> str:
    """Tell who may not change the settings who may."""
    return (
        "Settings can be changed by the workspace's owners and admins, and by the members who "
        "are named as approvers. Ask one of them."
    )


def not_an_exporter() -> str:
    """Tell who may not take everything along who may."""
    return (
        "An export holds people, notes and costs, so only owners and admins of the workspace get "
        "one. Ask one of them; the channel is told who did."
    )


def no_channel_yet() -> str:
    """Tell who may not choose the channel that none is chosen."""
    return (
        "No channel is chosen yet, so Greenroom waits. An owner or admin of the workspace can "
        "choose one: open Greenroom's Home tab, then Settings."
    )


def choose_channel(account_handle: str) -> Message:
    """Ask an owner or admin to choose the channel, in a direct message."""
    words = (
        f"Greenroom for @{excerpt(account_handle, 40)} runs, but no channel is chosen yet, so it "
        "waits. Invite me to a channel with `/invite`, then choose it in my Home tab, under "
        "Settings."
    )
    return message(words, section(words), actions(button("Settings", ActionId.OPEN_SETTINGS)))
