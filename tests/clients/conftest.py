"""An open practice room, and the doors into it."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from clients.slack.client import SlackClient
from clients.x.client import XClient, XKeys
from sandbox.room import PracticeRoom


@pytest.fixture(scope="module")
def open_room() -> Iterator[PracticeRoom]:
    with PracticeRoom() as room:
        yield room


@pytest.fixture
def room(open_room: PracticeRoom) -> PracticeRoom:
    """The room, without the troubles, answers and calls of the test before."""
    open_room.trouble.clear()
    open_room.requests.clear()
    open_room.model.clear()
    return open_room


@pytest.fixture
def x(room: PracticeRoom) -> XClient:
    keys = XKeys(
        room.x_consumer_key,
        room.x_consumer_secret,
        room.x_access_token,
        room.x_access_token_secret,
        room.x_bearer_token,
    )
    return XClient(
        keys,
        base_url=room.x_url,
        clock=lambda: datetime.now(UTC),
        read_timeout=30.0,
        send_deadline=30.0,
    )


@pytest.fixture
def slack(room: PracticeRoom) -> SlackClient:
    return SlackClient(room.slack_bot_token, base_url=room.slack_api_url, timeout=30)
