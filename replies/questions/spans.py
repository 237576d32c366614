"""Spans of time in words: "this week", "since Monday", "the last 30 days"."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import patterns as re
from domain import Span

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LAST = re.compile(
    r"\b(?:in |over |for |during )?(?:the )?(?:last|past) (\d{1,3}) (day|week|month)s?\b",
    re.IGNORECASE,
)
_SINCE = re.compile(rf"\b(?:since|on|last) ({'|'.join(_DAYS)})\b", re.IGNORECASE)
_NAMED = re.compile(
    r"\b(?:from |in |over |during |since )?(today|yesterday|this week|last week|(?:the )?past week|this month|"
    r"last month|(?:the )?past month|this year|so far|lately|recently|this morning|ever)\b",
    re.IGNORECASE,
)
_MEASURES = {"day": 1, "week": 7, "month": 30}
_WEEK = 7
_MONTH = 30
_FIRST_DAY_OF_X = date(2006, 3, 21)


def span_in(words: str, now: datetime, zone: ZoneInfo) -> tuple[Span, str, str]:
    """Return the span that words name, how it is called, and the words without it.

    Days begin at midnight of the business's own clock. Without a span: the last 30 days.
    """
    today = now.astimezone(zone).date()
    for pattern, read in ((_LAST, _last), (_SINCE, _since), (_NAMED, _named)):
        if found := pattern.search(words):
            begin, end, called = read(found[0].lower(), found, today)
            left = (words[: found.start()] + " " + words[found.end() :]).strip()
            return (
                Span(_midnight(begin, zone), _end(end, now, zone)),
                called,
                " ".join(left.split()),
            )
    begin = today - timedelta(days=_MONTH - 1)
    return Span(_midnight(begin, zone), now), f"in the last {_MONTH} days", words


def _last(_: str, found: re.Match[str], today: date) -> tuple[date, date, str]:
    number, measure = int(found[1]), found[2].lower()
    days = max(1, min(3650, number * _MEASURES[measure]))
    called = f"in the last {number} {measure}{'' if number == 1 else 's'}"
    return today - timedelta(days=days - 1), today, called


def _since(said: str, found: re.Match[str], today: date) -> tuple[date, date, str]:
    ago = (today.weekday() - _DAYS.index(found[1].lower())) % _WEEK
    ago = ago or (0 if said.startswith("on") else _WEEK)
    day = today - timedelta(days=ago)
    name = found[1].capitalize()
    return (day, day, f"on {name}") if said.startswith("on") else (day, today, f"since {name}")


def _named(said: str, found: re.Match[str], today: date) -> tuple[date, date, str]:
    name = found[1].lower().removeprefix("the ")
    yesterday = today - timedelta(days=1)
    monday = today - timedelta(days=today.weekday())
    first = today.replace(day=1)
    before = first - timedelta(days=1)
    until = today if "since" in said else yesterday
    named = {
        "yesterday": (yesterday, until, "yesterday"),
        "this week": (monday, today, "this week"),
        "last week": (monday - timedelta(days=_WEEK), monday - timedelta(days=1), "last week"),
        "past week": (today - timedelta(days=_WEEK - 1), today, "in the past week"),
        "this month": (first, today, "this month"),
        "last month": (before.replace(day=1), before, "last month"),
        "this year": (today.replace(month=1, day=1), today, "this year"),
        "ever": (_FIRST_DAY_OF_X, today, "ever"),
    }
    if name in {"today", "this morning", "so far"}:
        return today, today, "today"
    lately = (today - timedelta(days=_MONTH - 1), today, f"in the last {_MONTH} days")
    return named.get(name, lately)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


def _end(day: date, now: datetime, zone: ZoneInfo) -> datetime:
    return min(now, _midnight(day + timedelta(days=1), zone))
