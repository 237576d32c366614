"""The practice X for people: the page of a post, and replying by hand."""

from collections.abc import Iterator

import pytest
import requests

from tests.practice_server import TIMEOUT, PracticeServer


@pytest.fixture
def room() -> Iterator[PracticeServer]:
    """A practice X with nothing in it but the account."""
    with PracticeServer() as server:
        yield server


def page(room: PracticeServer, path: str) -> requests.Response:
    """Open a page as a browser would."""
    return requests.get(f"{room.url}/x/{path}", timeout=TIMEOUT)


def test_a_posts_page_shows_it_and_its_replies(room: PracticeServer) -> None:
    """Parent, post and replies stand on one page that says it is practice."""
    first = room.x.add_post("ada", "Anyone know good coffee?")
    second = room.x.add_post("ben", "Juniper Street!", in_reply_to=first.id)
    room.x.add_post("cat", "seconded", in_reply_to=second.id)
    shown = page(room, f"ben/status/{second.id}")
    assert shown.status_code == 200
    for words in ("Anyone know good coffee?", "Juniper Street!", "seconded", "Practice room"):
        assert words in shown.text


def test_hostile_words_stay_words(room: PracticeServer) -> None:
    """Markup in a post or a name is shown, never run."""
    room.x.add_person("eve", name="<img src=x onerror=alert(1)>")
    post = room.x.add_post("eve", "<script>alert('x')</script>")
    shown = page(room, f"eve/status/{post.id}")
    assert "<script>" not in shown.text
    assert "<img src=x" not in shown.text
    assert "&lt;script&gt;" in shown.text
    assert "default-src 'none'" in shown.headers["content-security-policy"]
    composed = page(room, "intent/tweet?text=</textarea><script>&in_reply_to=%22%3E%3Cb%3E")
    assert "<script>" not in composed.text
    assert '"><b>' not in composed.text


def test_a_deleted_post_is_not_shown(room: PracticeServer) -> None:
    """Its page is a plain 404."""
    post = room.x.add_post("ada", "secret regrets")
    room.x.delete_post(post.id)
    shown = page(room, f"ada/status/{post.id}")
    assert shown.status_code == 404
    assert "secret regrets" not in shown.text


@pytest.mark.parametrize("path", ["intent/tweet", "intent/post"])
def test_a_person_replies_by_hand_where_an_app_may_not(room: PracticeServer, path: str) -> None:
    """The composer shows the text that was given; sending it makes one reply as the account."""
    post = room.x.add_post("ada", "where is good coffee near juniper street?")
    asked = {"in_reply_to": post.id, "text": "Round the corner & warm"}
    shown = requests.get(f"{room.url}/x/{path}", params=asked, timeout=TIMEOUT)
    assert "Round the corner &amp; warm</textarea>" in shown.text
    assert post.text in shown.text
    sent = requests.post(f"{room.url}/x/{path}", data=asked, timeout=TIMEOUT)
    assert sent.status_code == 200
    assert sent.url.startswith(f"{room.url}/x/juniperstcoffee/status/")
    reply = room.x.posts()[-1]
    assert (reply.author, reply.in_reply_to) == ("juniperstcoffee", post.id)
    assert reply.text == "Round the corner & warm"
    timeline = room.tweepy().get_users_tweets(room.x.account.id, user_auth=True)
    assert [str(own.id) for own in timeline.data] == [reply.id]


def test_what_cannot_be_posted_by_hand_says_why(room: PracticeServer) -> None:
    """Too long, empty, or in reply to nothing: the words stay in the form with the reason."""
    for text, target, reason in [
        ("x" * 281, "", "too long"),
        (" ", "", "missing or empty"),
        ("hello", "404", "deleted or not visible"),
    ]:
        answer = requests.post(
            f"{room.url}/x/intent/tweet",
            data={"text": text, "in_reply_to": target},
            timeout=TIMEOUT,
        )
        assert answer.status_code == 400
        assert reason in answer.text
        assert f"{text}</textarea>" in answer.text
    assert room.x.posts() == []
