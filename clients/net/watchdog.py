"""One total deadline for one connection, also against a server that trickles."""

import socket
import threading
import time
from types import TracebackType
from typing import Self


class Watchdog:
    """Shuts the held socket down when the time is over.

    Socket time-outs count anew with every byte; this counts once. Use as a context manager
    around everything that happens on the connection.
    """

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds
        self._lock = threading.Lock()
        self._lever: socket.socket | None = None
        self._over = False
        self._timer = threading.Timer(seconds, self._bite)
        self._timer.daemon = True

    def left(self) -> float:
        """Return the seconds that are left, 0.0 when the time is over."""
        return max(0.0, self._ends - time.monotonic())

    def hold(self, connection: socket.socket) -> None:
        """Take the connection under watch; it ends at once when the time is over already.

        A duplicate is held, because TLS takes the descriptor away from the socket it was
        given: shutting the duplicate down ends the connection all the same.
        """
        with self._lock:
            self._drop()
            self._lever = connection.dup()
            if self._over:
                self._end()

    def _bite(self) -> None:
        with self._lock:
            self._over = True
            self._end()

    def _end(self) -> None:
        if self._lever is not None:
            try:
                self._lever.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # the other side was faster

    def _drop(self) -> None:
        if self._lever is not None:
            self._lever.close()
            self._lever = None

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        with self._lock:
            self._drop()
