"""An endless or swollen answer is cut off with a plain error and never fills the memory."""

import gzip
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from pydantic import BaseModel

from clients.model.client import ModelClient
from clients.net.bounded import LARGEST_SLACK_ANSWER, LARGEST_X_ANSWER, LONGEST_X_LINE
from clients.slack.client import SlackClient
from clients.x.stream_connection import SignOfLife, StreamLine
from errors import ModelError, SlackUnavailable, SlackUncertain, XUnavailable, XUncertain
from tests.clients.raw_server import Behaviour, RawServer, Visit
from tests.clients.x_doors import door, send

_MB = 1024 * 1024
#: What lies in sockets and buffers on the way when somebody hangs up.
_ON_THE_WAY = 12 * _MB


_PACKED = gzip.compress(b"x" * (300 * _MB), 1)


class Endless:
    """Answers with a body that never ends; `said` counts its bytes."""

    def __init__(self, status: str = "200 OK", begins: bytes = b'{"data": "') -> None:
        self.status, self.begins, self.said, self.hung_up = status, begins, 0, False

    def __call__(self, visit: Visit) -> None:
        visit.read_request()
        visit.say(f"HTTP/1.1 {self.status}\r\nContent-Type: application/json\r\n\r\n")
        visit.say(self.begins)
        try:
            while True:
                visit.say(b"x" * 65536)
                self.said += 65536
        except OSError:
            self.hung_up = True


def swollen(visit: Visit) -> None:
    """Answer with 300 MB, packed into 300 KB."""
    visit.read_request()
    visit.say("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n")
    visit.say(f"Content-Length: {len(_PACKED)}\r\nConnection: close\r\n\r\n".encode() + _PACKED)


@contextmanager
def within_memory(most: int) -> Iterator[None]:
    """Hold that Python keeps no more than so many bytes more at any time."""
    tracemalloc.start()
    try:
        yield
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < most, f"{peak / _MB:.0f} MB"


def cut_off(endless: Endless, limit: int) -> None:
    assert endless.hung_up
    assert endless.said < limit + _ON_THE_WAY


class Reply(BaseModel):
    text: str


def ask_model(url: str) -> None:
    ModelClient("key", url, "m", timeout=20).ask(
        [{"role": "user", "content": "?"}], Reply, max_tokens=50
    )


ASKING: list[tuple[str, Callable[[str], Any], type[Exception], int]] = [
    ("x reads", lambda url: door(url).mentions("1"), XUnavailable, LARGEST_X_ANSWER),
    ("x sends", send, XUncertain, LARGEST_X_ANSWER),
    (
        "slack is asked",
        lambda url: SlackClient("xoxb-1", base_url=f"{url}/").member("U1"),
        SlackUnavailable,
        LARGEST_SLACK_ANSWER,
    ),
    (
        "slack takes a message",
        lambda url: SlackClient("xoxb-1", base_url=f"{url}/").post(
            "C1", text="a", blocks=[], key="k"
        ),
        SlackUncertain,
        LARGEST_SLACK_ANSWER,
    ),
    ("the model answers", ask_model, ModelError, _MB),
]


@pytest.mark.parametrize(("what", "ask", "error", "limit"), ASKING, ids=[a[0] for a in ASKING])
@pytest.mark.parametrize("status", ["200 OK", "500 No", "403 No"])
def test_an_answer_without_an_end_is_cut_off(
    what: str, ask: Callable[[str], Any], error: type[Exception], limit: int, status: str
) -> None:
    """Whatever its status says; the sentence is one that a person may read."""
    endless = Endless(status)
    with RawServer(endless) as server, within_memory(4 * limit + 32 * _MB):
        with pytest.raises(error) as told:
            ask(server.url)
        assert str(told.value), what
        server.received  # noqa: B018 - waits until the server has noticed
    cut_off(endless, limit)


@pytest.mark.parametrize(("what", "ask", "error", "limit"), ASKING, ids=[a[0] for a in ASKING])
def test_a_packed_answer_is_not_unpacked_without_an_end(
    what: str, ask: Callable[[str], Any], error: type[Exception], limit: int
) -> None:
    """Some hundred kilobytes that would become hundreds of megabytes."""
    with RawServer(swollen) as server, within_memory(4 * limit + 24 * _MB):
        with pytest.raises(error):
            ask(server.url)
        assert server.visits, what


def stream_line(url: str) -> StreamLine:
    return StreamLine(
        "bearer",
        url,
        SignOfLife(20),
        opened=lambda: None,
        sign=lambda: None,
        heard=lambda _: None,
    )


@pytest.mark.parametrize(
    ("status", "limit"), [("200 OK", LONGEST_X_LINE), ("403 No", LARGEST_X_ANSWER)]
)
def test_a_line_of_the_stream_without_an_end_ends_the_stream(status: str, limit: int) -> None:
    """It is another connection's turn; nothing is gathered meanwhile."""
    endless = Endless(status)
    with RawServer(endless) as server, within_memory(8 * _MB + 4 * limit):
        line = stream_line(server.url)
        line.run()
        assert line.failure is not None
        server.received  # noqa: B018 - waits until the server has noticed
    cut_off(endless, limit)


def test_lines_of_the_stream_come_one_by_one_as_they_are_sent() -> None:
    """Cut anywhere on the way, with either line's end, keep-alives between."""
    heard: list[Any] = []
    signs: list[int] = []
    parts = [
        b'{"data"',
        b': {"id": "1"}}\r',
        b'\n\r\n{"data": {"id": "2"}}\n',
        b'{"data": {"id":',
        b' "3"}}',
    ]

    def behave(visit: Visit) -> None:
        visit.read_request()
        visit.say("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        for part in parts:
            visit.say(part)

    with RawServer(behave) as server:
        line = stream_line(server.url)
        line._heard, line._sign = heard.append, lambda: signs.append(1)
        line.run()
    assert [each["data"]["id"] for each in heard] == ["1", "2", "3"]


def test_a_charset_that_nobody_knows_breaks_nothing() -> None:
    """Slack's own JSON is UTF-8, whatever the head says."""

    def odd(visit: Visit) -> None:
        visit.read_request()
        body = b'{"ok": false, "error": "invalid_auth"}'
        visit.say("HTTP/1.1 401 No\r\nContent-Type: application/json; charset=rubbish-9\r\n")
        visit.say(f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body)

    behave: Behaviour = odd
    with RawServer(behave) as server, pytest.raises(Exception) as told:  # noqa: PT011
        SlackClient("xoxb-1", base_url=f"{server.url}/").whoami()
    assert type(told.value).__name__ == "SlackWrongToken"
