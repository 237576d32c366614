"""The model door with the practice model, and against servers that misbehave."""

import json
import logging
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, Field

from clients.model.client import ModelClient, PaidRefusal, PaidRubbish
from clients.net.quiet import quiet_logs
from errors import ModelError, ModelPaused, ModelRubbish, ModelUnavailable, ModelWrongKey
from sandbox.model.service import MODEL
from sandbox.room import PracticeRoom
from tests.clients.raw_server import Behaviour, RawServer, Visit, answering, closed_port

KEY = "sk-MARKED-key"
ASKED = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hello?"}]


class Greeting(BaseModel):
    """The form asked for in these tests."""

    words: str = Field(max_length=50)
    loud: bool


def door(url: str, *, timeout: float = 30.0, tries: int = 2) -> ModelClient:
    return ModelClient(KEY, url, MODEL, timeout=timeout, tries=tries)


def completion(content: str | None, **more: Any) -> str:
    message = {"role": "assistant", "content": content, **more}
    choice = {"index": 0, "finish_reason": "stop", "message": message}
    usage = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}
    body = {"id": "1", "object": "chat.completion", "created": 1, "model": "m-2026"}
    return json.dumps({**body, "choices": [choice], "usage": usage})


def in_turn(*behaviours: Behaviour) -> Behaviour:
    """Behave differently with each connection."""
    left = iter(behaviours)

    def behave(visit: Visit) -> None:
        next(left)(visit)

    return behave


GOOD = answering("200 OK", completion('{"words":"Hi","loud":false}'))


def test_an_answer_comes_parsed_with_its_price(room: PracticeRoom) -> None:
    """The schema went along, the parsed object and the token counts come back."""
    room.model.queue([{"words": "Hi there", "loud": True}])
    answer = door(room.model_url).ask(ASKED, Greeting, max_tokens=100)
    assert answer.parsed == Greeting(words="Hi there", loud=True)
    assert answer.input_tokens > 0
    assert answer.output_tokens > 0
    assert answer.model == MODEL
    body = room.requests.of("model", "chat")[0]["body"]
    assert body["messages"] == ASKED
    assert body["max_tokens"] == 100
    assert body["response_format"]["json_schema"]["strict"] is True


@pytest.mark.parametrize("trouble", ["rubbish", "half_json", "cut_off", "empty"])
def test_an_answer_of_no_use_is_rubbish_and_was_paid(room: PracticeRoom, trouble: str) -> None:
    """Asked once only; the tokens are known for the ledger."""
    room.trouble.queue("model", trouble)
    with pytest.raises(PaidRubbish) as caught:
        door(room.model_url).ask(ASKED, Greeting, max_tokens=100)
    assert caught.value.input_tokens > 0
    assert len(room.requests.of("model", "chat")) == 1


@pytest.mark.parametrize(
    "answer",
    [{"refusal": "I would rather not."}, {"content": '{"wo', "finish_reason": "content_filter"}],
)
def test_a_refusal_is_no_rubbish(room: PracticeRoom, answer: dict[str, Any]) -> None:
    """The model would not, or a filter would not let it: that was paid for, and is told apart."""
    room.model.queue([answer])
    with pytest.raises(PaidRefusal) as caught:
        door(room.model_url).ask(ASKED, Greeting, max_tokens=100)
    assert caught.value.input_tokens > 0
    assert len(room.requests.of("model", "chat")) == 1


def test_a_huge_answer_is_not_read_to_its_end(room: PracticeRoom) -> None:
    """Ten megabytes are refused after half of one."""
    room.trouble.queue("model", "huge")
    with pytest.raises(ModelRubbish, match="too large"):
        door(room.model_url).ask(ASKED, Greeting, max_tokens=100)


@pytest.mark.parametrize("trouble", ["500", "429"])
def test_passing_trouble_is_tried_once_more(room: PracticeRoom, trouble: str) -> None:
    """The second try answers; with both spoiled it is unavailable after two calls."""
    room.model.queue([{"words": "Hi", "loud": True}])
    room.trouble.queue("model", trouble, seconds=1)
    assert door(room.model_url).ask(ASKED, Greeting, max_tokens=100).parsed.words == "Hi"
    room.requests.clear()
    room.trouble.queue("model", trouble, times=3, seconds=1)
    with pytest.raises(ModelUnavailable):
        door(room.model_url).ask(ASKED, Greeting, max_tokens=100)
    assert len(room.requests.of("model", "chat")) == 2


def test_a_wrong_key_is_told_at_once(room: PracticeRoom) -> None:
    """Not tried again."""
    room.trouble.queue("model", "401")
    with pytest.raises(ModelWrongKey):
        door(room.model_url).ask(ASKED, Greeting, max_tokens=100)
    assert len(room.requests.of("model", "chat")) == 1


def test_a_silent_server_is_left_at_the_deadline(room: PracticeRoom) -> None:
    """The deadline counts for all tries together."""
    room.trouble.queue("model", "timeout", times=2)
    begun = time.monotonic()
    with pytest.raises(ModelUnavailable, match="in time"):
        door(room.model_url, timeout=0.7).ask(ASKED, Greeting, max_tokens=100)
    assert time.monotonic() - begun < 20.0


def trickle_head(visit: Visit) -> None:
    visit.read_request()
    for byte in b"HTTP/1.1 200 OK\r\n" + b"X-Slow: 1\r\n" * 100:
        visit.say(bytes([byte]))
        if not visit.pause(0.1):
            return


def trickle_body(visit: Visit) -> None:
    visit.read_request()
    visit.say("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n")
    for _ in range(999):
        visit.say(b" ")
        if not visit.pause(0.1):
            return


