"""The practice X counts calls against X's limits, bills reads as X does, and logs every call."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import tweepy

from tests.practice_server import PracticeServer


@pytest.fixture
def room() -> Iterator[PracticeServer]:
    """A practice X with nothing in it but the account."""
    with PracticeServer() as server:
        yield server


def mentions(room: PracticeServer, **asked: Any) -> tweepy.Response:
    """Read the account's mentions as the account itself."""
    return room.tweepy().get_users_mentions(room.x.account.id, user_auth=True, **asked)


def test_every_answer_says_how_many_calls_are_left(room: PracticeServer) -> None:
    """The headers count down by the limits of X, app and account apart."""
    client, path = room.tweepy(), f"/2/users/{room.x.account.id}/mentions"
    left = [
        client.request("GET", path, user_auth=True).headers["x-rate-limit-remaining"]
        for _ in range(2)
    ]
    assert left == ["299", "298"]
    answer = client.request("GET", path)
    assert answer.headers["x-rate-limit-limit"] == "450"
    assert answer.headers["x-rate-limit-remaining"] == "449"
    assert 0 < int(answer.headers["x-rate-limit-reset"]) - time.time() <= 901


def test_the_limit_ends_and_begins_anew() -> None:
    """Beyond the limit comes 429 with the reset; after it calls pass again."""
    now = [datetime(2026, 9, 1, 12, tzinfo=UTC)]
    with PracticeServer(clock=lambda: now[0]) as room:
        room.x.limits.scale = 3 / 300
        for _ in range(3):
            mentions(room)
        with pytest.raises(tweepy.TooManyRequests) as refusal:
            mentions(room)
        assert refusal.value.reset_time is not None
        assert refusal.value.response.headers["x-rate-limit-remaining"] == "0"
        now[0] = datetime.fromtimestamp(refusal.value.reset_time, UTC)
        assert mentions(room).meta == {"result_count": 0}


def test_the_bill_counts_each_post_once_a_day() -> None:
    """Own mentions are cheap for the account, and what was read today is not billed again."""
    now = [datetime(2026, 9, 1, 23, tzinfo=UTC)]
    with PracticeServer(clock=lambda: now[0]) as room:
        room.x.add_post("ada", "@juniperstcoffee hi")
        mentions(room)
        mentions(room)
        assert room.x.bill() == {"owned_read": 1_000}
        room.tweepy().search_recent_tweets("hi")
        assert room.x.bill() == {"owned_read": 1_000}
        now[0] += timedelta(hours=2)
        room.tweepy().search_recent_tweets("hi", expansions="author_id")
        assert room.x.bill() == {
            "owned_read": 1_000,
            "post_read": 5_000,
            "expanded_user_read": 10_000,
        }
        usage = room.tweepy().request(
            "GET", "/2/usage/tweets", params={"days": 2, "usage.fields": "daily_project_usage"}
        )
        daily = usage.json()["data"]["daily_project_usage"]["usage"]
        assert [day["usage"] for day in daily] == [1, 1]
        assert usage.json()["practice_bill"]["micro_dollars"] == room.x.bill()


def test_the_log_names_the_calls(room: PracticeServer) -> None:
    """Each call is written down with its name, query and status, without credentials."""
    room.tweepy().get_me()
    room.tweepy().search_recent_tweets("coffee", max_results=10)
    first, second = room.requests.all()
    assert (first["where"], first["call"], first["status"]) == ("x", "me", 200)
    assert second["body"] == {"query": "coffee", "max_results": "10"}
    assert room.x_bearer_token not in str(room.requests.all())
