"""A port for whoever watches over Greenroom: `/healthz` and `/metrics`. Off unless asked for.

Nothing on it names a person or a post.
"""

import logging
import threading
from collections.abc import Callable, Iterable
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from clients.metrics import CONTENT_TYPE, Reading, metrics_text
from errors import GreenroomError

log = logging.getLogger("greenroom.watch_port")

_PATIENCE = 10.0

StartResponse = Callable[[str, list[tuple[str, str]]], Any]


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    timeout = _PATIENCE

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base's own name
        """Write nothing: whoever asks every ten seconds would fill the log."""


class WatchPort:
    """Serves the two addresses from a thread of its own.

    Args:
        host: where to listen; 127.0.0.1 unless the host that runs Greenroom has to ask.
        port: 0 picks a free one.
        ailment: says what is wrong, "" when everything runs.
        readings: the gauges as they are now.

    Raises:
        OSError: the port is taken.
    """

    def __init__(
        self,
        host: str,
        port: int,
        *,
        ailment: Callable[[], str],
        readings: Callable[[], Iterable[Reading]],
    ) -> None:
        self._ailment = ailment
        self._readings = readings
        self._server = make_server(
            host, port, self._answer, server_class=_Server, handler_class=_Quiet
        )
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
        try:
            status, kind, body = self._page(str(asked.get("PATH_INFO", "")))
        except GreenroomError as error:
            log.warning("%s", error.for_person())
            status, kind, body = "503 Service Unavailable", "text/plain", error.sentence.encode()
        start(status, [("Content-Type", kind), ("Content-Length", str(len(body)))])
        return [body]

    def _page(self, path: str) -> tuple[str, str, bytes]:
        if path == "/metrics":
            return "200 OK", CONTENT_TYPE, metrics_text(self._readings)
        if path == "/healthz":
            ailment = self._ailment()
            status = "503 Service Unavailable" if ailment else "200 OK"
            return status, "text/plain; charset=utf-8", (ailment or "ok").encode()
        return "404 Not Found", "text/plain", b"There is /healthz and /metrics."
