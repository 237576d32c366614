"""The filtered stream of the practice X feeds the true tweepy streaming client."""

import queue
import threading
from collections.abc import Iterator

import pytest
import requests
import tweepy

from tests.practice_server import MovedTo, PracticeServer


@pytest.fixture
def room() -> Iterator[PracticeServer]:
    """A practice X with nothing in it but the account."""
    with PracticeServer() as server:
        yield server


class Listener(tweepy.StreamingClient):  # type: ignore[misc]
    """The true streaming client, its host moved, putting what it hears on a queue."""

    def __init__(self, room: PracticeServer) -> None:
        super().__init__(room.x_bearer_token, max_retries=0)
        self.session.mount("https://api.twitter.com", MovedTo(room.url + "/x"))
        self.heard: queue.Queue[tweepy.StreamResponse] = queue.Queue()
        self.connected = threading.Event()

    def on_connect(self) -> None:
        self.connected.set()

    def on_response(self, response: tweepy.StreamResponse) -> None:
        self.heard.put(response)


def test_what_matches_a_rule_arrives_as_it_is_posted(room: PracticeServer) -> None:
    """Matching posts come with their rule and author; others do not; one listener at a time."""
    listener = Listener(room)
    listener.add_rules(tweepy.StreamRule("coffee -tea", tag="shop"))
    thread = listener.filter(threaded=True, expansions="author_id")
    assert listener.connected.wait(30)
    with pytest.raises(tweepy.TooManyRequests, match="429"):
        room.tweepy().request("GET", "/2/tweets/search/stream")
    room.x.add_post("ada", "tea and coffee")
    wanted = room.x.add_post("ben", "just coffee")
    response = listener.heard.get(timeout=30)
    assert str(response.data.id) == wanted.id
    assert response.includes["users"][0].username == "ben"
    assert [rule.tag for rule in response.matching_rules] == ["shop"]
    assert listener.heard.empty()
    listener.disconnect()
    room.x.add_post("cat", "coffee once more")  # wakes the client, which then leaves
    thread.join(5)
    assert not thread.is_alive()
    listener.session.close()


def test_a_trouble_cuts_the_open_stream(room: PracticeServer) -> None:
    """The listener is gone at once, and the next one is let in."""
    listener = Listener(room)
    listener.on_connection_error = listener.disconnect
    thread = listener.filter(threaded=True)
    assert listener.connected.wait(30)
    room.trouble.queue("x", "disconnect")
    thread.join(5)
    assert not thread.is_alive()
    assert room.trouble.waiting() == []
    again = Listener(room)
    thread = again.filter(threaded=True)
    assert again.connected.wait(30)
    again.on_connection_error = again.disconnect
    room.trouble.queue("x", "disconnect")
    thread.join(5)


def test_the_room_closes_under_an_open_stream() -> None:
    """A listener does not keep the room open; the stream just ends."""
    with PracticeServer() as room, requests.Session() as session:
        answer = session.get(
            f"{room.url}/x/2/tweets/search/stream",
            headers={"authorization": f"Bearer {room.x_bearer_token}"},
            stream=True,
            timeout=30,
        )
        assert answer.status_code == 200
        room.__exit__(None, None, None)
        with pytest.raises(requests.exceptions.ChunkedEncodingError):
            list(answer.iter_content())
