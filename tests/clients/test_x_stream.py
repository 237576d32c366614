"""The door to X's filtered stream: rules, arrivals, silence, refusals, and a line that is cut."""

import json
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from clients.x.client import XClient
from clients.x.stream import Arrival, StreamConnection, StreamDoor, StreamRule
from domain import Person
from errors import StorageError, XAccountRefused, XError, XRateLimited, XUnavailable
from sandbox.room import PracticeRoom
from tests.clients.raw_server import RawServer, Visit, answering, closed_port
from tests.clients.waiting import until
from tests.clients.x_doors import SECRETS, door

_OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"


class Ear:
    """Listens on one connection in a thread and keeps what came of it."""

    def __init__(self, stream: StreamDoor, heard: Callable[[Arrival], None] | None = None) -> None:
        self.opened = threading.Event()
        self.arrivals: list[Arrival] = []
        self.signs = 0
        self.why: list[XError | None] = []
        self.raised: list[Exception] = []
        self.connection: StreamConnection = stream.connection(
            opened=self.opened.set, sign=self._sign, heard=heard or self.arrivals.append
        )
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _sign(self) -> None:
        self.signs += 1

    def _run(self) -> None:
        try:
            self.why.append(self.connection.run())
        except Exception as error:
            self.raised.append(error)

    def over(self, seconds: float = 30.0) -> XError | None:
        """Wait until the connection is over; return why."""
        self._thread.join(seconds)
        assert not self._thread.is_alive(), "the connection is not over"
        return self.why[0] if self.why else None


@pytest.fixture
def stream(room: PracticeRoom, x: XClient) -> Iterator[StreamDoor]:
    made = StreamDoor(x, room.x_bearer_token, base_url=room.x_url, silence=30.0)
    yield made
    if left := made.rules():
        made.delete_rules([rule.id for rule in left])


@contextmanager
def listening(stream: StreamDoor) -> Iterator[Ear]:
    """Open a connection, and cut it in the end."""
    ear = Ear(stream)
    assert ear.opened.wait(30), "the stream did not open"
    yield ear
    ear.connection.cut()
    ear.over()


def raw(url: str, *, silence: float = 30.0) -> StreamDoor:
    return StreamDoor(door(url), SECRETS[4], base_url=url, silence=silence)


def test_rules_are_listed_added_and_deleted(stream: StreamDoor) -> None:
    """What X took comes back with its id; deleting one leaves the others."""
    assert stream.rules() == []
    (taken,) = stream.add_rules({"ours": "oat milk"})
    assert (taken.value, taken.tag) == ("oat milk", "ours")
    (other,) = stream.add_rules({"theirs": "tea"})
    assert stream.rules() == [taken, other]
    stream.delete_rules([taken.id])
    assert stream.rules() == [other]


def test_a_rule_that_x_does_not_take_is_left_out(stream: StreamDoor) -> None:
    """The ones beside it are taken all the same."""
    taken = stream.add_rules({"good": "coffee", "bad": "-coffee", "twin": "coffee"})
    assert [rule.tag for rule in taken] == ["good"]


def test_rules_come_page_by_page() -> None:
    """`next_token` leads on until there is none."""
    pages = [
        {"data": [{"id": "1", "value": "a", "tag": "t"}], "meta": {"next_token": "more"}},
        {"data": [{"id": "2", "value": "b"}, {"id": "x"}, "rubbish"], "meta": {}},
    ]

    def behave(visit: Visit) -> None:
        asked = visit.read_request()
        answering("200 OK", json.dumps(pages[b"pagination_token=more" in asked]))(visit)

    with RawServer(behave) as server:
        assert raw(server.url).rules() == [StreamRule("1", "a", "t"), StreamRule("2", "b")]


def test_a_post_arrives_with_its_author_and_rules(room: PracticeRoom, stream: StreamDoor) -> None:
    """What fits a rule arrives as a search would give it, its author by id; other posts do not."""
    (rule,) = stream.add_rules({"ours": "flat white"})
    with listening(stream) as ear:
        room.x.add_post("ada", "tea please")
        post = room.x.add_post("ben", "a flat white please")
        until(lambda: ear.arrivals)
        (arrival,) = ear.arrivals
    assert [p.id for p in arrival.page.posts] == [post.id]
    assert arrival.page.posts[0].author == Person.unseen(post.author_id)
    assert arrival.page.people_ids == ()
    assert arrival.rule_ids == (rule.id,)
    assert ear.why == [None]


