"""The environment, read once into one frozen Settings; one error lists every gap.

Each setting is named once, beside the field that it becomes. `SETTINGS` is the whole list of
what may be set: .env.example and the docs are held against it by a test. No default here ever
leads to the practice room.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from typing import Annotated, Any, get_type_hints
from zoneinfo import ZoneInfo

import setting_values as values
from errors import SettingsError
from setting_values import WrongValue


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable of the environment. `default` None means that it is required.

    A `secret` may stand in a file instead, as Docker and Kubernetes hand them out.
    """

    name: str
    parse: Callable[[str], Any]
    default: str | None = None
    where: str = ""
    secret: bool = False

    @property
    def file_name(self) -> str:
        """The variable that may name a file with the value instead, where this is a secret."""
        return f"{self.name}_FILE"


def _secret(
    name: str, where: str, parse: Callable[[str], Any], default: str | None = None
) -> Setting:
    return Setting(name, parse, default, where, secret=True)


_SLACK_APP = "api.slack.com/apps, your app"
_X_APP = "console.x.com, your app, Keys and tokens"
_OAUTH, _BASIC = f"{_SLACK_APP}, OAuth & Permissions", f"{_SLACK_APP}, Basic Information"
_CHANNEL = "the channel's details in Slack, at the bottom"
_MEMBER = "a member's profile in Slack, Copy member ID"
_MODEL_KEYS = "platform.openai.com, API keys"
_text, _optional = values.words_without_spaces, values.optional_text
_pause = values.seconds(0.2, 86_400)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackSettings:
    bot_token: Annotated[str, _secret("SLACK_BOT_TOKEN", _OAUTH, values.starts_with("xoxb-"))] = (
        field(repr=False)
    )
    app_token: Annotated[str, _secret("SLACK_APP_TOKEN", _BASIC, values.starts_with("xapp-"))] = (
        field(repr=False)
    )
    channel: Annotated[str, Setting("SLACK_CHANNEL", values.channel, "", _CHANNEL)]
    approvers: Annotated[tuple[str, ...], Setting("SLACK_APPROVERS", values.approvers, "", _MEMBER)]
    api_url: Annotated[str, Setting("SLACK_API_URL", values.service_url, "https://slack.com/api/")]


@dataclass(frozen=True, slots=True, kw_only=True)
class XSettings:
    consumer_key: Annotated[str, _secret("X_CONSUMER_KEY", _X_APP, _text)] = field(repr=False)
    consumer_secret: Annotated[str, _secret("X_CONSUMER_SECRET", _X_APP, _text)] = field(repr=False)
    access_token: Annotated[str, _secret("X_ACCESS_TOKEN", _X_APP, _text)] = field(repr=False)
    access_token_secret: Annotated[str, _secret("X_ACCESS_TOKEN_SECRET", _X_APP, _text)] = field(
        repr=False
    )
    bearer_token: Annotated[str | None, _secret("X_BEARER_TOKEN", _X_APP, _optional, "")] = field(
        repr=False
    )
    stream: Annotated[bool, Setting("X_STREAM", values.on_or_off, "off")]
    api_url: Annotated[str, Setting("X_API_URL", values.service_url, "https://api.x.com")]
    daily_budget_micro: Annotated[int, Setting("X_DAILY_BUDGET_USD", values.micro_dollars, "1.00")]
    seed_watches: Annotated[tuple[tuple[str, str], ...], Setting("X_WATCHES", values.watches, "")]
    look_back: Annotated[timedelta, Setting("FIRST_LOOK_BACK_HOURS", values.hours, "24")]
    poll_every: Annotated[timedelta, Setting("POLL_SECONDS", _pause, "120")]
    poll_least: Annotated[timedelta, Setting("POLL_SECONDS_LEAST", _pause, "30")]
    poll_most: Annotated[timedelta, Setting("POLL_SECONDS_MOST", _pause, "600")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSettings:
    api_key: Annotated[str | None, _secret("OPENAI_API_KEY", _MODEL_KEYS, _optional, "")] = field(
        repr=False
    )
    base_url: Annotated[str | None, Setting("OPENAI_BASE_URL", values.optional_url, "")]
    model: Annotated[str, Setting("OPENAI_MODEL", _text, "gpt-5.4-mini")]
    daily_budget_micro: Annotated[
        int, Setting("MODEL_DAILY_BUDGET_USD", values.micro_dollars, "1.00")
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything the environment says, checked; `given` names what it says itself."""

    slack: SlackSettings
    x: XSettings
    model: ModelSettings
    prices: Annotated[Mapping[str, tuple[int, ...]], Setting("PRICES", values.prices, "")]
    database_url: Annotated[
        str, _secret("DATABASE_URL", "", values.database_url, "sqlite:///greenroom.db")
    ] = field(repr=False)
    retention: Annotated[timedelta, Setting("RETENTION_DAYS", values.days, "365")]
    timezone: Annotated[ZoneInfo, Setting("TIMEZONE", values.timezone, "UTC")]
    digest_at: Annotated[time, Setting("DIGEST_AT", values.time_of_day, "17:00")]
    undo: Annotated[timedelta, Setting("UNDO_SECONDS", values.seconds(0, 600), "10")]
    log_level: Annotated[str, Setting("LOG_LEVEL", values.log_level, "INFO")]
    log_format: Annotated[str, Setting("LOG_FORMAT", values.log_format, "text")]
    metrics_host: Annotated[str, Setting("METRICS_HOST", _text, "127.0.0.1")]
    metrics_port: Annotated[int | None, Setting("METRICS_PORT", values.port, "")]
    metrics_names: Annotated[tuple[str, ...], Setting("METRICS_NAMES", values.host_names, "")]
    sentry_dsn: Annotated[str | None, _secret("SENTRY_DSN", "", values.optional_url, "")] = field(
        repr=False
    )
    given: frozenset[str]


def _fields(part: type) -> Iterator[tuple[str, Setting]]:
    """Yield the settings of a class in their order, each by its field's name."""
    for name, hint in get_type_hints(part, include_extras=True).items():
        yield from ((name, setting) for setting in getattr(hint, "__metadata__", ()))


SETTINGS: tuple[Setting, ...] = tuple(
    setting
    for part in (SlackSettings, XSettings, ModelSettings, Settings)
    for _, setting in _fields(part)
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

    def read(part: type) -> dict[str, Any]:
        return {name: v[setting.name] for name, setting in _fields(part)}

    return Settings(
        slack=SlackSettings(**read(SlackSettings)),
        x=XSettings(**read(XSettings)),
        model=ModelSettings(**read(ModelSettings)),
        given=frozenset(
            setting.name
            for setting in SETTINGS
            if any(environment.get(n, "").strip() for n in (setting.name, setting.file_name))
        ),
        **read(Settings),
    )
