"""Posting on the practice X: what goes out, what X refuses, and what goes wrong on the way."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import requests
import tweepy

from sandbox.x.posts import XPost
from sandbox.x.refusals import DUPLICATE, REPLY_NOT_ALLOWED, REPLY_NOT_SUMMONED, TARGET_GONE
from tests.practice_server import MovedTo, PracticeServer


@pytest.fixture
def room() -> Iterator[PracticeServer]:
    """A practice X with nothing in it but the account."""
    with PracticeServer() as server:
        yield server


@pytest.fixture
def question(room: PracticeServer) -> XPost:
    """A post that mentions the account, so that an app may answer it."""
    return room.x.add_post("ada", "@juniperstcoffee are you open on Sunday?")


def ours(room: PracticeServer) -> list[XPost]:
    """The account's own posts, oldest first."""
    return [post for post in room.x.posts() if post.author_id == room.x.account.id]


def refused(room: PracticeServer, text: str, in_reply_to: str | None = None) -> str:
    """Post, expect X's 403, and hand back its words."""
    before = len(ours(room))
    with pytest.raises(tweepy.Forbidden) as refusal:
        room.tweepy().create_tweet(text=text, in_reply_to_tweet_id=in_reply_to)
    assert len(ours(room)) == before
    return str(refusal.value.response.json()["detail"])


# What goes out


def test_a_summoned_reply_goes_out(room: PracticeServer, question: XPost) -> None:
    """The reply exists once, in reply to the question, in the words that were sent."""
    answer = room.tweepy().create_tweet(text="Yes, 9 to 5!", in_reply_to_tweet_id=question.id)
    [reply] = ours(room)
    assert answer.data == {
        "id": reply.id,
        "text": "@ada Yes, 9 to 5!",
        "edit_history_tweet_ids": [reply.id],
    }
    assert (reply.text, reply.in_reply_to) == ("Yes, 9 to 5!", question.id)
    assert reply.conversation_id == question.id
    assert room.x.bill() == {"reply_created": 10_000}


def test_quotes_and_replies_to_us_summon_too(room: PracticeServer) -> None:
    """Whoever quotes our post or replies to it may be answered, and we ourselves."""
    own = room.x.add_post("juniperstcoffee", "New roast today")
    quote = room.x.add_post("ben", "look at this", quote=own.id)
    reply = room.x.add_post("cat", "which one?", in_reply_to=own.id)
    client = room.tweepy()
    for number, target in enumerate((quote, reply, own)):
        client.create_tweet(text=f"thanks {number}", in_reply_to_tweet_id=target.id)
    assert [post.in_reply_to for post in ours(room)[1:]] == [quote.id, reply.id, own.id]


def test_a_link_makes_a_post_dear(room: PracticeServer) -> None:
    """Posts with a link are billed at X's higher price."""
    client = room.tweepy()
    client.create_tweet(text="Good morning")
    client.create_tweet(text="Our menu: example.com/menu")
    assert room.x.bill() == {"post_created": 15_000, "post_created_with_url": 200_000}


def test_the_same_words_to_two_people_are_no_duplicate(room: PracticeServer) -> None:
    """X counts the handle that stands before a reply, so "Thank you!" may be said to each."""
    client = room.tweepy()
    for author in ("ada", "ben"):
        post = room.x.add_post(author, "@juniperstcoffee lovely place")
        client.create_tweet(text="Thank you!", in_reply_to_tweet_id=post.id)
    assert len(ours(room)) == 2


def test_an_own_post_is_deleted_and_a_strangers_not(room: PracticeServer, question: XPost) -> None:
    """Deleting our own works once; others' posts stay."""
    client = room.tweepy()
    own = room.x.add_post("juniperstcoffee", "oops")
    assert client.delete_tweet(own.id).data == {"deleted": True}
    assert client.delete_tweet(own.id).data == {"deleted": False}
    with pytest.raises(tweepy.Forbidden):
        client.delete_tweet(question.id)
    assert [post.deleted for post in room.x.posts()] == [False, True]
    assert room.x.bill() == {"post_deleted": 10_000}


# What X refuses


