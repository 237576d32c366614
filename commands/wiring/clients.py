"""The clients of X, Slack and the model that the settings describe."""

from datetime import UTC, datetime

from clients.model.client import ModelClient
from clients.slack.client import SlackClient
from clients.x.client import XClient, XKeys
from clients.x.stream import StreamDoor
from jobs.engine.timings import Timings
from settings import Settings


def x_door(settings: Settings, timings: Timings) -> XClient:
    """Make the door to X that the settings describe."""
    keys = XKeys(
        consumer_key=settings.x.consumer_key,
        consumer_secret=settings.x.consumer_secret,
        access_token=settings.x.access_token,
        access_token_secret=settings.x.access_token_secret,
        bearer_token=settings.x.bearer_token,
    )
    return XClient(
        keys,
        base_url=settings.x.api_url,
        clock=lambda: datetime.now(UTC),
        read_timeout=timings.read_timeout.total_seconds(),
        send_deadline=timings.send_deadline.total_seconds(),
        pause_floor=timings.vague_pause,
    )


def stream_door(settings: Settings, timings: Timings, x: XClient) -> StreamDoor | None:
    """Make the door to X's filtered stream; None where it is not asked for."""
    if not settings.x.stream or not settings.x.bearer_token:
        return None
    return StreamDoor(
        x,
        settings.x.bearer_token,
        base_url=settings.x.api_url,
        silence=timings.stream.silence.total_seconds(),
    )


def slack_door(settings: Settings) -> SlackClient:
    """Make the door to Slack that the settings describe."""
    return SlackClient(settings.slack.bot_token, base_url=settings.slack.api_url)


def model_door(settings: Settings, timings: Timings) -> ModelClient | None:
    """Make the door to the model; None without a key."""
    if settings.model.api_key is None:
        return None
    return ModelClient(
        settings.model.api_key,
        settings.model.base_url,
        settings.model.model,
        timeout=timings.model_deadline.total_seconds(),
    )
