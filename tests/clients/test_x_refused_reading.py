"""What a refused reading is about: the account, the way to X, the times, or the query."""

import json
from datetime import timedelta
from typing import Any

import pytest

from clients.x.client import XClient
from clients.x.ids import id_at
from errors import (
    XAccountRefused,
    XError,
    XPaused,
    XQueryRefused,
    XRefused,
    XTimesRefused,
    XWayBlocked,
    XWrongKeys,
)
from sandbox.room import PracticeRoom
from tests.clients.raw_server import RawServer, answering
from tests.clients.x_doors import NOW, door


def coded(code: int, message: str = "No.") -> dict[str, Any]:
    return {"errors": [{"code": code, "message": message}]}


def plain(detail: str) -> dict[str, Any]:
    return {"title": "Forbidden", "type": "about:blank", "status": 403, "detail": detail}


def minds(name: str, message: str) -> dict[str, Any]:
    return {
        "errors": [{"parameters": {name: ["?"]}, "message": message}],
        "title": "Invalid Request",
        "detail": "One or more parameters to your request was invalid.",
        "type": "https://api.twitter.com/2/problems/invalid-request",
    }


PAGE = "<!DOCTYPE html><html><body>Sorry, you have been blocked</body></html>"

CASES: list[tuple[str, Any, type[XError]]] = [
    *(("403 No", coded(code), XAccountRefused) for code in (63, 64, 326, 261, 416, 453, 185)),
    ("403 No", plain("You are not permitted to perform this action."), XAccountRefused),
    ("403 No", plain("A wording that nobody has seen yet."), XAccountRefused),
    ("400 No", coded(64), XAccountRefused),
    ("403 No", PAGE, XWayBlocked),
    ("403 No", "", XWayBlocked),
    ("400 No", PAGE, XWayBlocked),
    ("404 No", PAGE, XWayBlocked),
    ("404 No", plain("Not Found"), XWayBlocked),
    ("451 No", PAGE, XWayBlocked),
    ("400 No", coded(215, "Bad Authentication data."), XWrongKeys),
    (
        "400 No",
        minds("start_time", "Invalid 'start_time':'?'. 'start_time' must be on or after ?"),
        XTimesRefused,
    ),
    ("400 No", minds("end_time", "'end_time' must be a minimum of 10 seconds"), XTimesRefused),
    ("400 No", minds("since_id", "'since_id' must be a tweet id created after ?"), XTimesRefused),
    ("400 No", plain("'since_id' must be a tweet id created after [?]."), XTimesRefused),
    ("400 No", minds("query", "missing ')' at '<EOF>'"), XQueryRefused),
    ("400 No", minds("query", "no viable alternative at input 'account suspended'"), XQueryRefused),
    ("400 No", minds("query", "no viable alternative at input 'spend cap'"), XQueryRefused),
    ("400 No", minds("max_results", "not between 10 and 100"), XRefused),
    ("400 No", minds("tweet.fields", "[spam] is not one of"), XRefused),
    ("402 No", plain("query"), XPaused),
]


@pytest.mark.parametrize(("status", "body", "kind"), CASES)
def test_each_refusal_of_a_search_is_sorted(status: str, body: Any, kind: type[XError]) -> None:
    """Only a 400 that names the query is about the query; the class is exact."""
    words = body if isinstance(body, str) else json.dumps(body)
    with RawServer(answering(status, words)) as server, pytest.raises(XError) as caught:
        door(server.url).search("oat milk")
    assert type(caught.value) is kind
    assert caught.value.advice
    assert "DOCTYPE" not in caught.value.sentence


@pytest.mark.parametrize("slow", [timedelta(minutes=4), timedelta(minutes=-4), timedelta(hours=3)])
def test_a_search_of_seven_days_works_whatever_our_clock_says(
    room: PracticeRoom, x: XClient, slow: timedelta
) -> None:
    """X's clock counts: learnt from its answers, the refusal among them."""
    post = room.x.add_post("kim", f"zanzibarica {slow}")
    ours = XClient(
        x._keys, base_url=room.x_url, clock=lambda: room.x.clock() - slow, read_timeout=2.0
    )
    start = room.x.clock() - slow - timedelta(days=7)
    until = str(int(post.id) + 1)
    found = ours.search("zanzibarica", since_id=id_at(start), until_id=until)
    assert post.id in [each.id for each in found.posts]
    assert abs(ours.now() - room.x.clock()) < timedelta(seconds=5)


def test_where_x_names_no_time_an_hour_is_left_out() -> None:
    """The second try begins later; a refusal of that one too is the end."""
    asked: list[bytes] = []
    refused = json.dumps(minds("start_time", "'start_time' must be on or after ?"))

    def behave(visit: Any) -> None:
        asked.append(visit.read_request())
        visit.say(
            f"HTTP/1.1 400 No\r\nContent-Length: {len(refused)}\r\n"
            f"Content-Type: application/json\r\n\r\n{refused}"
        )

    with RawServer(behave) as server, pytest.raises(XTimesRefused):
        door(server.url).search("oat", since_id=id_at(NOW - timedelta(days=8)))
    assert len(asked) == 2
