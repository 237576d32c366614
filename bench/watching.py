"""Look into the practice room from the bench's own process, without a request of its own."""

import time
from datetime import datetime
from typing import Any

from sandbox.room import PracticeRoom
from sandbox.slack.messages import SlackMessage
from tests.stage import until

_QUIET_SECONDS = 3.0


def cards(room: PracticeRoom) -> list[SlackMessage]:
    """Return the cards that stand in the channel."""
    return [m for m in room.slack.messages() if is_card(m)]


def is_card(message: SlackMessage) -> bool:
    """Tell whether a message is a mention's card."""
    payload = (message.metadata or {}).get("event_payload") or {}
    return str(payload.get("key", "")).startswith("card:")


def wait_for_cards(room: PracticeRoom, count: int, seconds: float = 60.0) -> list[SlackMessage]:
    """Return the cards once there are so many."""

    def look() -> list[SlackMessage] | None:
        found = cards(room)
        return found if len(found) >= count else None

    return until(look, f"{count} cards stand in the channel", seconds)


def wait_for_first_poll(room: PracticeRoom) -> None:
    """Return when the account's mentions were read once and the first look was taken."""
    until(lambda: room.requests.of("x", "timeline"), "the first look was taken", 30.0)


def wait_for_quiet(room: PracticeRoom) -> None:
    """Return when no service has received a call for a few seconds."""
    calls, since = len(room.requests.all()), time.monotonic()

    def quiet() -> bool:
        nonlocal calls, since
        if (now := len(room.requests.all())) != calls:
            calls, since = now, time.monotonic()
        return time.monotonic() - since > _QUIET_SECONDS

    until(quiet, "no calls any more", 60.0)


def arrived(call: dict[str, Any]) -> datetime:
    """Return when the practice room had dealt with a call; to the millisecond."""
    return datetime.fromisoformat(call["at"])
