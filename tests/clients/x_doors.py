"""Doors to X with marked secrets, for servers of a test's own."""

from datetime import UTC, datetime

from clients.x.client import XClient, XKeys

NOW = datetime(2026, 11, 24, 12, 0, 0, tzinfo=UTC)
SECRETS = (
    "MARKED-consumer-key",
    "MARKED-consumer-secret",
    "4711-MARKED-access-token",
    "MARKED-access-secret",
    "MARKED-bearer",
)


def keys() -> XKeys:
    return XKeys(*SECRETS)


def door(url: str, *, deadline: float = 30.0) -> XClient:
    return XClient(
        keys(), base_url=url, clock=lambda: NOW, read_timeout=deadline, send_deadline=deadline
    )


def send(url: str, *, deadline: float = 30.0, wanted: bool = True) -> str:
    """Send one reply through a fresh door."""
    return door(url, deadline=deadline).send(
        "Hello there", in_reply_to="1234", may_still_go=lambda: wanted
    )
