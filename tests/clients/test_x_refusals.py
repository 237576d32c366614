"""What X's refusals mean, in several wordings each."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from clients.x.refusals import FLOOR, rate_limited_until, refusal
from errors import (
    XDuplicate,
    XError,
    XGone,
    XPaused,
    XQueryRefused,
    XRateLimited,
    XRefused,
    XUncertain,
    XWrongKeys,
)
from tests.clients.raw_server import RawServer, answering
from tests.clients.x_doors import NOW, door, send

PROBLEMS = "https://api.twitter.com/2/problems"


def plain(detail: str, kind: str = "about:blank", status: int = 403) -> dict[str, Any]:
    return {"title": "Forbidden", "type": kind, "status": status, "detail": detail}


CASES: list[tuple[int, Any, type[XError]]] = [
    (403, plain("You are not allowed to create a Tweet with duplicate content."), XDuplicate),
    (403, plain("You are not allowed to create a post with duplicate content."), XDuplicate),
    (403, {"errors": [{"code": 187, "message": "Status is a duplicate."}]}, XDuplicate),
    (403, plain("Whoops! You already said that."), XDuplicate),
    (
        403,
        plain(
            "You can only reply to or quote posts where you are mentioned or are the author.",
            f"{PROBLEMS}/not-authorized-for-resource",
        ),
        XRefused,
    ),
    (
        403,
        plain(
            "Reply to this conversation is not allowed because you have not been mentioned or"
            " otherwise engaged by the author of the post you are replying to."
        ),
        XRefused,
    ),
    (403, plain("You’re not permitted to reply to this conversation."), XRefused),
    (
        403,
        {"errors": [{"code": 136, "message": "You have been blocked from the author."}]},
        XRefused,
    ),
    (403, plain("A wording that nobody has seen yet."), XRefused),
    (403, None, XRefused),
    (403, ["a list"], XRefused),
    (400, plain("Your Tweet text is too long.", status=400), XRefused),
    (
        403,
        plain("You attempted to reply to a Tweet that is deleted or not visible to you."),
        XGone,
    ),
    (404, {"errors": [{"code": 144, "message": "No status found with that ID."}]}, XGone),
    (400, plain("Could not find tweet with id: [1].", f"{PROBLEMS}/resource-not-found"), XGone),
    (401, plain("Unauthorized", status=401), XWrongKeys),
    (401, None, XWrongKeys),
    (
        403,
        plain(
            "Your client app is not configured with the appropriate oauth1 app permissions.",
            f"{PROBLEMS}/oauth1-permissions",
        ),
        XWrongKeys,
    ),
    (403, {"reason": "client-not-enrolled", "type": f"{PROBLEMS}/client-forbidden"}, XWrongKeys),
    (402, {"title": "CreditsDepleted", "detail": "No credits."}, XPaused),
    (402, {"title": "Payment Required"}, XPaused),
    (402, None, XPaused),
    (403, plain("Spend cap.", "https://api.x.com/2/problems/spend-cap-reached"), XPaused),
    (429, plain("Usage cap exceeded: Monthly product cap", f"{PROBLEMS}/usage-capped"), XPaused),
    (429, plain("Too Many Requests"), XRateLimited),
    (429, None, XRateLimited),
]


@pytest.mark.parametrize(("status", "body", "kind"), CASES)
def test_each_refusal_of_a_reply_has_its_meaning(
    status: int, body: Any, kind: type[XError]
) -> None:
    """Over a real connection: the class is exact and X's own words are kept."""
    words = json.dumps(body) if body is not None else "<html>no</html>"
    with RawServer(answering(f"{status} No", words)) as server, pytest.raises(XError) as caught:
        send(server.url)
    error = caught.value
    assert type(error) is kind
    assert error.status == status
    assert error.sentence.endswith((".", '"'))
    assert len(server.visits) == 1
    if isinstance(body, dict) and body.get("detail"):
        assert error.detail == body["detail"]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ({"title": "CreditsDepleted"}, "credits"),
        ({"type": "https://api.x.com/2/problems/spend-cap-reached"}, "spend_cap"),
        ({"type": f"{PROBLEMS}/usage-capped"}, "usage_cap"),
    ],
)
@pytest.mark.parametrize("sending", [True, False])
def test_no_money_says_which_money(body: dict[str, str], why: str, *, sending: bool) -> None:
    """Credit, spend cap and usage cap are told apart, whatever the status."""
    error = refusal(403, {}, body, now=NOW, sending=sending)
    assert isinstance(error, XPaused)
    assert error.why == why


