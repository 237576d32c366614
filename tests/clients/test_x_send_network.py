"""Sending over a network that misbehaves: which error, and how much of the request left."""

import json
import socket
import time
from collections.abc import Callable

import pytest

from clients.x.transport import Attempt
from errors import StorageError, XUncertain, XUnreached
from tests.clients.raw_server import RawServer, Visit, answering, closed_port
from tests.clients.waiting import until
from tests.clients.x_doors import door, send

CREATED = '{"data":{"id":"99","text":"Hello there"}}'


def read_and_reset(visit: Visit) -> None:
    visit.read_request()
    visit.reset()


def half_an_answer(visit: Visit) -> None:
    visit.read_request()
    visit.say(f"HTTP/1.1 201 Created\r\nContent-Length: {len(CREATED)}\r\n\r\n{CREATED[:20]}")


def half_a_head(visit: Visit) -> None:
    visit.read_request()
    visit.say("HTTP/1.1 201 Cre")


def hang_up(visit: Visit) -> None:
    visit.read_request()


def rubbish(visit: Visit) -> None:
    visit.read_request()
    visit.say("220 mail.example.com ESMTP\r\n\r\n")


def trickle_head(visit: Visit) -> None:
    visit.read_request()
    for byte in b"HTTP/1.1 201 Created\r\n" + b"X-Slow: 1\r\n" * 100:
        visit.say(bytes([byte]))
        if not visit.pause(0.1):
            return


def trickle_body(visit: Visit) -> None:
    visit.read_request()
    visit.say("HTTP/1.1 201 Created\r\nContent-Length: 1000\r\n\r\n")
    for _ in range(1000):
        visit.say(b" ")
        if not visit.pause(0.1):
            return


def silence(visit: Visit) -> None:
    visit.read_to_end()


def test_a_whole_answer_gives_the_posts_id_from_one_signed_request() -> None:
    """One connection, one request, with the reply's JSON and an OAuth 1.0a signature."""
    with RawServer(answering("201 Created", CREATED)) as server:
        assert send(server.url) == "99"
        head, _, body = server.received.partition(b"\r\n\r\n")
    assert len(server.visits) == 1
    assert head.startswith(b"POST /2/tweets HTTP/1.1\r\n")
    assert b"Authorization: OAuth " in head
    assert json.loads(body) == {
        "text": "Hello there",
        "reply": {"in_reply_to_tweet_id": "1234"},
    }


@pytest.mark.parametrize(
    "behaviour",
    [
        read_and_reset,
        half_an_answer,
        half_a_head,
        hang_up,
        rubbish,
        answering("200 OK", "<html>hello</html>", kind="text/html"),
        answering("201 Created", '{"data":{}}'),
        answering("201 Created", '{"data":{"id":"not-a-number"}}'),
        answering("201 Created", "[1]"),
        answering("201 Created", "[" * 100_000),
        answering("200 OK", '{"errors":[{"detail":"odd"}]}'),
        answering("301 Moved Permanently", "", "Location: /2/tweets"),
        answering("307 Temporary Redirect", "", "Location: /2/tweets"),
        answering("500 Internal Server Error", '{"detail":"oops","status":500}'),
        answering("502 Bad Gateway", "<html>bad gateway</html>", kind="text/html"),
        answering("503 Service Unavailable", "", "Retry-After: 1"),
        answering("408 Request Timeout", "{}"),
    ],
)
def test_after_the_first_byte_every_odd_end_is_uncertain_and_tried_once(
    behaviour: Callable[[Visit], None],
) -> None:
    """Reset, cut, redirect, 5xx, unreadable 2xx: uncertain; never a second request."""
    with RawServer(behaviour) as server:
        with pytest.raises(XUncertain):
            send(server.url)
        assert server.received.count(b"POST ") == 1
    assert len(server.visits) == 1


def test_a_connection_reset_before_it_is_read_is_uncertain() -> None:
    """What was written into a connection that then broke may have arrived."""

    def reset_unread(visit: Visit) -> None:
        visit.await_first_byte()
        visit.reset()

    with RawServer(reset_unread) as server, pytest.raises(XUncertain):
        send(server.url)
    assert len(server.visits) == 1


@pytest.mark.parametrize("behaviour", [silence, trickle_head, trickle_body])
def test_the_deadline_counts_for_everything_together(behaviour: Callable[[Visit], None]) -> None:
    """A server that says nothing, or a byte now and then, is left at the deadline: uncertain."""
    with RawServer(behaviour) as server:
        begun = time.monotonic()
        with pytest.raises(XUncertain):
            send(server.url, deadline=1.0)
        assert 0.9 < time.monotonic() - begun < 20.0


def test_a_refused_connection_sends_nothing() -> None:
    """Nobody listens: unreached."""
    with pytest.raises(XUnreached):
        send(f"http://127.0.0.1:{closed_port()}")


