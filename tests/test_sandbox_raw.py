"""The practice Slack delivers a payload that no button makes, just as it is said."""

from collections.abc import Iterator
from typing import Any

import pytest
from slack_bolt import Ack, App
from slack_sdk import WebClient

from sandbox.room import PracticeRoom
from tests.practice_slack import MODAL, Hands, connected, wait_for, web_client

PRESSED = {
    "type": "block_actions",
    "user": {"id": "U0NOBODY000"},
    "actions": [{"type": "button", "action_id": "forged", "block_id": "b", "value": "x"}],
}


@pytest.fixture
def room() -> Iterator[PracticeRoom]:
    with PracticeRoom() as opened:
        yield opened


def test_a_payload_arrives_as_it_is_said_and_as_often(room: PracticeRoom) -> None:
    """With a trigger that opens a window for the member whom it was made for."""
    app = App(client=web_client(room))
    seen: list[dict[str, Any]] = []

    @app.action("forged")
    def forged(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        seen.append(body)
        if body["trigger_id"] != "none":
            client.views_open(trigger_id=body["trigger_id"], view=MODAL)

    with connected(room, app):
        hands = Hands(room)
        payload = {**PRESSED, "trigger_id": "none"}
        answer = hands.post("payload", kind="interactive", payload=payload, times=3)
        assert answer["acked"] == [True] * 3
        wait_for(lambda: len(seen) == 3, "all three arrived")
        assert seen[0] == payload
        member = room.members[0].id
        hands.post("payload", kind="interactive", payload=PRESSED, trigger=member)
        (view,) = wait_for(lambda: hands.get("views"), "the window is open")
        assert view["member"] == member


@pytest.mark.parametrize(
    "said",
    [
        {"kind": "post", "payload": {}},
        {"kind": "interactive", "payload": "x"},
        {"kind": "interactive", "payload": {}, "times": 0},
        {"kind": "interactive", "payload": {}, "times": True},
        {"kind": "interactive", "payload": {}, "times": 10_000},
    ],
)
def test_what_is_no_payload_is_refused(room: PracticeRoom, said: dict[str, Any]) -> None:
    """With a sentence, as everything of the control address."""
    hands = Hands(room)
    assert hands.post("payload", **said)["error"]
    assert hands.status == 400
