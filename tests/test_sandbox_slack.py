"""Pressing, filling and commanding in the practice Slack, with the true Bolt app and Socket Mode."""

from collections.abc import Iterator
from typing import Any

import pytest
from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.room import PracticeRoom
from sandbox.slack.people import BOT_ID
from sandbox.slack.tickets import TRIGGER_SECONDS
from tests.practice_slack import (
    CARD,
    MODAL,
    Hands,
    clicked_open,
    connected,
    open_modal,
    refused,
    wait_for,
    web_client,
)


@pytest.fixture
def room() -> Iterator[PracticeRoom]:
    with PracticeRoom() as opened:
        yield opened


@pytest.fixture
def client(room: PracticeRoom) -> WebClient:
    return web_client(room)


@pytest.fixture
def hands(room: PracticeRoom) -> Hands:
    return Hands(room)


@pytest.fixture
def app(client: WebClient) -> App:
    return App(client=client)


def test_a_click_reaches_the_handler_with_a_whole_payload(
    room: PracticeRoom, app: App, client: WebClient, hands: Hands
) -> None:
    """A press on a button arrives as block_actions and its acknowledgement is measured."""
    seen: list[dict[str, Any]] = []

    @app.action("approve")
    def approve(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        seen.append(body)

    with connected(room, app):
        posted = client.chat_postMessage(channel=room.channel_id, text="A card", blocks=CARD)
        maya = room.members[0]
        pressed = hands.post("click", ts=posted["ts"], action_id="approve", member=maya.id)
        assert pressed["acked"] is True
        assert 0 < pressed["ms"] < 3000
        body = wait_for(lambda: seen and seen[0], "the handler ran")
    assert body["user"]["id"] == maya.id
    assert body["user"]["team_id"] == body["team"]["id"]
    assert body["container"]["message_ts"] == posted["ts"]
    assert body["channel"]["id"] == room.channel_id
    assert body["message"]["bot_id"] == BOT_ID
    assert body["actions"][0]["value"] == "1"
    assert body["actions"][0]["block_id"] == body["message"]["blocks"][0]["block_id"]
    assert body["state"] == {"values": {}}
    assert body["response_url"].startswith("http://127.0.0.1")


def test_a_click_that_nobody_handles_is_not_acknowledged(
    room: PracticeRoom, app: App, client: WebClient, hands: Hands
) -> None:
    """Without a handler the person sees an error, and the click is not sent again."""
    room.slack_settings.ack_seconds = 0.3
    with connected(room, app):
        posted = client.chat_postMessage(channel=room.channel_id, text="A card", blocks=CARD)
        pressed = hands.post("click", ts=posted["ts"], text="approve", member=room.members[0].id)
    assert pressed["ok"] is True
    assert pressed["acked"] is False
    assert "did not acknowledge" in pressed["note"]


def test_a_click_without_a_connection_is_lost(
    room: PracticeRoom, client: WebClient, hands: Hands
) -> None:
    """While no connection is up a click reaches nobody, and the answer says so."""
    posted = client.chat_postMessage(channel=room.channel_id, text="A card", blocks=CARD)
    pressed = hands.post("click", ts=posted["ts"], text="Approve", member=room.members[0].id)
    assert pressed["acked"] is False
    assert "no Socket Mode connection" in pressed["note"]


def test_a_modal_opens_and_its_submission_brings_what_was_typed(
    room: PracticeRoom, app: App, client: WebClient, hands: Hands
) -> None:
    """A submission carries typed values, and initial values where nothing was typed."""
    open_modal(app)
    seen: list[dict[str, Any]] = []

    @app.view("edit")
    def edit(ack: Ack, view: dict[str, Any]) -> None:
        ack()
        seen.append(view)

    with connected(room, app):
        member = room.members[0].id
        view_id = clicked_open(room, client, hands)
        assert hands.post("submit", view_id=view_id, values={}, member=member)["ok"] is True
        assert hands.get("views") == []
        view_id = clicked_open(room, client, hands)
        hands.post("submit", view_id=view_id, values={"words": "Good day"}, member=member)
        wait_for(lambda: len(seen) == 2, "both submissions arrived")
    typed = [view["state"]["values"]["reply"]["words"]["value"] for view in seen]
    assert typed == ["Hello", "Good day"]


def test_required_inputs_are_refused_before_the_app_hears_of_them(
    room: PracticeRoom, app: App, client: WebClient, hands: Hands
) -> None:
    """Slack's own client refuses an empty required input."""
    open_modal(app)
    with connected(room, app):
        view_id = clicked_open(room, client, hands)
        empty = hands.post(
            "submit", view_id=view_id, values={"reply": ""}, member=room.members[0].id
        )
    assert empty == {"ok": False, "errors": {"reply": "Please complete this required field."}}


def test_the_app_answers_a_submission_with_errors_then_update_push_and_clear(
    room: PracticeRoom, app: App, client: WebClient, hands: Hands
) -> None:
    """response_action errors, update, push and clear do what Slack does with them."""
    open_modal(app)
    changed = {**MODAL, "title": {"type": "plain_text", "text": "Changed"}}

    @app.view("edit")
    def edit(ack: Ack, view: dict[str, Any]) -> None:
        words = view["state"]["values"]["reply"]["words"]["value"]
        if words == "wrong":
            ack(response_action="errors", errors={"reply": "Not like that."})
        elif words == "clear":
            ack(response_action="clear")
        else:
            ack(response_action=words, view=changed)

    with connected(room, app):
        member = room.members[0].id
        view_id = clicked_open(room, client, hands)
        said = hands.post("submit", view_id=view_id, values={"words": "wrong"}, member=member)
        assert (said["ok"], said["errors"]) == (False, {"reply": "Not like that."})
        assert hands.get("views")[0]["errors"] == {"reply": "Not like that."}

        hands.post("submit", view_id=view_id, values={"words": "update"}, member=member)
        there = hands.get("views")[0]
        assert there["view"]["title"]["text"] == "Changed"
        # The input kept its ids, so it keeps what was typed.
        assert there["view"]["state"]["values"]["reply"]["words"]["value"] == "update"

        said = hands.post("submit", view_id=view_id, values={"words": "push"}, member=member)
        upper = said["opened"][0]
        assert hands.get("views")[1]["view"]["previous_view_id"] == view_id
        hands.post("submit", view_id=upper, values={"words": "clear"}, member=member)
        assert hands.get("views") == []


def test_a_view_is_updated_only_by_its_latest_hash(
    room: PracticeRoom, app: App, client: WebClient, hands: Hands
) -> None:
    """views.update with an old hash is refused, with an unknown id too."""
    open_modal(app)
    with connected(room, app):
        view_id = clicked_open(room, client, hands)
    first = hands.get("views")[0]["view"]["hash"]
    client.views_update(view_id=view_id, view=MODAL, hash=first)
    with pytest.raises(SlackApiError) as error:
        client.views_update(view_id=view_id, view=MODAL, hash=first)
    assert refused(error) == "hash_conflict"
    with pytest.raises(SlackApiError) as error:
        client.views_update(view_id="V0NOSUCH", view=MODAL)
    assert refused(error) == "not_found"


def test_closing_a_modal_tells_the_app_when_it_asked_for_it(
    room: PracticeRoom, app: App, client: WebClient, hands: Hands
) -> None:
    """view_closed arrives with notify_on_close."""
    closed: list[dict[str, Any]] = []

    @app.action("approve")
    def approve(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        client.views_open(trigger_id=body["trigger_id"], view={**MODAL, "notify_on_close": True})
        ack()

    @app.view_closed("edit")
    def gone(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        closed.append(body)

    with connected(room, app):
        view_id = clicked_open(room, client, hands)
        hands.post("close", view_id=view_id, member=room.members[0].id)
        assert wait_for(lambda: closed, "the app heard of it")[0]["is_cleared"] is False
    assert hands.get("views") == []


def test_a_trigger_lives_three_seconds_and_opens_one_view(
    room: PracticeRoom, client: WebClient
) -> None:
    """Old, used and made-up trigger ids are refused with Slack's words."""
    member = room.members[0].id
    used = room.slack.tickets.new_trigger(member)
    client.views_open(trigger_id=used, view=MODAL)
    late = room.slack.tickets.new_trigger(member)
    clock = room.slack.tickets.clock
    room.slack.tickets.clock = lambda: clock() + TRIGGER_SECONDS + 0.1
    for trigger_id, word in (
        (used, "exchanged_trigger_id"),
        (late, "expired_trigger_id"),
        ("1.2.3", "invalid_trigger_id"),
    ):
        with pytest.raises(SlackApiError) as error:
            client.views_open(trigger_id=trigger_id, view=MODAL)
        assert refused(error) == word


def test_a_slash_command_is_answered_at_once_for_one_or_for_all(
    room: PracticeRoom, app: App, hands: Hands
) -> None:
    """Text in the acknowledgement is shown: privately, or to the channel when asked."""

    @app.command("/greenroom")
    def greenroom(ack: Ack, command: dict[str, Any]) -> None:
        if command["text"] == "loud":
            ack(text="For all", response_type="in_channel")
        else:
            ack(f"You said {command['text']}")

    member = room.members[0].id
    with connected(room, app):
        assert hands.post("command", command="/greenroom", text="hi & <b>", member=member)["acked"]
        hands.post("command", command="/greenroom", text="loud", member=member)
    private, loud = hands.get("messages")
    assert (private["text"], private["ephemeral_to"]) == ("You said hi &amp; &lt;b&gt;", member)
    assert (loud["text"], loud["ephemeral_to"]) == ("For all", None)


def test_response_addresses_post_replace_and_delete(
    room: PracticeRoom, app: App, client: WebClient, hands: Hands
) -> None:
    """respond() works as Slack's response_url does."""

    @app.action("approve")
    def approve(ack: Ack, respond: Respond) -> None:
        ack()
        respond("only for you")
        respond(text="for everyone", response_type="in_channel", replace_original=False)
        respond(text="another card", replace_original=True)
        respond(delete_original=True)

    with connected(room, app):
        posted = client.chat_postMessage(channel=room.channel_id, text="A card", blocks=CARD)
        hands.post("click", ts=posted["ts"], text="Approve", member=room.members[0].id)
        wait_for(lambda: len(room.requests.of("slack", "response_url")) == 4, "all four answers")
    assert [m["text"] for m in hands.get("messages")] == ["only for you", "for everyone"]
    assert hands.get("messages")[0]["ephemeral_to"] == room.members[0].id