def test_an_unknown_host_sends_nothing() -> None:
    """No such name: unreached, in time, however long the look-up would take."""
    begun = time.monotonic()
    with pytest.raises(XUnreached):
        send("http://nowhere.invalid", deadline=1.0)
    assert time.monotonic() - begun < 20.0


def test_a_connection_that_never_stands_sends_nothing() -> None:
    """A host that lets SYN packets drop: unreached at the deadline."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        address = listener.getsockname()
        fillers = [socket.socket() for _ in range(4)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(address)
        try:
            begun = time.monotonic()
            with pytest.raises(XUnreached):
                send(f"http://127.0.0.1:{address[1]}", deadline=0.5)
            assert time.monotonic() - begun < 20.0
        finally:
            for filler in fillers:
                filler.close()


def plain_complaint(visit: Visit) -> None:
    visit.received = visit.connection.recv(65536)
    visit.say("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")


@pytest.mark.parametrize(
    "behaviour", [silence, plain_complaint, lambda visit: visit.connection.recv(1)]
)
def test_no_tls_sends_nothing_of_the_request(behaviour: Callable[[Visit], None]) -> None:
    """A plain port behind https: the handshake fails, and no word of the request was said."""
    with RawServer(behaviour) as server:
        with pytest.raises(XUnreached):
            send(f"https://127.0.0.1:{server.port}", deadline=0.7)
        received = server.received
    for word in (b"POST", b"Hello", b"OAuth", b"MARKED"):
        assert word not in received


def test_called_off_after_connecting_sends_nothing() -> None:
    """`may_still_go` is asked when the connection stands; a no means not one byte."""
    asked = []
    with RawServer(silence) as server:

        def may_still_go() -> bool:
            until(lambda: len(server.visits) == 1)
            asked.append(len(server.visits))
            return False

        with pytest.raises(XUnreached):
            door(server.url).send("Hello", in_reply_to="1", may_still_go=may_still_go)
        assert server.received == b""
    assert asked == [1]


def test_a_failing_question_comes_out_unchanged_and_sends_nothing() -> None:
    """What `may_still_go` raises (no database) is not taken for trouble on the way."""
    trouble = StorageError("The disk is full.")

    def may_still_go() -> bool:
        raise trouble

    with RawServer(silence) as server:
        with pytest.raises(StorageError) as caught:
            door(server.url).send("Hello", in_reply_to="1", may_still_go=may_still_go)
        assert caught.value is trouble
        assert server.received == b""


def test_a_question_that_takes_too_long_sends_nothing() -> None:
    """When the answer comes after the deadline, it is too late to begin."""
    with RawServer(silence) as server:

        def may_still_go() -> bool:
            deadline = time.monotonic() + 0.4
            until(lambda: time.monotonic() > deadline)
            return True

        with pytest.raises(XUnreached):
            door(server.url, deadline=0.3).send("Hi", in_reply_to="1", may_still_go=may_still_go)
        assert server.received == b""


def test_a_proxy_in_the_environment_is_not_asked_about_this_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A practice X on loopback is reached although HTTP_PROXY points at nothing."""
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{closed_port()}")
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{closed_port()}")
    with RawServer(answering("201 Created", CREATED)) as server:
        assert send(server.url) == "99"


def test_behind_a_proxy_nothing_counts_as_sent_before_the_tunnel_stands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A proxy that refuses CONNECT saw no word of the request: unreached."""

    def no_tunnel(visit: Visit) -> None:
        visit.read_request()
        visit.say("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")

    with RawServer(no_tunnel) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        monkeypatch.setenv("https_proxy", proxy.url)
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        with pytest.raises(XUnreached):
            send("https://x.invalid")
        assert proxy.received.startswith(b"CONNECT x.invalid:443")
        assert b"Hello" not in proxy.received
        assert b"OAuth" not in proxy.received


def test_a_socks_proxy_is_never_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its connections could not tell whether a byte has left: unreached instead."""
    with RawServer(silence) as proxy:
        address = f"socks5://127.0.0.1:{proxy.port}"
        monkeypatch.setenv("HTTPS_PROXY", address)
        monkeypatch.setenv("https_proxy", address)
        with pytest.raises(XUnreached):
            send("https://x.invalid", deadline=1.0)
        assert proxy.received == b""


def test_the_first_reachable_address_of_a_name_is_taken() -> None:
    """`localhost` may mean ::1 first; the one that answers counts."""
    with RawServer(answering("201 Created", CREATED)) as server:
        assert send(f"http://localhost:{server.port}") == "99"


def test_nothing_has_been_written_until_the_attempt_lets_it_go() -> None:
    """The question is asked once, and from then on the request counts as gone."""
    asked = []

    def may_still_go() -> bool:
        asked.append(attempt.wrote)
        return True

    with Attempt(5.0, may_still_go) as attempt:
        attempt.let_go()
        attempt.let_go()
        assert attempt.wrote
    assert asked == [False]
