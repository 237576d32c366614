"""A server that does with each connection exactly what a test tells it, byte by byte."""

import socket
import struct
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

from tests.clients.waiting import until

Behaviour = Callable[["Visit"], None]


class Visit:
    """One accepted connection and what came in on it."""

    def __init__(self, connection: socket.socket, stopping: threading.Event) -> None:
        self.connection = connection
        self.stopping = stopping
        self.received = b""

    def read_request(self) -> bytes:
        """Read head and body of one request, or what comes until the other side ends."""
        while not self._is_whole():
            chunk = self.connection.recv(65536)
            if not chunk:
                break
            self.received += chunk
        return self.received

    def await_first_byte(self) -> None:
        """Wait until something has come in, and leave it unread."""
        self.connection.recv(1, socket.MSG_PEEK)

    def read_to_end(self) -> bytes:
        while chunk := self.connection.recv(65536):
            self.received += chunk
        return self.received

    def say(self, words: str | bytes) -> None:
        self.connection.sendall(words.encode() if isinstance(words, str) else words)

    def reset(self) -> None:
        """End the connection with RST instead of FIN."""
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.connection.close()

    def pause(self, seconds: float) -> bool:
        """Wait; return False when the test is over."""
        return not self.stopping.wait(seconds)

    def _is_whole(self) -> bool:
        head, found, body = self.received.partition(b"\r\n\r\n")
        if not found:
            return False
        lengths = [
            int(line.split(b":")[1])
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"content-length:")
        ]
        return len(body) >= (lengths[0] if lengths else 0)


class RawServer:
    """Listens on 127.0.0.1 while the `with` block lasts; `visits` holds every connection."""

    def __init__(self, behaviour: Behaviour) -> None:
        self._behaviour = behaviour
        self._stopping = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._threads: list[threading.Thread] = []
        self.visits: list[Visit] = []
        self._done: list[Visit] = []
        self.port: int = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    @property
    def received(self) -> bytes:
        """Everything that came in on all connections, once these have ended."""
        until(lambda: len(self._done) == len(self.visits))
        return b"".join(visit.received for visit in self.visits)

    def __enter__(self) -> Self:
        thread = threading.Thread(target=self._accept, daemon=True)
        self._threads.append(thread)
        thread.start()
        return self

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            visit = Visit(connection, self._stopping)
            self.visits.append(visit)
            thread = threading.Thread(target=self._serve, args=(visit,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, visit: Visit) -> None:
        try:
            with visit.connection:
                visit.connection.settimeout(60)
                self._behaviour(visit)
        except OSError:
            pass  # the door hung up: that is what many tests are about
        finally:
            self._done.append(visit)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stopping.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(10)
            assert not thread.is_alive(), "the raw server did not stop"


def answering(status: str, body: str, *headers: str, kind: str = "application/json") -> Behaviour:
    """Read the request and answer it in full."""
    head = [
        f"HTTP/1.1 {status}",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body.encode())}",
        "Connection: close",
        *headers,
    ]

    def behave(visit: Visit) -> None:
        visit.read_request()
        visit.say("\r\n".join(head) + "\r\n\r\n" + body)

    return behave


#: Taken by nobody else as long as they are ours.
_CLOSED: list[socket.socket] = []


def closed_port() -> int:
    """Take a port of 127.0.0.1 on which nobody listens, now or later in this run."""
    taken = socket.socket()
    taken.bind(("127.0.0.1", 0))
    _CLOSED.append(taken)
    return int(taken.getsockname()[1])


def free_port() -> int:
    """Find a port of 127.0.0.1 for somebody who listens on it soon."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
