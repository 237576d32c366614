"""Only the right keys open the practice X, each signature once, and each door to whom it is for."""

import time
from collections.abc import Iterator

import pytest
import requests
import tweepy
from requests_oauthlib import OAuth1

from tests.practice_server import TIMEOUT, PracticeServer


@pytest.fixture
def room() -> Iterator[PracticeServer]:
    """A practice X with nothing in it but the account."""
    with PracticeServer() as server:
        yield server


@pytest.mark.parametrize(
    "wrong", ["consumer_key", "consumer_secret", "access_token", "access_token_secret"]
)
def test_a_wrong_key_is_refused(room: PracticeServer, wrong: str) -> None:
    """Each of the four keys must be right, the secrets too: the signature shows it."""
    with pytest.raises(tweepy.Unauthorized) as refusal:
        room.tweepy(**{wrong: "1-wrong"}).get_me()
    assert refusal.value.response.json() == {
        "title": "Unauthorized",
        "type": "about:blank",
        "status": 401,
        "detail": "Unauthorized",
    }


def test_a_wrong_bearer_token_is_refused(room: PracticeServer) -> None:
    """The app's own sign-in is checked too, and so is none at all."""
    with pytest.raises(tweepy.Unauthorized):
        room.tweepy(bearer_token="wrong").search_recent_tweets("coffee")
    assert requests.get(f"{room.url}/x/2/tweets?ids=1", timeout=TIMEOUT).status_code == 401


def test_a_signature_works_once(room: PracticeServer) -> None:
    """The same signed request sent again is refused: its nonce was used."""
    signed = _signed(room, f"{room.url}/x/2/users/me")
    with requests.Session() as session:
        assert session.send(signed, timeout=TIMEOUT).status_code == 200
        assert session.send(signed, timeout=TIMEOUT).status_code == 401


def test_a_signature_covers_the_question(room: PracticeServer) -> None:
    """A signed request whose query was changed on the way is refused."""
    signed = _signed(room, f"{room.url}/x/2/users/me?user.fields=name")
    signed.url = f"{room.url}/x/2/users/me?user.fields=url"
    with requests.Session() as session:
        assert session.send(signed, timeout=TIMEOUT).status_code == 401


@pytest.mark.parametrize("minutes", [-6, 6])
def test_an_old_signature_is_refused(room: PracticeServer, minutes: int) -> None:
    """A timestamp more than five minutes off is refused."""
    stamp = str(int(time.time()) + 60 * minutes)
    signed = _signed(room, f"{room.url}/x/2/users/me", timestamp=stamp)
    with requests.Session() as session:
        assert session.send(signed, timeout=TIMEOUT).status_code == 401


def _signed(room: PracticeServer, url: str, **more: str) -> requests.PreparedRequest:
    keys = (room.x_consumer_key, room.x_consumer_secret)
    token = (room.x_access_token, room.x_access_token_secret)
    signature = OAuth1(*keys, *token, **more)
    return requests.Request("GET", url, auth=signature).prepare()


def test_who_may_ask_what(room: PracticeServer) -> None:
    """Usage wants the app, users/me and posting want the account; the refusal says so."""
    client = room.tweepy()
    for route, user_auth in [("/2/usage/tweets", True), ("/2/users/me", False)]:
        with pytest.raises(tweepy.Forbidden) as refusal:
            client.request("GET", route, user_auth=user_auth)
        assert refusal.value.response.json()["title"] == "Unsupported Authentication"
    with pytest.raises(tweepy.Forbidden, match=r"OAuth 2\.0 Application-Only is forbidden"):
        client.create_tweet(text="hello", user_auth=False)
    assert room.x.posts() == []
