"""The environment, read once into one frozen Settings; one error lists every gap.

`SETTINGS` is the whole list of what may be set: .env.example and the docs are held
against it by a test. No default here ever leads to the practice room.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from errors import SettingsError


@dataclass(frozen=True, slots=True)
class SlackSettings:
    bot_token: str = field(repr=False)
    app_token: str = field(repr=False)
    channel: str
    approvers: tuple[str, ...]
    api_url: str


@dataclass(frozen=True, slots=True)
class XSettings:
    consumer_key: str = field(repr=False)
    consumer_secret: str = field(repr=False)
    access_token: str = field(repr=False)
    access_token_secret: str = field(repr=False)
    bearer_token: str | None = field(repr=False)
    api_url: str
    daily_budget_micro: int
    poll_every: timedelta
    look_back: timedelta
    seed_watches: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ModelSettings:
    api_key: str | None = field(repr=False)
    base_url: str | None
    model: str
    daily_budget_micro: int


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the environment says, checked; `given` names what it says itself."""

    slack: SlackSettings
    x: XSettings
    model: ModelSettings
    database_url: str = field(repr=False)
    timezone: ZoneInfo
    digest_at: time
    undo: timedelta
    log_level: str
    log_format: str = "text"
    metrics_host: str = "127.0.0.1"
    metrics_port: int | None = None
    sentry_dsn: str | None = field(default=None, repr=False)
    given: frozenset[str] = frozenset()


class _WrongValue(ValueError):
    """Say what a setting must look like; never repeats the value, which may be a secret."""


