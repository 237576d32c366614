"""This machine or elsewhere, directly or through a proxy; and the watchdog's one deadline."""

import socket
import time

import pytest

from clients.net.network import is_loopback, proxy_for
from clients.net.watchdog import Watchdog
from tests.clients.waiting import until


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://127.0.0.1:8000/x", True),
        ("http://127.9.9.9", True),
        ("http://localhost:1", True),
        ("http://[::1]:8000", True),
        ("https://api.x.com", False),
        ("http://10.0.0.1", False),
        ("http://localhost.example.com", False),
        ("", False),
    ],
)
def test_this_machine_is_known_by_its_addresses(url: str, *, here: bool) -> None:
    """Names and numbers."""
    assert is_loopback(url) is here


def test_a_proxy_is_used_for_others_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_PROXY is kept, and this machine never goes through one."""
    for name in ("HTTPS_PROXY", "HTTP_PROXY", "http_proxy", "NO_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("https_proxy", "proxy.example:3128")
    monkeypatch.setenv("no_proxy", "inside.example")
    assert proxy_for("https://api.example") == "http://proxy.example:3128"
    assert proxy_for("https://inside.example") is None
    assert proxy_for("https://127.0.0.1:9") is None


def test_the_watchdog_ends_a_connection_that_waits() -> None:
    """A blocked read returns when the time is over, with no time-out of the socket's own."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        begun = time.monotonic()
        with Watchdog(0.2) as watchdog:
            watchdog.hold(ours)
            assert ours.recv(1) == b""
            assert watchdog.left() == 0.0
        assert 0.15 < time.monotonic() - begun < 20.0


def test_the_watchdog_leaves_a_finished_connection_alone() -> None:
    """After the block nothing is cut."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        with Watchdog(0.05) as watchdog:
            watchdog.hold(ours)
        until(lambda: watchdog.left() == 0.0)
        theirs.sendall(b"x")
        assert ours.recv(1) == b"x"


def test_a_connection_that_comes_too_late_is_cut_at_once() -> None:
    """Held after the time was over."""
    ours, theirs = socket.socketpair()
    with ours, theirs, Watchdog(0.01) as watchdog:
        until(lambda: watchdog._over)
        watchdog.hold(ours)
        assert ours.recv(1) == b""
