"""A true Bolt app connected to a practice room, and a person's hands: the control API."""

import contextlib
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from slack_bolt import Ack, App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import ActionsBlock, ButtonElement

from sandbox.room import PracticeRoom

DEADLINE = 30.0

MODAL: dict[str, Any] = {
    "type": "modal",
    "callback_id": "edit",
    "title": {"type": "plain_text", "text": "Edit"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [
        {
            "type": "input",
            "block_id": "reply",
            "label": {"type": "plain_text", "text": "Reply"},
            "element": {"type": "plain_text_input", "action_id": "words", "initial_value": "Hello"},
        }
    ],
}
CARD = [
    ActionsBlock(elements=[ButtonElement(text="Approve", action_id="approve", value="1")]).to_dict()
]


def wait_for(condition: Callable[[], Any], what: str, seconds: float = DEADLINE) -> Any:
    """Poll until the condition holds, and return what it gave."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = condition()
        if found:
            return found
        time.sleep(0.01)
    raise AssertionError(f"In {seconds} s it did not happen: {what}.")


class Hands:
    """Calls the control API and keeps the status of the last answer."""

    def __init__(self, room: PracticeRoom) -> None:
        self.room = room
        self.status = 0
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        request = urllib.request.Request(  # noqa: S310 - always the room on loopback
            f"{self.room.control_url}/{path}",
            data=None if body is None else json.dumps(body).encode(),
            method=method,
            headers=headers,
        )
        try:
            with self.opener.open(request, timeout=DEADLINE) as answer:
                self.status = answer.status
                return json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                self.status = error.code
                return json.load(error)

    def get(self, path: str) -> Any:
        return self.call("GET", path)

    def post(self, path: str, **body: Any) -> Any:
        return self.call("POST", path, body)


def web_client(room: PracticeRoom, **options: Any) -> WebClient:
    """Make the true client; a proxy in the environment has no say on loopback."""
    client = WebClient(room.slack_bot_token, base_url=room.slack_api_url, **options)
    client.proxy = None
    return client


@contextmanager
def connected(room: PracticeRoom, app: App) -> Iterator[SocketModeHandler]:
    """Connect a Bolt app by Socket Mode, and take it down again."""
    handler = SocketModeHandler(app, room.slack_app_token)
    handler.client.proxy = None
    handler.connect()  # type: ignore[no-untyped-call]
    wait_for(lambda: room.hub.connected, "the app is connected")
    try:
        yield handler
    finally:
        _close(room, handler)
        app.listener_runner.listener_executor.shutdown()


def _close(room: PracticeRoom, handler: SocketModeHandler) -> None:
    # The client's own close waits up to 3 s for its socket to say something: let it hear a goodbye.
    handler.client.auto_reconnect_enabled = False
    handler.client.closed = True
    handler.client.enqueue_message("")
    room.hub.hang_up()
    with contextlib.suppress(AttributeError):
        # slack_sdk's close is not safe against its own reading thread, which may be first.
        handler.close()  # type: ignore[no-untyped-call]


def refused(error: pytest.ExceptionInfo[SlackApiError]) -> str:
    return str(error.value.response["error"])


def open_modal(app: App) -> None:
    @app.action("approve")
    def approve(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=MODAL)
        ack()


def clicked_open(room: PracticeRoom, client: WebClient, hands: Hands) -> str:
    posted = client.chat_postMessage(channel=room.channel_id, text="A card", blocks=CARD)
    pressed = hands.post("click", ts=posted["ts"], text="Approve", member=room.members[0].id)
    opened = pressed["opened"]
    assert [view["view_id"] for view in hands.get("views")] == opened
    return str(opened[0])
