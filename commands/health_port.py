"""A port for whoever watches over Greenroom: `/healthz` and `/metrics`. Off unless asked for.

Nothing on it names a person or a post. It answers only where it is asked by its own name or by an
address of numbers: a page in somebody's browser that makes its own name lead here gets nothing.
"""

import contextlib
import ipaddress
import logging
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterable
from socketserver import ThreadingMixIn
from typing import Any
from urllib.parse import urlsplit
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from clients.net.metrics import CONTENT_TYPE, Reading, metrics_text
from errors import GreenroomError

log = logging.getLogger("greenroom.watch_port")

#: Seconds.
_PATIENCE = 10.0
#: Requests at a time; each one holds a thread and a file of the process that sends replies.
_MOST = 64
_SHOWN = 120
_PLAIN = "text/plain; charset=utf-8"
_ONLY_READ = ("GET", "HEAD")

StartResponse = Callable[[str, list[tuple[str, str]]], Any]


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    #: With socketserver's five, a probe beside a burst of others waits a second to knock again.
    request_queue_size = 128
    patience = _PATIENCE

    def __init__(self, *given: Any, **named: Any) -> None:
        self._begun: dict[socket.socket, float] = {}
        super().__init__(*given, **named)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Note when a request began, and answer it in a thread of its own."""
        self._begun[request] = time.monotonic()
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Close it and forget when it began."""
        self._begun.pop(request, None)
        super().shutdown_request(request)

    def service_actions(self) -> None:
        """Cut off who takes too long, byte by byte as well, and the oldest where there are too many."""
        begun = list(self._begun.items())
        too_old = time.monotonic() - self.patience
        too_many = len(begun) - _MOST
        for place, (request, at) in enumerate(begun):
            if place < too_many or at < too_old:
                self._begun.pop(request, None)
                _cut(request)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 - the base's own
        """Write one line, where the base prints a trace; who hangs up or is slow is no news."""
        error = sys.exception()
        if not isinstance(error, OSError):
            log.warning("an answer broke off: %s", ascii(str(error))[:_SHOWN])


def _cut(request: socket.socket) -> None:
    """End a connection under whoever still reads from it or writes to it."""
    with contextlib.suppress(OSError):
        request.shutdown(socket.SHUT_RDWR)


class _Quiet(WSGIRequestHandler):
    timeout = _PATIENCE

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base's own name
        """Write nothing: whoever asks every ten seconds would fill the log."""

    def log_error(self, format: str, *args: Any) -> None:  # noqa: A002 - the base's own name
        """Write one line, of plain letters only, about what is no request."""
        log.warning("asked for what is no HTTP request: %s", ascii(format % args)[:_SHOWN])


class WatchPort:
    """Serves the two addresses from a thread of its own.

    Args:
        host: where to listen; 127.0.0.1 unless the host that runs Greenroom has to ask.
        port: 0 picks a free one.
        names: what it may be called besides localhost, `host` and any address of numbers.
        patience: seconds that a request has, from the connection to the end of its answer.
        problem: says what is wrong, "" when everything runs.
        readings: the gauges as they are now.

    Raises:
        OSError: the port is taken.
    """

    def __init__(
        self,
        host: str,
        port: int,
        *,
        problem: Callable[[], str],
        readings: Callable[[], Iterable[Reading]],
        names: Iterable[str] = (),
        patience: float = _PATIENCE,
    ) -> None:
        self._names = {"localhost", *(name.lower() for name in (host, *names))}
        self._ailment = problem
        self._readings = readings
        self._server = make_server(
            host, port, self._answer, server_class=_Server, handler_class=_Quiet
        )
        self._server.patience = patience
        self.port = int(self._server.server_port)
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.2}, daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def _answer(self, asked: dict[str, Any], start: StartResponse) -> list[bytes]:
        method = str(asked["REQUEST_METHOD"])
        more = []
        if not self._is_called(asked):
            status, kind, body = "421 Misdirected Request", _PLAIN, _OTHER_NAME
        elif method not in _ONLY_READ:
            status, kind, body = "405 Method Not Allowed", _PLAIN, b"Nothing can be changed here."
            more = [("Allow", ", ".join(_ONLY_READ))]
        else:
            status, kind, body = self._page(str(asked.get("PATH_INFO", "")))
        start(status, [("Content-Type", kind), ("Content-Length", str(len(body))), *more])
        return [] if method == "HEAD" else [body]

    def _is_called(self, asked: dict[str, Any]) -> bool:
        """Tell whether the request names us; one of before HTTP/1.1, as a browser's is not, need not."""
        if "HTTP_HOST" not in asked:
            return str(asked["SERVER_PROTOCOL"]) != "HTTP/1.1"
        name = _host(str(asked["HTTP_HOST"]))
        return name in self._names or _is_number(name)

    def _page(self, path: str) -> tuple[str, str, bytes]:
        try:
            return self._found(path)
        except GreenroomError as error:
            log.warning("%s", error.for_person())
            return "503 Service Unavailable", _PLAIN, error.sentence.encode()
        except Exception:
            unforeseen = GreenroomError("This could not be counted.")
            log.exception("id=%s unforeseen", unforeseen.ref)
            return "500 Internal Server Error", _PLAIN, unforeseen.for_person().encode()

    def _found(self, path: str) -> tuple[str, str, bytes]:
        if path == "/metrics":
            return "200 OK", CONTENT_TYPE, metrics_text(self._readings)
        if path == "/healthz":
            problem = self._ailment()
            status = "503 Service Unavailable" if problem else "200 OK"
            return status, _PLAIN, (problem or "ok").encode()
        return "404 Not Found", _PLAIN, b"There is /healthz and /metrics."


_OTHER_NAME = b"Greenroom answers here to localhost, to addresses of numbers, and to the names in METRICS_NAMES."


def _host(header: str) -> str:
    """Return the name or address of a Host header, without its port; "" for nonsense."""
    if not header.isascii() or any(not c.isprintable() or c in " ,@/?#\\" for c in header):
        return ""
    try:
        return (urlsplit(f"//{header}").hostname or "").removesuffix(".")
    except ValueError:
        return ""


def _is_number(name: str) -> bool:
    """Tell whether it is an IP address: no name can be made to lead here under one."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
