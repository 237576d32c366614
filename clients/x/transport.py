"""One request to X on a connection of its own: no retries, no redirects, one deadline.

tweepy speaks through a `requests` session; this gives it one whose every connection is watched.
What matters for sending: `Attempt.wrote` is False exactly as long as not one byte of the request
can have left this machine.
"""

import functools
import queue
import socket
import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool

from clients.net.bounded import LARGEST_X_ANSWER, LONGEST_X_LINE, bounded_lines, read_whole
from clients.net.network import is_loopback
from clients.net.watchdog import Watchdog

#: The host that tweepy 4.17 has built in.
TWEEPY_HOST = "https://api.twitter.com"

_SocketOptions = Iterable[tuple[int, int, int | bytes]]


class CalledOffError(Exception):
    """Nothing was written: the time was over, or the caller no longer wanted it to go."""


class Attempt(Watchdog):
    """One request's deadline, its last question, and whether it may have left.

    Args:
        seconds: for everything together: name look-up, connecting, writing, reading.
        may_still_go: asked once, when the connection stands and before the first byte. What it
            raises comes out of the request unchanged.
    """

    def __init__(self, seconds: float, may_still_go: Callable[[], bool] | None = None) -> None:
        super().__init__(seconds)
        self._may_still_go = may_still_go
        self.wrote = False
        self.question_failed: Exception | None = None

    def connect(self, host: str, port: int | None, options: _SocketOptions | None) -> socket.socket:
        """Connect to the first address that answers, within the time that is left."""
        failure: OSError = TimeoutError("no time left to connect")
        for family, kind, protocol, _, address in self._addresses(host.strip("[]"), port):
            if self.left() <= 0:
                break
            connection = socket.socket(family, kind, protocol)
            try:
                for option in options or ():
                    connection.setsockopt(*option)
                connection.settimeout(self.left())
                connection.connect(address)
                connection.settimeout(max(self.left(), 0.001))
            except OSError as error:
                connection.close()
                failure = error
                continue
            self.hold(connection)
            return connection
        raise failure

    def _addresses(self, host: str, port: int | None) -> list[Any]:
        # getaddrinfo knows no time-out and may hang for longer than a lease: it is left behind.
        found: queue.SimpleQueue[list[Any] | OSError] = queue.SimpleQueue()

        def look_up() -> None:
            try:
                found.put(list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))
            except (OSError, UnicodeError) as error:
                found.put(error if isinstance(error, OSError) else OSError(str(error)))

        threading.Thread(target=look_up, name="x-look-up", daemon=True).start()
        try:
            addresses = found.get(timeout=self.left())
        except queue.Empty:
            raise TimeoutError("the name look-up took too long") from None
        if isinstance(addresses, OSError):
            raise addresses
        return addresses

    def let_go(self) -> None:
        """Stand before the first byte of the request: the last moment to call it off.

        Raises:
            CalledOffError: the time is over, or `may_still_go` said no.
        """
        if self.wrote:
            return
        if not self._is_still_wanted():
            raise CalledOffError("it was called off just before it went out")
        if self.left() <= 0:
            raise CalledOffError("the time was over before it went out")
        self.wrote = True

    def _is_still_wanted(self) -> bool:
        try:
            return self._may_still_go is None or self._may_still_go()
        except Exception as error:
            # Kept, so that it can be told from trouble on the way and comes out unchanged.
            self.question_failed = error
            raise


class WatchedConnection(HTTPConnection):
    """A connection that asks its attempt before the first byte of the request."""

    def __init__(self, *args: Any, attempt: Attempt, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._attempt = attempt
        self._connecting = False

    def _new_conn(self) -> socket.socket:
        return self._attempt.connect(self.host, self.port, self.socket_options)

    def connect(self) -> None:
        # What is written while connecting (a proxy's CONNECT, TLS) is not the request yet.
        self._connecting = True
        try:
            super().connect()
        finally:
            self._connecting = False

    def send(self, data: Any) -> None:
        if self.sock is None:
            self.connect()
        if not self._connecting:
            self._attempt.let_go()
        super().send(data)


class WatchedTLSConnection(WatchedConnection, HTTPSConnection):
    """The same behind TLS."""


_WATCHED: dict[Any, type[WatchedConnection]] = {
    HTTPConnection: WatchedConnection,
    HTTPSConnection: WatchedTLSConnection,
}


class _OneRequestAdapter(HTTPAdapter):
    """Puts watched connections into the pools of `requests`."""

    def __init__(self, attempt: Attempt) -> None:
        super().__init__(max_retries=0)
        self._attempt = attempt

    def get_connection_with_tls_context(
        self,
        request: requests.PreparedRequest,
        verify: bool | str | None,
        proxies: Mapping[str, str] | None = None,
        cert: Any = None,
    ) -> HTTPConnectionPool:
        pool: Any = super().get_connection_with_tls_context(request, verify, proxies, cert)
        watched = _WATCHED.get(pool.ConnectionCls)
        if watched is None:
            # A SOCKS proxy's connection could not tell whether a byte has left: never use it.
            raise CalledOffError("only HTTP proxies are supported on the way to X")
        # Each pool serves one request: the class attribute is hidden for this pool alone.
        pool.ConnectionCls = functools.partial(watched, attempt=self._attempt)
        return pool  # type: ignore[no-any-return]


class OneRequestSession(requests.Session):
    """A session for exactly one request of tweepy, sent to `base_url` instead.

    The address is changed before the request is signed, so that an OAuth 1.0a signature covers
    the address that the server sees. `answer` holds what came back whole, whatever tweepy makes
    of it.
    """

    def __init__(self, base_url: str, attempt: Attempt) -> None:
        super().__init__()
        self._base_url = base_url.rstrip("/")
        self._attempt = attempt
        self.answer: requests.Response | None = None
        self.trust_env = not is_loopback(base_url)
        # Any auth of our own keeps `requests` from overwriting the token with one from .netrc.
        self.auth = _leave_as_it_is
        adapter = _OneRequestAdapter(attempt)
        self.mount("https://", adapter)
        self.mount("http://", adapter)

    def request(  # type: ignore[override]
        self, method: str, url: str, **kwargs: Any
    ) -> requests.Response:
        if self._attempt.wrote or self.answer is not None:
            raise CalledOffError("this session sends one request only")
        moved = self._base_url + url.removeprefix(TWEEPY_HOST)
        left = max(self._attempt.left(), 0.001)
        endless = kwargs.pop("stream", False)
        answer = super().request(
            method, moved, timeout=left, allow_redirects=False, stream=True, **kwargs
        )
        if endless and answer.status_code == requests.codes.ok:
            answer.iter_lines = bounded_lines(answer, LONGEST_X_LINE)  # type: ignore[method-assign]
        else:
            read_whole(answer, LARGEST_X_ANSWER)
        self.answer = answer
        return answer


def _leave_as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request