@pytest.mark.parametrize("behaviour", [trickle_head, trickle_body])
def test_a_trickling_server_is_left_at_the_deadline(behaviour: Callable[[Visit], None]) -> None:
    """A byte now and then does not stretch the time."""
    begun = time.monotonic()
    with RawServer(behaviour) as server, pytest.raises(ModelUnavailable):
        door(server.url, timeout=0.6).ask(ASKED, Greeting, max_tokens=100)
    assert time.monotonic() - begun < 20.0


@pytest.mark.parametrize(
    "url",
    [f"http://127.0.0.1:{closed_port()}", "http://nowhere.invalid"],
    ids=["refused", "unknown"],
)
def test_no_server_is_unavailable(url: str) -> None:
    """Nobody listens, or no such name."""
    with pytest.raises(ModelUnavailable):
        door(url).ask(ASKED, Greeting, max_tokens=100)
    with pytest.raises(ModelUnavailable):
        door(url).check()


def failing(status: str, code: str, message: str = "No.") -> Behaviour:
    return answering(status, json.dumps({"error": {"code": code, "message": message}}))


@pytest.mark.parametrize(
    ("behaviour", "kind"),
    [
        (failing("402 Payment Required", "x"), ModelPaused),
        (failing("429 Too Many", "insufficient_quota"), ModelPaused),
        (failing("429 Too Many", "x", "You exceeded your current quota"), ModelPaused),
        (failing("401 No", "invalid_api_key"), ModelWrongKey),
        (failing("403 No", "x"), ModelWrongKey),
        (failing("404 No", "model_not_found"), ModelUnavailable),
        (failing("400 No", "x"), ModelUnavailable),
        (answering("401 No", "<html>", kind="text/html"), ModelWrongKey),
        (answering("200 OK", "rubbish", kind="text/plain"), ModelRubbish),
        (answering("200 OK", "{"), ModelRubbish),
        (answering("200 OK", "[]"), ModelRubbish),
        (answering("200 OK", "{}"), ModelRubbish),
        (answering("200 OK", '{"choices":[]}'), ModelRubbish),
        (answering("200 OK", '{"choices":[{"message":7}]}'), ModelRubbish),
        (answering("200 OK", completion("[1]")), ModelRubbish),
        (answering("200 OK", completion('{"words":"' + "a" * 60 + '","loud":1}')), ModelRubbish),
        (answering("200 OK", completion(None)), ModelRubbish),
    ],
)
def test_each_definite_answer_has_its_meaning(behaviour: Behaviour, kind: type[ModelError]) -> None:
    """One call each."""
    with RawServer(behaviour) as server, pytest.raises(ModelError) as caught:
        door(server.url).ask(ASKED, Greeting, max_tokens=100)
    assert isinstance(caught.value, kind)
    assert len(server.visits) == 1


def test_a_broken_connection_is_tried_once_more() -> None:
    """The second answer counts."""
    with RawServer(in_turn(lambda visit: visit.reset(), GOOD)) as server:
        assert door(server.url).ask(ASKED, Greeting, max_tokens=9).parsed.words == "Hi"
    assert len(server.visits) == 2


def test_json_in_a_code_fence_is_unwrapped() -> None:
    """Servers that ignore the schema answer so."""
    fenced = completion('```json\n{"words": "Hi", "loud": true}\n```')
    with RawServer(answering("200 OK", fenced)) as server:
        answer = door(server.url).ask(ASKED, Greeting, max_tokens=9)
    assert answer.parsed.loud
    assert (answer.input_tokens, answer.output_tokens, answer.model) == (11, 7, "m-2026")


def test_a_server_that_knows_the_limit_by_its_other_name_is_understood() -> None:
    """The name is changed at once and kept for the next question."""
    wants = failing(
        "400 No",
        "unsupported_parameter",
        "'max_tokens' is not supported. Use 'max_completion_tokens' instead.",
    )
    with RawServer(in_turn(wants, GOOD, GOOD)) as server:
        model = door(server.url, tries=1)
        model.ask(ASKED, Greeting, max_tokens=9)
        model.ask(ASKED, Greeting, max_tokens=9)
        bodies = [visit.received.partition(b"\r\n\r\n")[2] for visit in server.visits]
    assert [b'"max_tokens"' in body for body in bodies] == [True, False, False]


def test_check_tells_key_and_model(room: PracticeRoom) -> None:
    """Without asking the model anything."""
    door(room.model_url).check()
    assert room.requests.of("model", "chat") == []
    with pytest.raises(ModelUnavailable, match="other-model"):
        ModelClient(KEY, room.model_url, "other-model").check()
    room.model_key = "the-right-one"
    try:
        with pytest.raises(ModelWrongKey):
            door(room.model_url).check()
    finally:
        room.model_key = None


def test_the_key_shows_nowhere(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not in errors, tracebacks, reprs or the log, even when it is echoed and OPENAI_LOG is set."""
    monkeypatch.setenv("OPENAI_LOG", "debug")
    caplog.set_level(logging.DEBUG)
    quiet_logs()
    told = []
    for status in ("400 No", "401 No", "429 No", "500 No"):
        with RawServer(failing(status, KEY, f"You sent {KEY}")) as server:
            with pytest.raises(ModelError) as caught:
                door(server.url, tries=1).ask(ASKED, Greeting, max_tokens=9)
            assert KEY in server.received.decode()
        told.append("".join(traceback.format_exception(caught.value)) + repr(caught.value))
    assert KEY not in "".join(told) + caplog.text + repr(door("http://127.0.0.1"))


def test_openai_is_imported_with_the_first_question_only() -> None:
    """It costs half a second and 30 MB: an installation without a key never pays them."""
    here = Path(__file__).parents[2]
    code = "import sys, clients.model; sys.exit('openai' in sys.modules or 'httpx2' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], cwd=here, check=False, timeout=60)
    assert ran.returncode == 0
