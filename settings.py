"""The environment, read once into one frozen Settings; one error lists every gap.

`SETTINGS` is the whole list of what may be set: .env.example and the docs are held
against it by a test. No default here ever leads to the practice room.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import setting_values as values
from errors import SettingsError
from setting_values import WrongValue


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
    poll_least: timedelta
    poll_most: timedelta
    look_back: timedelta
    seed_watches: tuple[tuple[str, str], ...]
    stream: bool = False


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
    metrics_names: tuple[str, ...] = ()
    sentry_dsn: str | None = field(default=None, repr=False)
    retention: timedelta = timedelta()
    prices: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    given: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable of the environment. `default` None means that it is required.

    A `secret` may stand in a file instead, as Docker and Kubernetes hand them out.
    """

    name: str
    parse: Callable[[str], Any]
    where: str
    default: str | None = None
    secret: bool = False

    @property
    def file_name(self) -> str:
        """The variable that may name a file with the value instead, where this is a secret."""
        return f"{self.name}_FILE"


_SLACK_APP = "api.slack.com/apps, your app"
_X_APP = "console.x.com, your app, Keys and tokens"

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "SLACK_BOT_TOKEN",
        values.starts_with("xoxb-"),
        f"{_SLACK_APP}, OAuth & Permissions",
        secret=True,
    ),
    Setting(
        "SLACK_APP_TOKEN",
        values.starts_with("xapp-"),
        f"{_SLACK_APP}, Basic Information",
        secret=True,
    ),
    Setting(
        "SLACK_CHANNEL",
        lambda v: values.channel(v) if v else "",
        "the channel's details in Slack, at the bottom",
        "",
    ),
    Setting("SLACK_APPROVERS", values.approvers, "a member's profile in Slack, Copy member ID", ""),
    Setting("SLACK_API_URL", values.service_url, "", "https://slack.com/api/"),
    Setting("X_CONSUMER_KEY", values.words_without_spaces, _X_APP, secret=True),
    Setting("X_CONSUMER_SECRET", values.words_without_spaces, _X_APP, secret=True),
    Setting("X_ACCESS_TOKEN", values.words_without_spaces, _X_APP, secret=True),
    Setting("X_ACCESS_TOKEN_SECRET", values.words_without_spaces, _X_APP, secret=True),
    Setting("X_BEARER_TOKEN", values.optional_text, _X_APP, "", secret=True),
    Setting("X_STREAM", values.on_or_off, "", "off"),
    Setting("X_API_URL", values.service_url, "", "https://api.x.com"),
    Setting("X_DAILY_BUDGET_USD", values.micro_dollars, "", "1.00"),
    Setting("X_WATCHES", values.watches, "", ""),
    Setting("FIRST_LOOK_BACK_HOURS", values.hours, "", "24"),
    Setting("POLL_SECONDS", values.seconds(0.2, 86_400), "", "120"),
    Setting("POLL_SECONDS_LEAST", values.seconds(0.2, 86_400), "", "30"),
    Setting("POLL_SECONDS_MOST", values.seconds(0.2, 86_400), "", "600"),
    Setting(
        "OPENAI_API_KEY", values.optional_text, "platform.openai.com, API keys", "", secret=True
    ),
    Setting("OPENAI_BASE_URL", lambda v: values.service_url(v) if v else None, "", ""),
    Setting("OPENAI_MODEL", values.words_without_spaces, "", "gpt-5.4-mini"),
    Setting("MODEL_DAILY_BUDGET_USD", values.micro_dollars, "", "1.00"),
    Setting("PRICES", values.prices, "", ""),
    Setting("DATABASE_URL", values.database_url, "", "sqlite:///greenroom.db", secret=True),
    Setting("RETENTION_DAYS", values.days, "", "365"),
    Setting("TIMEZONE", values.timezone, "", "UTC"),
    Setting("DIGEST_AT", values.time_of_day, "", "17:00"),
    Setting("UNDO_SECONDS", values.seconds(0, 600), "", "10"),
    Setting("LOG_LEVEL", values.log_level, "", "INFO"),
    Setting("LOG_FORMAT", values.log_format, "", "text"),
    Setting("METRICS_HOST", values.words_without_spaces, "", "127.0.0.1"),
    Setting("METRICS_PORT", values.port, "", ""),
    Setting("METRICS_NAMES", values.host_names, "", ""),
    Setting("SENTRY_DSN", lambda v: values.service_url(v) if v else None, "", "", secret=True),
)


def gaps_in(environment: Mapping[str, str]) -> dict[str, str]:
    """Return a sentence for each setting that is missing or malformed, by its name."""
    return _parsed(environment)[1]


def _parsed(environment: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    found: dict[str, Any] = {}
    gaps: dict[str, str] = {}
    for setting in SETTINGS:
        try:
            raw = _given(setting, environment) or setting.default
            if raw is None:
                gaps[setting.name] = f"{setting.name} is missing (find it at: {setting.where})."
                continue
            found[setting.name] = setting.parse(raw)
        except WrongValue as wrong:
            gaps[setting.name] = f"{_named(setting, environment)} {wrong}."
        except ValueError:
            # Python's own words may repeat the value.
            gaps[setting.name] = f"{_named(setting, environment)} cannot be read."
    if found.get("X_STREAM") and not found.get("X_BEARER_TOKEN", "malformed"):
        gaps["X_STREAM"] = "X_STREAM=on needs X_BEARER_TOKEN: X's stream takes no other key."
    return found, gaps


def _given(setting: Setting, environment: Mapping[str, str]) -> str:
    """Return what the environment, or the file that it names, says; "" where it says nothing.

    Raises:
        WrongValue: both say it, or the file cannot be read.
    """
    value = environment.get(setting.name, "").strip()
    file = environment.get(setting.file_name, "").strip() if setting.secret else ""
    if value and file:
        raise WrongValue(f"and {setting.file_name} are both set: leave one of them away")
    return values.secret_in_file(file) if file else value


def _named(setting: Setting, environment: Mapping[str, str]) -> str:
    in_file = setting.secret and not environment.get(setting.name, "").strip()
    return setting.file_name if in_file and environment.get(setting.file_name) else setting.name


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
            v["POLL_SECONDS_LEAST"],
            v["POLL_SECONDS_MOST"],
            v["FIRST_LOOK_BACK_HOURS"],
            v["X_WATCHES"],
            v["X_STREAM"],
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
        metrics_names=v["METRICS_NAMES"],
        sentry_dsn=v["SENTRY_DSN"],
        retention=v["RETENTION_DAYS"],
        prices=v["PRICES"],
        given=frozenset(
            setting.name
            for setting in SETTINGS
            if any(environment.get(n, "").strip() for n in (setting.name, setting.file_name))
        ),
    )
