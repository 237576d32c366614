"""The port for watchers answers by its own name only, to who reads only, and logs line by line."""

import contextlib
import http.client
import logging
import socket
import struct
from collections.abc import Iterator

import pytest

from commands.health_port import WatchPort
from commands.logs import OneLine
from tests.stage import until


@pytest.fixture
def port() -> Iterator[WatchPort]:
    served = WatchPort("127.0.0.1", 0, problem=str, readings=list, names=["Greenroom-1.example"])
    yield served
    served.close()


def ask(
    port: WatchPort, *, method: str = "GET", path: str = "/healthz", host: str
) -> tuple[int, str]:
    """Ask as a client does that names this host; return the status and the words."""
    line = http.client.HTTPConnection("127.0.0.1", port.port, timeout=60)
    with contextlib.closing(line):
        line.request(method, path, headers={"Host": host})
        answer = line.getresponse()
        return answer.status, answer.read().decode()


def send(port: WatchPort, raw: bytes) -> bytes:
    """Send bytes that no client would; return what comes back."""
    with socket.create_connection(("127.0.0.1", port.port), timeout=60) as line:
        line.sendall(raw)
        line.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: line.recv(65536), b""))


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST:9100",
        "localhost.",
        "127.0.0.1:9100",
        "10.0.3.7",
        "192.168.1.20:9100",
        "[::1]:9100",
        "[fd00::7]",
        "greenroom-1.example:9100",
    ],
)
def test_it_answers_by_its_own_names_and_by_addresses(port: WatchPort, host: str) -> None:
    """Probes of containers use addresses; METRICS_NAMES names the rest."""
    assert ask(port, host=host) == (200, "ok")
    assert ask(port, host=host, path="/metrics")[0] == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:9100",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "evil.example#localhost",
        "localhost@evil.example",
        "evil.example,localhost",
        "localhost evil.example",
        "0x7f000001",
        "2130706433",
        "other.greenroom-1.example",
        "",
        ":9100",
        "[::1",
        "loc\xe4lhost",
    ],
)
@pytest.mark.parametrize("path", ["/healthz", "/metrics", "/"])
def test_a_name_that_leads_here_by_somebody_elses_doing_gets_nothing(
    port: WatchPort, host: str, path: str
) -> None:
    """DNS rebinding: a page's own name is made to lead to this machine."""
    status, words = ask(port, host=host, path=path)
    assert status == 421
    assert "METRICS_NAMES" in words
    assert "ok" not in words.split()


def test_two_names_in_one_request_are_none(port: WatchPort) -> None:
    """Of a doubled head either could be meant."""
    raw = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n"
    for sent in (raw, raw.replace(b"localhost", b"x").replace(b"evil.example", b"localhost")):
        assert b"421" in send(port, sent).splitlines()[0]


def test_only_an_old_request_needs_no_name(port: WatchPort) -> None:
    """A load balancer's plain check has none, and no browser sends such a one."""
    assert send(port, b"GET /healthz HTTP/1.0\r\n\r\n").endswith(b"\r\n\r\nok")
    assert b"421" in send(port, b"GET /healthz HTTP/1.1\r\n\r\n").splitlines()[0]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW"])
def test_nothing_but_reading_is_answered(port: WatchPort, method: str) -> None:
    """Whatever the method would mean, it does nothing here."""
    assert ask(port, host="localhost", method=method)[0] == 405


def test_head_has_no_body(port: WatchPort) -> None:
    """It tells the length alone."""
    raw = send(port, b"HEAD /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
    head, _, body = raw.partition(b"\r\n\r\n")
    assert b"200" in head.splitlines()[0]
    assert b"content-length: 2" in head.lower()
    assert body == b""


BROKEN = {
    "no version": b"GET /healthz nonsense\r\n\r\n",
    "control characters": b"G\x1b[2J\x07\x00 \x9b31m\r\x0b now\r\n\r\n",
    "forged line": b"GET /\x0b2026-12-01 ERROR greenroom.send sent HTTP/9.9\r\n\r\n",
    "tls": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 \x00\r\n",
    "http/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "too long": b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n",
    "many heads": b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 200 + b"\r\n",
}


@pytest.mark.parametrize("raw", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_request_is_one_plain_line_in_the_log(
    port: WatchPort,
    raw: bytes,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """No trace, no control character, not the whole of it; and the next one is answered."""
    with caplog.at_level(logging.INFO, logger="greenroom.watch_port"):
        send(port, raw)
        records = until(lambda: list(caplog.records), "a line in the log")
        assert ask(port, host="localhost") == (200, "ok")
    assert len(records) == len(caplog.records) == 1
    said = records[0].getMessage()
    assert said.isascii()
    assert said.isprintable()
    assert len(said) < 250
    assert records[0].exc_info is None
    assert "\n" not in OneLine().format(records[0])
    assert capfd.readouterr().err == ""


def test_who_hangs_up_leaves_no_trace(
    port: WatchPort, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """A line that is reset half-way is nobody's fault."""
    with caplog.at_level(logging.INFO, logger="greenroom.watch_port"):
        for raw in (b"", b"GET /hea", b"GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n"):
            line = socket.create_connection(("127.0.0.1", port.port), timeout=60)
            line.sendall(raw)
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            line.close()
        assert ask(port, host="localhost") == (200, "ok")
    assert "Traceback" not in capfd.readouterr().err
    assert not any(record.exc_info for record in caplog.records)


def test_an_unforeseen_failure_has_an_id_and_no_details() -> None:
    """What broke stands in the log; the answer names the id that it has there."""

    def broken() -> str:
        raise ValueError("xoxb-secret")

    served = WatchPort("127.0.0.1", 0, problem=broken, readings=list)
    with contextlib.closing(served):
        status, words = ask(served, host="localhost")
    assert status == 500
    assert "(id " in words
    assert "xoxb" not in words


def test_many_who_say_nothing_keep_nobody_from_asking() -> None:
    """Each holds a thread and a file of the process that sends replies: the oldest give way."""
    with waiting(patience=60) as port, contextlib.ExitStack() as opened:
        lines = [opened.enter_context(connected(port)) for _ in range(200)]
        assert ask(port, host="localhost") == (200, "ok")
        assert lines[0].recv(1) == b""


def test_who_sends_byte_by_byte_is_cut_off() -> None:
    """The patience is for the whole request, not for each of its bytes."""
    with waiting(patience=0.5) as port, connected(port) as line:
        line.sendall(b"GET /healthz HTTP/1.1\r\nX-Slow: ")
        line.settimeout(0.05)

        def cut_off() -> bool:
            try:
                line.sendall(b"a")
                return line.recv(1) == b""
            except TimeoutError:
                return False
            except OSError:
                return True

        until(cut_off, "the line is cut")


@contextlib.contextmanager
def waiting(*, patience: float) -> Iterator[WatchPort]:
    """Serve with so many seconds for each request."""
    served = WatchPort("127.0.0.1", 0, problem=str, readings=list, patience=patience)
    with contextlib.closing(served):
        yield served


def connected(port: WatchPort) -> socket.socket:
    """Connect and say nothing yet."""
    return socket.create_connection(("127.0.0.1", port.port), timeout=60)
