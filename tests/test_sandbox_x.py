"""The practice X answers the true tweepy client as X does: people, posts, timelines, search."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import tweepy

from sandbox.x.posts import id_at
from tests.practice_server import PracticeServer


@pytest.fixture
def room() -> Iterator[PracticeServer]:
    """A practice X with nothing in it but the account."""
    with PracticeServer() as server:
        yield server


def mentions(room: PracticeServer, **asked: Any) -> tweepy.Response:
    """Read the account's mentions as the account itself."""
    return room.tweepy().get_users_mentions(room.x.account.id, user_auth=True, **asked)


# People and posts


def test_a_person_is_found_by_id_handle_and_in_lists(room: PracticeServer) -> None:
    """The three look-ups agree, and answer only the fields that were asked for."""
    ada = room.x.add_person("Ada_L", name="Ada", followers=12, bio="reads")
    client = room.tweepy()
    plain = client.get_user(username="ada_l").data.data
    assert plain == {"id": ada.id, "name": "Ada", "username": "Ada_L"}
    asked = ["public_metrics", "description", "profile_image_url"]
    by_id = client.get_user(id=ada.id, user_fields=asked).data
    assert by_id.public_metrics["followers_count"] == 12
    assert by_id.description == "reads"
    assert by_id.profile_image_url == f"{room.url}/avatars/Ada_L.png"
    several = client.get_users(ids=[ada.id, "404"])
    assert [person.id for person in several.data] == [int(ada.id)]
    [missing] = several.errors
    assert missing["value"] == "404"
    assert missing["type"].endswith("/resource-not-found")


def test_posts_come_with_only_what_was_asked_for(room: PracticeServer) -> None:
    """Without fields a post has id, text and its history; with them the rest too."""
    post = room.x.add_post("ada", "Is @juniperstcoffee open? #coffee", likes=3)
    client = room.tweepy()
    plain = client.get_tweet(post.id).data.data
    assert plain == {"id": post.id, "text": post.text, "edit_history_tweet_ids": [post.id]}
    fields = ["author_id", "created_at", "entities", "public_metrics", "lang", "conversation_id"]
    full = client.get_tweet(post.id, tweet_fields=fields).data.data
    assert full.keys() == {*plain, *fields}
    assert full["entities"]["mentions"] == [
        {"start": 3, "end": 19, "username": "juniperstcoffee", "id": room.x.account.id}
    ]
    assert full["created_at"] == post.created_at.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    assert full["public_metrics"]["like_count"] == 3


def test_missing_deleted_and_protected_posts_are_told_apart(room: PracticeServer) -> None:
    """The found ones come as data, the others each with X's reason."""
    room.x.add_person("shy", protected=True)
    seen, gone = room.x.add_post("ada", "one"), room.x.add_post("ada", "two")
    hidden = room.x.add_post("shy", "@juniperstcoffee psst")
    room.x.delete_post(gone.id)
    answer = room.tweepy().get_tweets([seen.id, gone.id, hidden.id, "404"])
    assert [str(post.id) for post in answer.data] == [seen.id]
    reasons = {error["value"]: error["title"] for error in answer.errors}
    assert reasons == {
        gone.id: "Not Found Error",
        hidden.id: "Authorization Error",
        "404": "Not Found Error",
    }
    assert mentions(room).data is None


def test_a_reply_brings_what_it_answers_when_asked(room: PracticeServer) -> None:
    """Expansions add the post replied to and both authors, each once."""
    ours = room.x.add_post("juniperstcoffee", "New roast today")
    reply = room.x.add_post("ada", "which one?", in_reply_to=ours.id)
    answer = mentions(
        room,
        expansions=["author_id", "referenced_tweets.id", "referenced_tweets.id.author_id"],
        tweet_fields=["in_reply_to_user_id", "conversation_id", "display_text_range"],
    )
    [post] = answer.data
    assert str(post.id) == reply.id
    assert post.text == "@juniperstcoffee which one?", "X puts the handle before a reply"
    assert post.data["display_text_range"] == [len("@juniperstcoffee "), len(post.text)]
    assert str(post.conversation_id) == ours.id
    assert str(post.in_reply_to_user_id) == room.x.account.id
    assert post.data["referenced_tweets"] == [{"type": "replied_to", "id": ours.id}]
    assert [str(other.id) for other in answer.includes["tweets"]] == [ours.id]
    assert {person.username for person in answer.includes["users"]} == {"ada", "juniperstcoffee"}


def test_a_reply_to_something_deleted_says_what_is_missing(room: PracticeServer) -> None:
    """The reply still comes; the post it answers is an error, not an answer."""
    ours = room.x.add_post("juniperstcoffee", "Oops")
    room.x.add_post("ada", "@juniperstcoffee hm?", in_reply_to=ours.id)
    room.x.delete_post(ours.id)
    answer = mentions(room, expansions="referenced_tweets.id")
    assert len(answer.data) == 1
    assert "tweets" not in answer.includes
    assert answer.errors[0]["resource_id"] == ours.id


# Timelines and search


def test_mentions_are_paged_newest_first(room: PracticeServer) -> None:
    """Every mention comes once, in order, page after page; others do not come."""
    ids = [room.x.add_post(f"p{n}", f"@juniperstcoffee no {n}").id for n in range(12)]
    room.x.add_post("ada", "nothing to do with you")
    found: list[str] = []
    token = None
    sizes = []
    while True:
        answer = mentions(room, max_results=5, pagination_token=token)
        found += [str(post.id) for post in answer.data]
        sizes.append(answer.meta["result_count"])
        assert answer.meta["newest_id"] == str(answer.data[0].id)
        assert answer.meta["oldest_id"] == str(answer.data[-1].id)
        token = answer.meta.get("next_token")
        if token is None:
            break
    assert found == ids[::-1]
    assert sizes == [5, 5, 2]