def test_reasons_are_told_in_plain_words() -> None:
    """Not summoned, replies limited and blocked are three different sentences."""

    def sentence(detail: str) -> str:
        return refusal(403, {}, plain(detail), now=NOW, sending=True).sentence

    told = {
        sentence("You can only reply to posts where you are mentioned or are the author."),
        sentence("The author limited who can reply to this post."),
        sentence("You have been blocked from the author of this post."),
    }
    assert len(told) == 3


def test_an_unknown_reason_is_quoted_on_one_line() -> None:
    """X's words appear in the sentence, shortened and without line breaks."""
    error = refusal(403, {}, plain("Odd\n\x07" + "very " * 200), now=NOW, sending=True)
    assert "Odd very" in error.sentence
    assert "\n" not in error.sentence
    assert len(error.detail) <= 300


def test_reading_knows_no_duplicates_and_nothing_gone() -> None:
    """For a search a 400 is a refusal with X's complaint about the query."""
    body = {
        "errors": [{"parameters": {"query": ["("]}, "message": "missing ')' at '<EOF>'"}],
        "title": "Invalid Request",
        "detail": "One or more parameters to your request was invalid.",
    }
    error = refusal(400, {}, body, now=NOW, sending=False)
    assert type(error) is XQueryRefused
    assert error.detail == "missing ')' at '<EOF>'"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 60),
        ({"x-rate-limit-reset": "90"}, 90),
        ({"x-rate-limit-reset": "-5"}, 60),
        ({"x-rate-limit-reset": "0"}, 60),
        ({"x-rate-limit-reset": "99999999999"}, 86400),
        ({"retry-after": "120"}, 120),
        (
            {
                "x-rate-limit-reset": "90",
                "x-user-limit-24hour-remaining": "0",
                "x-user-limit-24hour-reset": "7200",
            },
            7200,
        ),
        (
            {
                "x-rate-limit-reset": "90",
                "x-user-limit-24hour-remaining": "5",
                "x-user-limit-24hour-reset": "7200",
            },
            90,
        ),
    ],
)
def test_a_rate_limit_ends_at_the_reset_between_floor_and_ceiling(
    headers: dict[str, str], seconds: int
) -> None:
    """No reset or a past one: one minute; the 24 hour window counts when it is empty."""
    absolute = {
        name: str(int(NOW.timestamp()) + int(value)) if name.endswith("-reset") else value
        for name, value in headers.items()
    }
    assert rate_limited_until(absolute, NOW) == NOW + timedelta(seconds=seconds)


@pytest.mark.parametrize("value", ["soon", "", "1e9", "nan", "9" * 400])
def test_a_reset_that_is_no_time_gets_the_floor(value: str) -> None:
    """Over a real connection, where tweepy itself stumbles over such a header."""
    slow = answering("429 Slow", "{}", f"x-rate-limit-reset: {value}")
    with RawServer(slow) as server, pytest.raises(XRateLimited) as caught:
        send(server.url)
    assert caught.value.until == NOW + FLOOR
    assert caught.value.until.tzinfo is UTC


def test_bodies_that_make_tweepy_stumble_are_still_refusals() -> None:
    """Errors as a dict, messages as numbers, JSON lists: the status decides."""
    for body in ('{"errors":{"a":1}}', '{"errors":[{"message":7}]}', "[]", '"x"', "null", "{"):
        with RawServer(answering("403 Forbidden", body)) as server:
            with pytest.raises(XError) as caught:
                send(server.url)
            assert type(caught.value) is XRefused


def test_a_refusal_cut_off_is_uncertain() -> None:
    """Half a refusal is no definite answer."""

    def cut(visit: Any) -> None:
        visit.read_request()
        visit.say("HTTP/1.1 403 Forbidden\r\nContent-Length: 500\r\n\r\n{")

    with RawServer(cut) as server, pytest.raises(XUncertain):
        send(server.url)


def test_reading_waits_until_the_same_reset() -> None:
    """A 429 for a read names the time too."""
    reset = int(datetime(2026, 11, 24, 12, 15, tzinfo=UTC).timestamp())
    slow = answering("429 Slow", "{}", f"x-rate-limit-reset: {reset}")
    with RawServer(slow) as server, pytest.raises(XRateLimited) as caught:
        door(server.url).mentions("1")
    assert caught.value.until == datetime(2026, 11, 24, 12, 15, tzinfo=UTC)
