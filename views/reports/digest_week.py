"""The weekly summary: the week's figures, each against the week before."""

from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

from domain import AccountStats, Choice, Share, Stats
from views.blocks.blocks import context, section
from views.blocks.formatting import count, excerpt
from views.blocks.message import Message, message

_HOUR = 60


def week_message(stats: AccountStats, zone: ZoneInfo) -> Message:
    """Draw a week's figures with those of the week before in brackets."""
    first = stats.period.now.begin.astimezone(zone).date()
    last = stats.period.now.end.astimezone(zone).date()
    head = f"The week of {_day(first)} to {_day(last)}"
    lines = _lines(stats.now, stats.before)
    handle = f"@{excerpt(stats.handle, 40)}"
    notes = [
        "Practice: this business and its people are made up." if stats.practice else "",
        "In brackets: the week before."
        if stats.before
        else "The week before is not on record as a whole, so nothing is compared.",
        "`/greenroom stats 30d` shows more.",
    ]
    if not lines:
        quiet = f"{head} was quiet: {handle} talked with nobody, and nobody wrote."
        return message(quiet, section(f"*{quiet}*"))
    shown = "\n".join(f"• {line}" for line in lines)
    return message(
        "\n".join([f"{head}, {handle}", *lines]).replace("*", ""),
        section(f"*{head}*\n{shown}"),
        context(*notes),
    )


def _lines(now: Stats, before: Stats | None) -> list[str]:
    talk = now.talk
    about_us = talk.plain + talk.linked
    if not (now.people or now.answered.of or talk.replies or about_us):
        return []
    met = count(now.people, "person", "people")
    lines = [
        (
            f"You went back and forth with *{met}*{_was(before, lambda s: s.people)}; "
            f"{now.came_back:,} came back{_was(before, lambda s: s.came_back)}."
        ),
        (
            f"You really talk with *{count(now.connections, 'person', 'people')}*"
            f"{_was(before, lambda s: s.connections)}, counted over 90 days."
        ),
        (
            f"{count(talk.replies, 'reply', 'replies')}{_was(before, lambda s: s.talk.replies)}, "
            f"{count(about_us, 'post')} about yourselves"
            f"{_was(before, lambda s: s.talk.plain + s.talk.linked)}."
        ),
    ]
    if now.answered.of:
        was = f" ({_of(before.answered)})" if before else ""
        lines.append(f"Of the posts worth an answer, {_of(now.answered)} got one{was}.")
    if now.median_wait is not None:
        was = f" ({_time(before.median_wait)})" if before and before.median_wait is not None else ""
        lines.append(
            f"Half of the answers came within {_time(now.median_wait)} of business hours{was}."
        )
    as_was, edited, skipped = (
        now.choices.get(choice, 0) for choice in (Choice.AS_WAS, Choice.EDITED, Choice.SKIPPED)
    )
    if as_was or edited or skipped:
        lines.append(
            f"Suggestions: {as_was:,} as they were, {edited:,} edited, {skipped:,} let go."
        )
    return lines


def _was(before: Stats | None, figure: Callable[[Stats], int]) -> str:
    return f" ({figure(before):,})" if before else ""


def _of(share: Share) -> str:
    percent = f" = {share.percent}%" if share.percent is not None else ""
    return f"{share.part:,} of {share.of:,}{percent}"


def _time(minutes: int) -> str:
    if minutes < _HOUR:
        return count(max(minutes, 1), "minute")
    hours, rest = divmod(minutes, _HOUR)
    return count(hours, "hour") + (f" {rest} min" if rest else "")


def _day(day: date) -> str:
    return f"{day.day} {day:%B}"
