"""Events and connections of the practice Slack, with the true Socket Mode client."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.models.blocks import DividerBlock

from sandbox.room import PracticeRoom
from sandbox.slack.people import BOT_USER_ID
from tests.practice_slack import (
    CARD,
    Hands,
    clicked_open,
    connected,
    open_modal,
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


def test_what_people_say_arrives_as_events(room: PracticeRoom, app: App, hands: Hands) -> None:
    """Messages in threads, mentions and Home tabs reach their listeners; own messages do not."""
    heard: list[tuple[str, dict[str, Any]]] = []

    @app.event("message")
    def message(event: dict[str, Any]) -> None:
        heard.append(("message", event))

    @app.event("app_mention")
    def mention(event: dict[str, Any]) -> None:
        heard.append(("app_mention", event))

    @app.event("app_home_opened")
    def home(event: dict[str, Any], client: WebClient) -> None:
        heard.append(("home", event))
        client.views_publish(
            user_id=event["user"], view={"type": "home", "blocks": [DividerBlock().to_dict()]}
        )

    @app.event("member_joined_channel")
    def joined(event: dict[str, Any]) -> None:
        heard.append(("joined", event))

    member = room.members[0].id
    with connected(room, app):
        first = app.client.chat_postMessage(channel=room.channel_id, text="Own words")
        hands.post("say", text="shorter <3", thread_ts=first["ts"], member=member)
        said = wait_for(lambda: heard and heard.pop(), "the message arrived")
        assert said[0] == "message"
        assert said[1]["thread_ts"] == first["ts"]
        assert said[1]["text"] == "shorter &lt;3"
        assert said[1]["channel_type"] == "channel"
        hands.post("say", text=f"@{room.slack.bot.name} help", member=member)
        wait_for(lambda: len(heard) == 2, "message and mention arrived")
        assert {kind for kind, _ in heard} == {"message", "app_mention"}
        assert f"<@{BOT_USER_ID}>" in heard[0][1]["text"]
        hands.post("home", member=member)
        views = wait_for(lambda: hands.get("views"), "the Home tab was published")
        assert (views[0]["type"], views[0]["member"]) == ("home", member)
        room.slack.leave(room.channel_id, member)
        room.slack.join(room.channel_id, member)
        wait_for(lambda: heard[-1][0] == "joined", "the member's joining arrived")


def test_own_messages_and_changes_are_acknowledged_not_sent_again(
    room: PracticeRoom, app: App, client: WebClient
) -> None:
    """A bot's own message and its update come back as events, once each, as with Slack."""
    room.slack_settings.event_retry_seconds = (0.05, 0.05)
    room.slack_settings.ack_seconds = 0.3
    with connected(room, app) as handler:
        sent: list[str] = []
        handler.client.on_message_listeners.append(sent.append)
        posted = client.chat_postMessage(channel=room.channel_id, text="One")
        client.chat_update(channel=room.channel_id, ts=posted["ts"], text="Two")
        wait_for(lambda: sum("events_api" in text for text in sent) == 2, "both events came")
        wait_for(lambda: not room.hub.busy, "both were acknowledged")
    events = [text for text in sent if "events_api" in text]
    assert len(events) == 2
    assert "message_changed" in events[1]


def test_an_event_that_is_not_acknowledged_comes_again(
    room: PracticeRoom, app: App, hands: Hands
) -> None:
    """Redelivery bears the attempt's number and the same event id."""
    room.slack_settings.event_retry_seconds = (0.02, 0.02)
    room.slack_settings.ack_seconds = 0.2
    attempts: list[tuple[int, str]] = []

    with connected(room, app) as handler:
        handler.client.socket_mode_request_listeners.clear()

        def note(_client: Any, request: Any) -> None:
            attempts.append((request.retry_attempt, request.payload["event_id"]))

        handler.client.socket_mode_request_listeners.append(note)
        hands.post("say", text="Hello?", member=room.members[0].id)
        wait_for(lambda: len(attempts) == 3, "three deliveries")
        wait_for(lambda: not room.hub.busy, "it stopped trying")
    assert [attempt for attempt, _ in attempts] == [0, 1, 2]
    assert len({event_id for _, event_id in attempts}) == 1


def test_duplicate_events_brings_the_next_event_twice(
    room: PracticeRoom, app: App, hands: Hands
) -> None:
    """The same event arrives twice, then once again."""
    heard: list[str] = []

    @app.event("message")
    def message(body: dict[str, Any]) -> None:
        heard.append(body["event_id"])

    with connected(room, app):
        hands.post("trouble", where="slack", what="duplicate_events")
        hands.post("say", text="twice", member=room.members[0].id)
        wait_for(lambda: len(heard) == 2, "it came twice")
        hands.post("say", text="once", member=room.members[0].id)
        wait_for(lambda: len(heard) == 3, "the next came")
        wait_for(lambda: not room.hub.busy, "all is acknowledged")
    assert heard[0] == heard[1] != heard[2]
    assert hands.get("trouble") == []


def test_a_disconnected_app_comes_back_and_works_again(
    room: PracticeRoom, app: App, client: WebClient, hands: Hands
) -> None:
    """After a disconnect message the client takes a new connection and clicks arrive again."""
    open_modal(app)
    with connected(room, app) as handler:
        before = handler.client.session_id()
        hands.post("trouble", where="slack", what="disconnect")
        wait_for(lambda: handler.client.session_id() != before, "a new session")
        wait_for(lambda: room.hub.connected, "the new connection is up")
        assert clicked_open(room, client, hands)
    assert len(room.requests.of("slack", "apps.connections.open")) == 2


def test_several_connections_share_the_payloads(
    room: PracticeRoom, client: WebClient, hands: Hands
) -> None:
    """Each payload goes to one of the app's connections."""
    seen: list[int] = []

    def an_app(number: int) -> App:
        made = App(client=client)

        @made.action("approve")
        def approve(ack: Ack) -> None:
            ack()
            seen.append(number)

        return made

    with connected(room, an_app(1)), connected(room, an_app(2)):
        wait_for(lambda: room.hub.connection_count == 2, "both are up")
        posted = client.chat_postMessage(channel=room.channel_id, text="A card", blocks=CARD)
        for _ in range(4):
            hands.post("click", ts=posted["ts"], text="Approve", member=room.members[0].id)
        wait_for(lambda: len(seen) == 4, "all four arrived")
    assert set(seen) == {1, 2}


def test_the_room_closes_without_leaving_anything_behind() -> None:
    """After stop no thread of the room is alive, even with a connection and a stream open."""
    room = PracticeRoom()
    room.start()
    app = App(client=web_client(room))
    before = threading.active_count()
    with connected(room, app):
        pass
    room.stop()
    room.stop()  # twice does no harm
    assert not [t for t in threading.enumerate() if t.name == "practice-room"]
    assert threading.active_count() <= before


def test_a_taken_port_is_said_plainly(room: PracticeRoom) -> None:
    """A second room on the same port fails with OSError."""
    with pytest.raises(OSError, match=r"[Aa]ddress already in use"):
        PracticeRoom(port=room.port).start()


def test_a_room_opens_again_on_its_port_and_remembers(
    room: PracticeRoom, client: WebClient
) -> None:
    """Closed and opened again, the room answers at the same address with what it knew."""
    client.chat_postMessage(channel=room.channel_id, text="still here")
    address = room.page_url
    room.stop()
    room.start()
    assert room.page_url == address
    history = client.conversations_history(channel=room.channel_id)["messages"]
    assert [m["text"] for m in history] == ["still here"]