def test_only_what_lies_in_the_window_comes(room: PracticeServer) -> None:
    """since_id and until_id exclude their own ids; times bound too."""
    now = datetime.now(UTC)
    posts = [
        room.x.add_post("ada", f"@juniperstcoffee {n}", created_at=now - timedelta(hours=n))
        for n in (4, 3, 2, 1)
    ]

    def texts(**asked: Any) -> list[str]:
        return [post.text[-1] for post in mentions(room, **asked).data or []]

    assert texts(since_id=posts[1].id) == ["1", "2"]
    assert texts(until_id=posts[2].id) == ["3", "4"]
    assert texts(since_id=posts[3].id) == []
    assert texts(start_time=now - timedelta(hours=2.5)) == ["1", "2"]
    assert texts(end_time=now - timedelta(hours=2.5)) == ["3", "4"]


def test_the_timeline_can_leave_replies_out(room: PracticeServer) -> None:
    """The account's own posts come, replies only unless excluded."""
    question = room.x.add_post("ada", "@juniperstcoffee open?")
    room.x.add_post("juniperstcoffee", "Hello street")
    room.x.add_post("juniperstcoffee", "Yes!", in_reply_to=question.id)
    client, me = room.tweepy(), room.x.account.id
    assert [p.text for p in client.get_users_tweets(me).data] == ["@ada Yes!", "Hello street"]
    answer = client.get_users_tweets(me, exclude=["replies", "retweets"])
    assert [post.text for post in answer.data] == ["Hello street"]


def test_search_finds_and_pages(room: PracticeServer) -> None:
    """Only matching posts of the last seven days come, in pages of at least ten."""
    now = datetime.now(UTC)
    room.x.add_post("old", "good coffee", created_at=now - timedelta(days=8))
    ids = [room.x.add_post("ada", f"good coffee {n}").id for n in range(11)]
    room.x.add_post("ada", "good tea")
    client = room.tweepy()
    first = client.search_recent_tweets("coffee -tea", max_results=10)
    second = client.search_recent_tweets("coffee -tea", next_token=first.meta["next_token"])
    assert [str(p.id) for p in (*first.data, *second.data)] == ids[::-1]
    assert client.search_recent_tweets("cocoa").meta == {"result_count": 0}


def test_counts_add_up(room: PracticeServer) -> None:
    """The buckets hold every matching post once."""
    now = datetime.now(UTC)
    for hours in (1, 5, 5.1, 30):
        room.x.add_post("ada", "coffee!", created_at=now - timedelta(hours=hours))
    answer = room.tweepy().get_recent_tweets_count("coffee", granularity="day")
    assert answer.meta["total_tweet_count"] == 4
    assert sum(bucket["tweet_count"] for bucket in answer.data) == 4
    assert room.x.bill() == {"counts_request": 5_000}


def _long_ago() -> int:
    return id_at(datetime.now(UTC) - timedelta(days=8))


@pytest.mark.parametrize(
    ("route", "asked", "complaint"),
    [
        ("tweets/search/recent", {"query": "a", "max_results": 9}, "[9] is not between 10 and 100"),
        ("tweets/search/recent", {"query": "a", "max_results": 101}, "not between 10 and 100"),
        ("users/{me}/mentions", {"max_results": 4}, "[4] is not between 5 and 100"),
        ("users/{me}/tweets", {"max_results": 101}, "[101] is not between 5 and 100"),
        ("users/{me}/mentions", {"since_id": "abc"}, "[abc] is not valid"),
        ("users/{me}/mentions", {"pagination_token": "*"}, "[*] is not valid"),
        ("users/{me}/mentions", {"tweet.fields": "poetry"}, "[poetry] is not one of"),
        ("users/{me}/mentions", {"colour": "red"}, "[colour] is not one of"),
        ("users/{me}/tweets", {"exclude": "cats"}, "[cats] is not one of"),
        ("users/{me}/tweets", {"start_time": "yesterday"}, "YYYY-MM-DDTHH:mm:ssZ"),
        ("tweets/search/recent", {"query": "x" * 513}, "512"),
        ("tweets/search/recent", {"query": " "}, "can not be empty"),
        ("tweets/search/recent", {"query": "(coffee"}, "missing ')'"),
        ("tweets/search/recent", {"query": "a", "since_id": _long_ago()}, "larger than"),
        (
            "tweets/search/recent",
            {"query": "a", "since_id": 1, "start_time": "2026-01-01T00:00:00Z"},
            "in conjunction with",
        ),
        (
            "tweets/search/recent",
            {"query": "a", "start_time": "2020-01-01T00:00:00Z"},
            "on or after",
        ),
        ("tweets/search/recent", {"query": "a", "end_time": "2099-01-01T00:00:00Z"}, "10 seconds"),
        ("tweets", {"ids": ""}, "not between 1 and 100"),
        ("tweets", {"ids": ",".join(map(str, range(1, 102)))}, "not between 1 and 100"),
        ("users/by/username/much_too_long_a_name", {}, "does not match"),
    ],
)
def test_a_wrong_question_gets_an_invalid_request(
    room: PracticeServer, route: str, asked: dict[str, Any], complaint: str
) -> None:
    """X's 400 body names the parameter and what is wrong with it."""
    path = "/2/" + route.format(me=room.x.account.id)
    with pytest.raises(tweepy.BadRequest) as refusal:
        room.tweepy().request("GET", path, params=asked)
    body = refusal.value.response.json()
    assert body["title"] == "Invalid Request"
    assert body["type"].endswith("/invalid-request")
    assert complaint in body["errors"][0]["message"]