def test_an_unsummoned_reply_is_refused(room: PracticeServer) -> None:
    """A post that neither mentions nor quotes the account cannot be answered by an app."""
    post = room.x.add_post("ada", "where is good coffee near juniper street?")
    assert refused(room, "Here!", post.id) == REPLY_NOT_SUMMONED


def test_someone_elses_mention_in_the_thread_does_not_summon(
    room: PracticeServer, question: XPost
) -> None:
    """Only the post answered counts, not one above it."""
    below = room.x.add_post("ben", "I wonder too", in_reply_to=question.id)
    assert refused(room, "We are!", below.id) == REPLY_NOT_SUMMONED


def test_quoting_by_app_is_refused(room: PracticeServer, question: XPost) -> None:
    """Self-serve apps lost quote posts."""
    with pytest.raises(tweepy.Forbidden):
        room.tweepy().create_tweet(text="look", quote_tweet_id=question.id)
    assert ours(room) == []


def test_a_reply_to_what_is_gone_is_refused(room: PracticeServer, question: XPost) -> None:
    """Deleted, unknown and protected posts cannot be answered."""
    room.x.add_person("shy", protected=True)
    hidden = room.x.add_post("shy", "@juniperstcoffee psst")
    room.x.delete_post(question.id)
    for target in (question.id, hidden.id, "404"):
        assert refused(room, "Hello!", target) == TARGET_GONE


def test_the_same_text_twice_is_refused(room: PracticeServer, question: XPost) -> None:
    """The second is a duplicate; a day later, or once the first is deleted, it is not."""
    client = room.tweepy()
    client.create_tweet(text="Yes!", in_reply_to_tweet_id=question.id)
    assert refused(room, "Yes!", question.id) == DUPLICATE
    room.x.delete_post(ours(room)[0].id)
    client.create_tweet(text="Yes!", in_reply_to_tweet_id=question.id)
    yesterday = room.x.clock() - timedelta(hours=25)
    room.x.add_post("juniperstcoffee", "Good morning!", created_at=yesterday)
    client.create_tweet(text="Good morning!")


@pytest.mark.parametrize("text", ["x" * 281, "茶" * 141, "☕" * 141])
def test_a_text_beyond_280_is_refused(room: PracticeServer, text: str) -> None:
    """The weighted count decides; 280 exactly pass."""
    assert "too long" in refused(room, text)
    fits = text[: 280 if text[0] == "x" else 140]
    room.tweepy().create_tweet(text=fits)
    assert [post.text for post in ours(room)] == [fits]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": "  "},
        {"text": 5},
        {"text": "a", "colour": "red"},
        {"text": "a", "reply": {}},
        {"text": "a", "reply": {"in_reply_to_tweet_id": "abc"}},
        [],
    ],
)
def test_a_malformed_post_is_an_invalid_request(room: PracticeServer, body: object) -> None:
    """X's 400 says so, and nothing is posted."""
    with pytest.raises(tweepy.BadRequest):
        room.tweepy().request("POST", "/2/tweets", json=body, user_auth=True)
    assert ours(room) == []


# What goes wrong on purpose


@pytest.mark.parametrize(
    ("what", "status", "kind", "detail"),
    [
        ("401", 401, "about:blank", "Unauthorized"),
        ("402", 402, "/credits", "does not have any credits"),
        ("403_spend_cap", 403, "/spend-cap-reached", "spend cap"),
        ("429", 429, "about:blank", "Too Many Requests"),
        ("429_no_reset", 429, "about:blank", "Too Many Requests"),
        ("429_usage_cap", 429, "/usage-capped", "Monthly product cap"),
        ("500", 500, "about:blank", "Something is broken"),
        ("503", 503, "about:blank", "Service Unavailable"),
        ("unsummoned", 403, "/not-authorized-for-resource", REPLY_NOT_SUMMONED),
        ("not_allowed", 403, "about:blank", REPLY_NOT_ALLOWED),
        ("duplicate", 403, "about:blank", DUPLICATE),
        ("deleted", 403, "about:blank", TARGET_GONE),
    ],
)
def test_a_queued_refusal_comes_once_and_posts_nothing(
    room: PracticeServer, question: XPost, what: str, status: int, kind: str, detail: str
) -> None:
    """The next post is refused in X's words; the one after goes out."""
    room.trouble.queue("x", what)
    client = room.tweepy()
    with pytest.raises(tweepy.HTTPException) as refusal:
        client.create_tweet(text="Yes!", in_reply_to_tweet_id=question.id)
    body = refusal.value.response.json()
    assert refusal.value.response.status_code == status
    assert body["type"].endswith(kind)
    assert detail in body["detail"]
    assert ours(room) == []
    client.create_tweet(text="Yes!", in_reply_to_tweet_id=question.id)
    assert len(ours(room)) == 1
    assert [entry["status"] for entry in room.requests.of("x", "post")] == [status, 201]


