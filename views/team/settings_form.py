"""What was put into the settings window: read, checked, and one clear sentence where it is wrong."""

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import patterns as re
from domain import Hours
from views.blocks.form import answered_blocks, given_in, kept_values, picks
from views.blocks.formatting import one_line, shorten
from views.team.settings_modal import GIVEN, ON, SETTING_OF, was_changed
from views.voice.hours_text import read_week

_LONGEST_UNDO = 600
_LONGEST_POLL = 86_400
_LEAST_POLL = 10
_LONGEST_REMINDER = 10_080
_MOST_DOLLARS = 10_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """New values by field of TeamSettings, and what is wrong by block."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


class _Wrong(ValueError):
    """Say what a value has to look like."""


def read_team_settings(view: Mapping[str, Any]) -> Wanted:
    """Read what somebody changed in the window; what they left alone is left out."""
    kept, given = kept_values(view), read_given(view)
    changed = [block for block, value in given.items() if was_changed(kept, block, value)]
    wanted = Wanted()
    for block in changed:
        try:
            wanted.values[SETTING_OF[block]] = _READERS[block](given)
        except _Wrong as wrong:
            wanted.errors[block] = shorten(str(wrong), 150)
        except (ValueError, KeyError):
            # Slack's own pickers give nothing like it.
            wanted.errors[block] = "That cannot be read. Choose it again."
    return wanted


def read_given(view: Mapping[str, Any]) -> dict[str, str]:
    """Return what each of the window's blocks holds, as text."""
    there = set(answered_blocks(view))
    return {
        block: _text_of(view, block, given_in(view, block, GIVEN))
        for block in SETTING_OF
        if block in there
    }


def _text_of(view: Mapping[str, Any], block: str, given: Mapping[str, Any]) -> str:
    if given.get("type") == "multi_users_select":
        users = given.get("selected_users")
        return ",".join(sorted(map(str, users))) if isinstance(users, list) else ""
    if given.get("type") == "checkboxes":
        return ",".join(picks(view, block, GIVEN))
    names = ("value", "selected_conversation", "selected_time")
    return next((str(given[name]).strip() for name in names if given.get(name)), "")


def _channel(given: Mapping[str, str]) -> str:
    if not given["channel"]:
        raise _Wrong("Choose the channel that Greenroom is to work in.")
    return given["channel"]


def _approvers(given: Mapping[str, str]) -> tuple[str, ...]:
    users = [part for part in given.get("approvers", "").split(",") if part]
    return (*users, *_groups(given))


def _groups(given: Mapping[str, str]) -> list[str]:
    groups = [part for part in re.split(r"[\s,]+", given.get("groups", "")) if part]
    if not all(re.fullmatch(r"S[A-Z0-9]{2,30}", group) for group in groups):
        raise _Wrong("A user group's id begins with S. Slack shows it in the group's own page.")
    return groups


def _members(given: Mapping[str, str]) -> tuple[str, ...]:
    try:
        return _approvers(given)
    except _Wrong:
        # The other block has its own sentence.
        return ()


def _number(
    block: str, least: float, most: float, what: str
) -> Callable[[Mapping[str, str]], float]:
    def read(given: Mapping[str, str]) -> float:
        text = given[block].replace(",", ".")
        try:
            number = float(text) if re.fullmatch(r"\d{1,9}(\.\d{1,6})?", text) else -1.0
        except ValueError:
            number = -1.0
        if not least <= number <= most:
            raise _Wrong(f"Write {what} from {least:,g} to {most:,g}.")
        return number

    return read


def _seconds(block: str, least: float, most: float) -> Callable[[Mapping[str, str]], timedelta]:
    number = _number(block, least, most, "a number of seconds")
    return lambda given: timedelta(seconds=number(given))


def _dollars(block: str) -> Callable[[Mapping[str, str]], int]:
    def read(given: Mapping[str, str]) -> int:
        text = given[block].removeprefix("$").strip().replace(",", ".")
        try:
            dollars = Decimal(text)
        except InvalidOperation:
            dollars = Decimal(-1)
        if not dollars.is_finite() or not 0 <= dollars <= _MOST_DOLLARS:
            raise _Wrong("Write an amount in US dollars, such as 1.50.")
        return int(dollars * 1_000_000)

    return read


def _remind_after(given: Mapping[str, str]) -> timedelta:
    number = _number("remind_after", 1, _LONGEST_REMINDER, "a number of minutes")
    return timedelta(minutes=number(given))


def _quiet(given: Mapping[str, str]) -> Hours | None:
    begins, ends = given.get("quiet_from", ""), given.get("quiet_to", "")
    if begins == ends:
        return None
    if not begins or not ends:
        raise _Wrong("Quiet hours need a beginning and an end, or neither.")
    return Hours(time.fromisoformat(begins), time.fromisoformat(ends))


def _business(given: Mapping[str, str]) -> Any:
    try:
        return read_week(given["business"])
    except ValueError as error:
        line = shorten(one_line(str(error)), 40)
        raise _Wrong(f"“{line}” cannot be read. Write it like: Mon–Fri 09:00–18:00") from error


def _digest_at(given: Mapping[str, str]) -> time:
    if not given["digest_at"]:
        raise _Wrong("Choose a time for the daily summary.")
    return time.fromisoformat(given["digest_at"])


def _timezone(given: Mapping[str, str]) -> ZoneInfo:
    text = given["timezone"].replace(" ", "_")
    names = {name.casefold(): name for name in available_timezones()}
    if text.casefold() in names:
        return ZoneInfo(names[text.casefold()])
    cities = {name.rsplit("/", 1)[-1]: full for name, full in names.items() if "/" in name}
    near = difflib.get_close_matches(text.casefold().rsplit("/", 1)[-1], cities, n=1)
    hint = f"Did you mean {cities[near[0]]}?" if near else "Write it like Europe/London."
    raise _Wrong(f"No time zone has that name. {hint}")


_READERS: dict[str, Callable[[Mapping[str, str]], Any]] = {
    "channel": _channel,
    "approvers": _members,
    "groups": _approvers,
    "second_approver": lambda given: given["second_approver"] == ON,
    "undo": _seconds("undo", 0, _LONGEST_UNDO),
    "escalate_to": lambda given: given["escalate_to"] or None,
    "business": _business,
    "remind_after": _remind_after,
    "quiet_from": _quiet,
    "quiet_to": _quiet,
    "digest_at": _digest_at,
    "timezone": _timezone,
    "poll_every": _seconds("poll_every", _LEAST_POLL, _LONGEST_POLL),
    "x_budget": _dollars("x_budget"),
    "model_budget": _dollars("model_budget"),
}