def _starts_with(prefix: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if not value.startswith(prefix) or len(value) <= len(prefix) or re.search(r"\s", value):
            raise _WrongValue(f"must begin with {prefix} and hold no spaces")
        return value

    return parse


def _words_without_spaces(value: str) -> str:
    if re.search(r"\s", value):
        raise _WrongValue("must hold no spaces or line breaks")
    return value


def _service_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise _WrongValue("must be an address such as https://host/path")
    return value


def _channel(value: str) -> str:
    if not re.fullmatch(r"[CG][A-Z0-9]{2,}|#?[^\s#@<>A-Z]{1,80}", value):
        raise _WrongValue("must be a channel's id (C0123ABCD) or its name (#greenroom)")
    return value


def _approvers(value: str) -> tuple[str, ...]:
    ids = tuple(part for part in re.split(r"[\s,]+", value) if part)
    if not all(re.fullmatch(r"[UWS][A-Z0-9]{2,}", i) for i in ids):
        raise _WrongValue("must be member ids (U…) or user-group ids (S…) divided by commas")
    return ids


def _seconds(least: float, most: float) -> Callable[[str], timedelta]:
    def parse(value: str) -> timedelta:
        try:
            seconds = float(value)
        except ValueError:
            seconds = -1.0
        if not least <= seconds <= most:
            raise _WrongValue(f"must be a number of seconds from {least:g} to {most:g}")
        return timedelta(seconds=seconds)

    return parse


def _hours(value: str) -> timedelta:
    # X's recent search and our patience both end at seven days.
    if not value.isdecimal() or not 1 <= int(value) <= 168:  # noqa: PLR2004
        raise _WrongValue("must be a whole number of hours from 1 to 168")
    return timedelta(hours=int(value))


def _micro_dollars(value: str) -> int:
    try:
        dollars = Decimal(value)
    except InvalidOperation:
        dollars = Decimal(-1)
    if not dollars.is_finite() or not 0 <= dollars <= 10_000:  # noqa: PLR2004
        raise _WrongValue("must be an amount in US dollars such as 0.50")
    return int(dollars * 1_000_000)


def _timezone(value: str) -> ZoneInfo:
    try:
        return ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        raise _WrongValue("must be a time zone's name such as Europe/London") from error


def _time_of_day(value: str) -> time:
    if not re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", value):
        raise _WrongValue("must be a time of day such as 17:30")
    hour, minute = value.split(":")
    return time(int(hour), int(minute))


def _watches(value: str) -> tuple[tuple[str, str], ...]:
    watches = []
    for part in filter(None, (p.strip() for p in value.split(";"))):
        label, _, query = (p.strip() for p in part.partition("="))
        if not label or not query or len(query) > 512:  # noqa: PLR2004
            raise _WrongValue(
                'must be label = query pairs with semicolons, such as coffee = "flat white" oxford'
            )
        watches.append((label, query))
    return tuple(watches)


def _database_url(value: str) -> str:
    if not re.match(r"sqlite:///.|postgres(ql)?://.", value):
        raise _WrongValue("must be sqlite:///FILE or postgresql://NAME:PASSWORD@HOST/DATABASE")
    return value


def _log_level(value: str) -> str:
    if value.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise _WrongValue("must be DEBUG, INFO, WARNING or ERROR")
    return value.upper()


def _log_format(value: str) -> str:
    if value.lower() not in {"text", "json"}:
        raise _WrongValue("must be text or json")
    return value.lower()


def _port(value: str) -> int | None:
    if not value:
        return None
    if not value.isdecimal() or not 0 < int(value) < 65536:  # noqa: PLR2004
        raise _WrongValue("must be a port's number from 1 to 65535")
    return int(value)


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable of the environment. `default` None means that it is required."""

    name: str
    parse: Callable[[str], Any]
    where: str
    default: str | None = None


def _optional_text(value: str) -> str | None:
    return _words_without_spaces(value) or None


_SLACK_APP = "api.slack.com/apps, your app"
_X_APP = "console.x.com, your app, Keys and tokens"

SETTINGS: tuple[Setting, ...] = (
    Setting("SLACK_BOT_TOKEN", _starts_with("xoxb-"), f"{_SLACK_APP}, OAuth & Permissions"),
    Setting("SLACK_APP_TOKEN", _starts_with("xapp-"), f"{_SLACK_APP}, Basic Information"),
    Setting(
        "SLACK_CHANNEL",
        lambda v: _channel(v) if v else "",
        "the channel's details in Slack, at the bottom",
        "",
    ),
    Setting("SLACK_APPROVERS", _approvers, "a member's profile in Slack, Copy member ID", ""),
    Setting("SLACK_API_URL", _service_url, "", "https://slack.com/api/"),
    Setting("X_CONSUMER_KEY", _words_without_spaces, _X_APP),
    Setting("X_CONSUMER_SECRET", _words_without_spaces, _X_APP),
    Setting("X_ACCESS_TOKEN", _words_without_spaces, _X_APP),
    Setting("X_ACCESS_TOKEN_SECRET", _words_without_spaces, _X_APP),
    Setting("X_BEARER_TOKEN", _optional_text, _X_APP, ""),
    Setting("X_API_URL", _service_url, "", "https://api.x.com"),
    Setting("X_DAILY_BUDGET_USD", _micro_dollars, "", "1.00"),
    Setting("X_WATCHES", _watches, "", ""),
    Setting("FIRST_LOOK_BACK_HOURS", _hours, "", "24"),
    Setting("POLL_SECONDS", _seconds(0.2, 86_400), "", "120"),
    Setting("OPENAI_API_KEY", _optional_text, "platform.openai.com, API keys", ""),
    Setting("OPENAI_BASE_URL", lambda v: _service_url(v) if v else None, "", ""),
    Setting("OPENAI_MODEL", _words_without_spaces, "", "gpt-5.4-mini"),
    Setting("MODEL_DAILY_BUDGET_USD", _micro_dollars, "", "1.00"),
    Setting("DATABASE_URL", _database_url, "", "sqlite:///greenroom.db"),
    Setting("TIMEZONE", _timezone, "", "UTC"),
    Setting("DIGEST_AT", _time_of_day, "", "17:00"),
    Setting("UNDO_SECONDS", _seconds(0, 600), "", "10"),
    Setting("LOG_LEVEL", _log_level, "", "INFO"),
    Setting("LOG_FORMAT", _log_format, "", "text"),
    Setting("METRICS_HOST", _words_without_spaces, "", "127.0.0.1"),
    Setting("METRICS_PORT", _port, "", ""),
    Setting("SENTRY_DSN", lambda v: _service_url(v) if v else None, "", ""),
)


def gaps_in(environment: Mapping[str, str]) -> dict[str, str]:
    """Return a sentence for each setting that is missing or malformed, by its name."""
    return _parsed(environment)[1]


def _parsed(environment: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    values: dict[str, Any] = {}
    gaps: dict[str, str] = {}
    for setting in SETTINGS:
        raw = environment.get(setting.name, "").strip() or setting.default
        if raw is None:
            gaps[setting.name] = f"{setting.name} is missing (find it at: {setting.where})."
            continue
        try:
            values[setting.name] = setting.parse(raw)
        except _WrongValue as wrong:
            gaps[setting.name] = f"{setting.name} {wrong}."
    return values, gaps


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Check the whole environment and return it as one Settings.

    Raises:
        SettingsError: lists every missing or malformed setting, never a value.
    """
    v, gaps = _parsed(environment)
    if gaps:
        raise SettingsError(list(gaps.values()))
    return Settings(
        slack=SlackSettings(
            v["SLACK_BOT_TOKEN"],
            v["SLACK_APP_TOKEN"],
            v["SLACK_CHANNEL"],
            v["SLACK_APPROVERS"],
            v["SLACK_API_URL"],
        ),
        x=XSettings(
            v["X_CONSUMER_KEY"],
            v["X_CONSUMER_SECRET"],
            v["X_ACCESS_TOKEN"],
            v["X_ACCESS_TOKEN_SECRET"],
            v["X_BEARER_TOKEN"],
            v["X_API_URL"],
            v["X_DAILY_BUDGET_USD"],
            v["POLL_SECONDS"],
            v["FIRST_LOOK_BACK_HOURS"],
            v["X_WATCHES"],
        ),
        model=ModelSettings(
            v["OPENAI_API_KEY"],
            v["OPENAI_BASE_URL"],
            v["OPENAI_MODEL"],
            v["MODEL_DAILY_BUDGET_USD"],
        ),
        database_url=v["DATABASE_URL"],
        timezone=v["TIMEZONE"],
        digest_at=v["DIGEST_AT"],
        undo=v["UNDO_SECONDS"],
        log_level=v["LOG_LEVEL"],
        log_format=v["LOG_FORMAT"],
        metrics_host=v["METRICS_HOST"],
        metrics_port=v["METRICS_PORT"],
        sentry_dsn=v["SENTRY_DSN"],
        given=frozenset(name for name in v if environment.get(name, "").strip()),
    )
