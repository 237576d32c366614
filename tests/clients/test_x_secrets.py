"""Keys never show: not in reprs, errors, tracebacks or logs, not even when X echoes them."""

import json
import logging
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest

from clients.net.quiet import TALKATIVE, quiet_logs
from errors import XError, XUnavailable
from tests.clients.raw_server import Behaviour, RawServer, Visit, answering, closed_port
from tests.clients.x_doors import SECRETS, door, keys, send


@pytest.fixture(autouse=True)
def _levels_as_before() -> Iterator[None]:
    before = {name: logging.getLogger(name).level for name in TALKATIVE}
    yield
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


def echoing(status: str) -> Behaviour:
    """Answer with everything that was sent, and with the keys in plain."""

    def behave(visit: Visit) -> None:
        sent = visit.read_request().decode()
        words = json.dumps({"detail": f"You sent {' '.join(SECRETS)} {sent}", "title": sent})
        answering(status, words)(visit)

    return behave


def _mentions(url: str) -> object:
    return door(url).mentions("1")


def clean(words: str) -> None:
    for secret in SECRETS:
        assert secret not in words
    assert "oauth_signature" not in words


def test_keys_hide_themselves() -> None:
    """repr and str name no key."""
    clean(repr(keys()) + str(keys()) + repr(door("http://127.0.0.1")))


@pytest.mark.parametrize("status", ["400 No", "401 No", "403 No", "404 No", "429 No", "500 No"])
@pytest.mark.parametrize("sending", [True, False])
def test_errors_hold_no_key(
    status: str, *, sending: bool, caplog: pytest.LogCaptureFixture
) -> None:
    """Sentence, detail, repr, the whole traceback and the log stay clean."""
    caplog.set_level(logging.DEBUG)
    quiet_logs()
    with RawServer(echoing(status)) as server:
        ask = send if sending else _mentions
        with pytest.raises(XError) as caught:
            ask(server.url)
        sent = server.received.decode()
    assert SECRETS[0] in sent  # the server did get something to echo
    error = caught.value
    told = [str(error), repr(error), error.detail, error.sentence, error.for_person()]
    trace = "".join(traceback.format_exception(error))
    logging.getLogger("test").error("it failed", exc_info=error)
    clean("\n".join([*told, trace, caplog.text]))


def test_network_errors_hold_no_key(caplog: pytest.LogCaptureFixture) -> None:
    """The chained cause names host and port, and no header."""
    caplog.set_level(logging.DEBUG)
    quiet_logs()
    with pytest.raises(XError) as caught:
        send(f"http://127.0.0.1:{closed_port()}")
    clean("".join(traceback.format_exception(caught.value)) + caplog.text)


def test_usage_with_the_bearer_token_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    """tweepy prints the Authorization header at DEBUG: it is not let to."""
    caplog.set_level(logging.DEBUG)
    quiet_logs()
    body = '{"data":{"project_usage":"3","project_cap":"10"}}'
    with RawServer(answering("200 OK", body)) as server:
        usage = door(server.url).usage()
        assert f"Authorization: Bearer {SECRETS[4]}" in server.received.decode()
    assert usage is not None
    assert (usage.used, usage.cap, usage.days_left) == (3, 10, None)
    clean(caplog.text)


def test_a_netrc_file_does_not_replace_the_token(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`requests` would take a password for the host from .netrc: ours stays."""
    netrc = tmp_path / "netrc"
    netrc.write_text("default login somebody password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    with RawServer(answering("200 OK", "{}")) as proxy:
        for name in ("HTTP_PROXY", "http_proxy"):
            monkeypatch.setenv(name, proxy.url)
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
        with pytest.raises(XUnavailable):
            door("http://x.invalid").usage()
        assert proxy.received.startswith(b"GET http://x.invalid/2/usage/tweets")
        assert b"Authorization: Bearer " in proxy.received
        assert b"Basic" not in proxy.received


def test_quiet_raises_levels_and_never_lowers_them() -> None:
    """A logger that was set to WARNING stays there; an unset one no longer follows the root."""
    logging.getLogger("tweepy").setLevel(logging.WARNING)
    logging.getLogger("slack_sdk").setLevel(logging.DEBUG)
    quiet_logs()
    assert logging.getLogger("tweepy").level == logging.WARNING
    for name in TALKATIVE:
        assert logging.getLogger(name).level >= logging.INFO
