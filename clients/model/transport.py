"""One conversation with the model's server: one deadline for all of it, and answers of a size.

httpx2's time-outs count anew with every byte, and it reads answers of any size; this does neither.
"""

from collections.abc import Iterator
from typing import Any

import httpx2

from clients.net.bounded import AnswerTooLargeError
from clients.net.network import proxy_for
from clients.net.watchdog import Watchdog

#: Bytes; three suggestions take two thousand.
LARGEST_ANSWER = 512 * 1024


class WatchedTransport(httpx2.BaseTransport):
    """Puts every connection under the watchdog and counts what comes back."""

    def __init__(self, base_url: str, watchdog: Watchdog) -> None:
        self._inner = httpx2.HTTPTransport(
            proxy=proxy_for(base_url), limits=httpx2.Limits(max_keepalive_connections=0)
        )
        self._watchdog = watchdog

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        request.extensions["trace"] = self._notice
        # A packed answer may unpack to a thousand times what was counted.
        request.headers["Accept-Encoding"] = "identity"
        left = max(self._watchdog.left(), 0.001)
        request.extensions["timeout"] = httpx2.Timeout(left).as_dict()
        answer = self._inner.handle_request(request)
        if answer.headers.get("Content-Encoding", "identity").lower() != "identity":
            answer.close()
            raise AnswerTooLargeError
        return httpx2.Response(
            status_code=answer.status_code,
            headers=answer.headers,
            stream=_Counted(answer.stream),
            extensions=answer.extensions,
        )

    def _notice(self, event: str, info: dict[str, Any]) -> None:
        if event == "connection.connect_tcp.complete":
            self._watchdog.hold(info["return_value"].get_extra_info("socket"))

    def close(self) -> None:
        self._inner.close()


class _Counted(httpx2.SyncByteStream):
    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for chunk in self._inner:
            size += len(chunk)
            if size > LARGEST_ANSWER:
                raise AnswerTooLargeError
            yield chunk

    def close(self) -> None:
        self._inner.close()