def test_a_second_connection_is_refused(stream: StreamDoor) -> None:
    """X allows one: the other one is told to come back later."""
    with listening(stream):
        assert isinstance(Ear(stream).over(), XRateLimited)


def test_a_refusal_is_told_apart_from_trouble(room: PracticeRoom, stream: StreamDoor) -> None:
    """Each connection is one request, whatever X answers."""
    room.trouble.queue("x", "500", on="stream")
    assert isinstance(Ear(stream).over(), XUnavailable)
    with RawServer(answering("403 No", '{"title":"Forbidden","detail":"not enrolled"}')) as server:
        refused = Ear(raw(server.url)).over()
        assert isinstance(refused, XAccountRefused)
        assert refused.detail == "not enrolled"
        assert len(server.visits) == 1
    assert isinstance(Ear(raw(f"http://127.0.0.1:{closed_port()}")).over(), XUnavailable)


def chunk(words: str) -> str:
    return f"{len(words.encode()):x}\r\n{words}\r\n"


def test_silence_ends_a_connection() -> None:
    """Blank lines keep it; without a sign it is over, also where bytes only trickle."""

    def behave(visit: Visit) -> None:
        visit.read_request()
        visit.say(_OK)
        for _ in range(4):
            visit.say(chunk("\r\n"))
            visit.pause(0.05)
        while visit.pause(0.1):
            visit.say(chunk(" "))

    with RawServer(behave) as server:
        ear = Ear(raw(server.url, silence=1.5))
        assert isinstance(ear.over(), XUnavailable)
        assert ear.signs == 4


def test_lines_that_cannot_be_read_do_no_harm() -> None:
    """What comes after them arrives; X's own word that it ends is understood."""
    post = {"id": "7", "text": "hello", "author_id": "1", "created_at": "2026-11-24T12:00:00Z"}
    lines = [
        "{not json",
        "[1, 2]",
        json.dumps({"data": {"id": "no"}, "matching_rules": "x"}),
        json.dumps({"data": post, "matching_rules": [{"id": "9"}, 3]}),
        json.dumps({"errors": [{"title": "operational-disconnect"}]}),
    ]

    def behave(visit: Visit) -> None:
        visit.read_request()
        visit.say(_OK + "".join(chunk(f"{line}\r\n") for line in lines) + "0\r\n\r\n")

    with RawServer(behave) as server:
        ear = Ear(raw(server.url))
        ended = ear.over()
    assert [(a.page.posts[0].id, a.rule_ids) for a in ear.arrivals] == [("7", ("9",))]
    assert isinstance(ended, XUnavailable)
    assert "ended" in ended.sentence


def test_what_a_listener_raises_ends_the_connection(room: PracticeRoom, stream: StreamDoor) -> None:
    """It comes out unchanged: a post that was not stored must not count as heard."""

    def full(_: Arrival) -> None:
        raise StorageError("The disk is full.")

    stream.add_rules({"ours": "flat white"})
    ear = Ear(stream, full)
    assert ear.opened.wait(30)
    room.x.add_post("ben", "a flat white please")
    ear.over()
    assert [str(error) for error in ear.raised] == [str(StorageError("The disk is full."))]


def test_a_cut_before_the_connection_stands_is_a_cut() -> None:
    """Whoever stops in that moment waits for nobody."""

    def silent(visit: Visit) -> None:
        visit.pause(120)

    with RawServer(silent) as server:
        ear = Ear(raw(server.url, silence=120.0))
        until(lambda: server.visits)
        ear.connection.cut()
        assert ear.over() is None


def test_no_token_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """Neither of a refusal nor of a broken line, at DEBUG."""
    caplog.set_level(logging.DEBUG)
    echo = json.dumps({"detail": f"you sent {SECRETS[4]}"})
    with RawServer(answering("401 No", echo)) as server:
        refused = Ear(raw(server.url)).over()
    assert SECRETS[4] not in caplog.text + repr(refused) + str(refused)