def test_a_queued_limit_says_when_it_ends_or_not(room: PracticeServer) -> None:
    """429 bears a reset some seconds ahead; its sibling bears none."""
    room.trouble.queue("x", "429", seconds=30)
    room.trouble.queue("x", "429_no_reset")
    resets = []
    for _ in range(2):
        with pytest.raises(tweepy.TooManyRequests) as refusal:
            room.tweepy().get_me()
        resets.append(refusal.value.reset_time)
    assert resets[1] is None
    assert resets[0] is not None
    assert 28 <= resets[0] - time.time() <= 31


def test_posted_but_lost_posts_and_says_nothing(room: PracticeServer, question: XPost) -> None:
    """The connection ends without an answer, and the reply is there all the same."""
    room.trouble.queue("x", "posted_but_lost")
    with pytest.raises(requests.ConnectionError):
        room.tweepy().create_tweet(text="Yes!", in_reply_to_tweet_id=question.id)
    assert [post.text for post in ours(room)] == ["Yes!"]
    assert room.requests.of("x", "post")[0]["status"] is None
    assert refused(room, "Yes!", question.id) == DUPLICATE


def test_cut_off_sends_half_an_answer(room: PracticeServer) -> None:
    """The answer's end is missing, and the client notices; the next call works."""
    room.trouble.queue("x", "cut_off")
    client = room.tweepy()
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        client.get_me()
    assert client.get_me().data.username == "juniperstcoffee"


def test_a_timeout_says_nothing_and_does_nothing(room: PracticeServer, question: XPost) -> None:
    """The client gives up by itself; nothing was posted."""
    room.trouble.queue("x", "timeout")
    client = room.tweepy()
    client.session.mount("https://api.twitter.com", MovedTo(room.url + "/x", timeout=0.2))
    with pytest.raises(requests.ReadTimeout):
        client.create_tweet(text="Yes!", in_reply_to_tweet_id=question.id)
    assert ours(room) == []


def test_a_server_in_the_middle_of_a_silence_stops_at_once() -> None:
    """A call that gets no answer does not keep the room open."""
    with ThreadPoolExecutor() as pool:
        with PracticeServer() as room:
            room.trouble.queue("x", "timeout")
            waiting = pool.submit(room.tweepy().get_me)
            deadline = time.monotonic() + 30
            while not room.requests.of("x", "me"):
                assert time.monotonic() < deadline
            begun = time.monotonic()
        assert time.monotonic() - begun < 20
        assert isinstance(waiting.exception(30), requests.ConnectionError)


def test_a_slow_answer_comes_late_but_whole(room: PracticeServer) -> None:
    """The answer is delayed by the seconds that were asked for."""
    room.trouble.queue("x", "slow", seconds=0.3)
    begun = time.monotonic()
    assert room.tweepy().get_me().data.username == "juniperstcoffee"
    assert time.monotonic() - begun >= 0.3


def test_ten_posts_at_once_are_one(room: PracticeServer, question: XPost) -> None:
    """Of ten equal requests at the same moment one is posted, nine are duplicates."""

    def post() -> str:
        try:
            room.tweepy().create_tweet(text="Yes!", in_reply_to_tweet_id=question.id)
        except tweepy.Forbidden as refusal:
            return str(refusal.response.json()["detail"])
        return "posted"

    with ThreadPoolExecutor(10) as pool:
        outcomes = sorted(future.result() for future in [pool.submit(post) for _ in range(10)])
    assert outcomes == sorted(["posted", *[DUPLICATE] * 9])
    assert len(ours(room)) == 1
