"""What the practice X answers holds against X's own OpenAPI description."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from jsonschema import Draft202012Validator

from sandbox.faults.trouble import X_TROUBLES, Trouble
from sandbox.x.asking import TWEET_EXPANSIONS, TWEET_FIELDS, USAGE_FIELDS, USER_FIELDS
from sandbox.x.refusals import Refusal, from_trouble, invalid
from tests.practice_server import PracticeServer

_FILE = Path(__file__).parents[2] / "shared" / "data" / "x_openapi_2.159.json"
pytestmark = pytest.mark.skipif(not _FILE.exists(), reason="X's OpenAPI description is not here")

_OPEN_FIELDS = [
    name
    for name in TWEET_FIELDS
    if name not in {"non_public_metrics", "organic_metrics", "promoted_metrics"}
]
_SHAPE = {
    "tweet.fields": ",".join(_OPEN_FIELDS),
    "user.fields": ",".join(USER_FIELDS),
    "expansions": ",".join(TWEET_EXPANSIONS),
}
_PERSON_SHAPE = {"user.fields": ",".join(USER_FIELDS)}


@pytest.fixture(scope="module")
def description() -> Any:
    """X's OpenAPI description, posts and people closed to fields that it does not name."""
    loaded = json.loads(_FILE.read_text(encoding="utf-8"))
    for name in ("Tweet", "User", "FullTextEntities", "Expansions"):
        loaded["components"]["schemas"][name]["additionalProperties"] = False
    return loaded


@pytest.fixture(scope="module")
def room() -> Iterator[PracticeServer]:
    """A practice X with a small conversation in it."""
    with PracticeServer() as server:
        x = server.x
        x.add_person("ada", name="Ada", bio="reads a lot", followers=12, verified=True)
        own = x.add_post("juniperstcoffee", "New roast: https://example.com/roast #coffee")
        x.add_post("ada", "@juniperstcoffee which coffee?", in_reply_to=own.id, likes=2)
        x.add_post("ben", "@juniperstcoffee coffee looks good", quote=own.id)
        gone = x.add_post("cat", "@juniperstcoffee hello")
        x.add_post("dee", "coffee @juniperstcoffee @ada", in_reply_to=gone.id)
        x.delete_post(gone.id)
        yield server


def _holds(description: Any, path: str, method: str, status: int, body: Any) -> None:
    operation = description["paths"][path][method]
    responses = operation["responses"]
    content = responses.get(str(status), responses["default"])["content"]
    kind = "application/json" if str(status) in responses else "application/problem+json"
    schema = {**content[kind]["schema"], "components": description["components"]}
    Draft202012Validator(schema).validate(body)


@pytest.mark.parametrize(
    ("path", "asked", "user_auth"),
    [
        ("/2/users/me", _PERSON_SHAPE, True),
        ("/2/users/by/username/{username}", _PERSON_SHAPE, True),
        ("/2/users/{id}", _PERSON_SHAPE, False),
        ("/2/users", {**_PERSON_SHAPE, "ids": "{ada},404"}, False),
        ("/2/users/{id}/mentions", _SHAPE, True),
        ("/2/users/{id}/mentions", {"max_results": 5, "since_id": 1 << 62}, True),
        ("/2/users/{id}/tweets", _SHAPE, False),
        ("/2/tweets/search/recent", {**_SHAPE, "query": "coffee"}, False),
        ("/2/tweets/search/recent", {"query": "cocoa"}, False),
        ("/2/tweets/counts/recent", {"query": "coffee"}, False),
        ("/2/tweets", {**_SHAPE, "ids": "{post},404"}, False),
        ("/2/tweets/{id}", _SHAPE, False),
        ("/2/usage/tweets", {"usage.fields": ",".join(USAGE_FIELDS)}, False),
        ("/2/tweets/search/stream/rules", {}, False),
    ],
)
def test_a_reading_endpoint_answers_as_described(
    room: PracticeServer, description: Any, path: str, asked: dict[str, Any], user_auth: bool
) -> None:
    """With every field and expansion asked for, the answer fits the schema of its operation."""
    ada = room.x.person_by_handle("ada")
    assert ada is not None
    post = room.x.posts()[1]
    known = {"{ada}": ada.id, "{post}": post.id, "{username}": "ada"}
    known["{id}"] = post.id if path == "/2/tweets/{id}" else room.x.account.id
    route = path
    for name, value in known.items():
        route = route.replace(name, value)
        asked = {k: v.replace(name, value) if isinstance(v, str) else v for k, v in asked.items()}
    answer = room.tweepy().request("GET", route, params=asked, user_auth=user_auth)
    body = answer.json()
    if "ids" in asked:
        assert len(body["data"]) == len(body["errors"]) == 1
    _holds(description, path, "get", 200, body)


def test_posting_and_deleting_answer_as_described(room: PracticeServer, description: Any) -> None:
    """201 with the post, 200 with deleted."""
    client = room.tweepy()
    posted = client.request("POST", "/2/tweets", json={"text": "Good morning"}, user_auth=True)
    assert posted.status_code == 201
    _holds(description, "/2/tweets", "post", 201, posted.json())
    route = f"/2/tweets/{posted.json()['data']['id']}"
    deleted = client.request("DELETE", route, user_auth=True)
    _holds(description, "/2/tweets/{id}", "delete", 200, deleted.json())


def test_rules_answer_as_described(room: PracticeServer, description: Any) -> None:
    """Adding, listing and deleting the rules of the stream."""
    client, path = room.tweepy(), "/2/tweets/search/stream/rules"
    wishes = {"add": [{"value": "coffee", "tag": "c"}, {"value": "-tea"}]}
    added = client.request("POST", path, json=wishes).json()
    assert (len(added["data"]), len(added["errors"])) == (1, 1)
    _holds(description, path, "post", 200, added)
    listed = client.request("GET", path).json()
    assert listed["data"] == added["data"]
    _holds(description, path, "get", 200, listed)
    removed = client.request(
        "POST", path, json={"delete": {"ids": [added["data"][0]["id"]]}}
    ).json()
    assert removed["meta"]["summary"] == {"deleted": 1, "not_deleted": 0}
    _holds(description, path, "post", 200, removed)


@pytest.mark.parametrize("what", X_TROUBLES)
def test_every_refusal_is_a_problem_as_described(description: Any, what: str) -> None:
    """The bodies of refusals fit the problem that X describes."""
    refusal = from_trouble(Trouble("x", what), 100, 0) or invalid("query", "x", "no")
    assert isinstance(refusal, Refusal)
    _holds(description, "/2/tweets", "post", refusal.status, refusal.body)


def test_a_missing_post_is_the_problem_that_x_describes(
    room: PracticeServer, description: Any
) -> None:
    """The partial error fits ResourceNotFoundProblem."""
    answer = requests.get(
        f"{room.url}/x/2/tweets/404",
        headers={"authorization": f"Bearer {room.x_bearer_token}"},
        timeout=30,
    ).json()
    schema = {
        "$ref": "#/components/schemas/ResourceNotFoundProblem",
        "components": description["components"],
    }
    Draft202012Validator(schema).validate(answer["errors"][0])
    assert answer.keys() == {"errors"}
