"""Breaking connections the way networks do: no answer, half an answer, or silence.

The server must be started with `uvicorn.Config(..., http=CuttableHTTP)`: that is what lets an
endpoint reach the connection that it answers on. An endpoint then returns one of the three
responses below in place of its answer.
"""

import asyncio
from dataclasses import dataclass, field
from typing import Any, cast

from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

PATIENCE = 60.0  # seconds after which a silence ends that no client gave up on
_STATE_KEY = "practice_line"


@dataclass
class Line:
    """One client's connection, and whether the server is about to stop."""

    transport: asyncio.Transport
    closing: asyncio.Event = field(default_factory=asyncio.Event)


class CuttableHTTP(H11Protocol):
    """Uvicorn's HTTP protocol, which also shows each request the line it came on."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._line = Line(transport)
        # Uvicorn copies app_state into scope["state"] for each request of this connection.
        self.app_state = {**self.app_state, _STATE_KEY: self._line}

    def shutdown(self) -> None:
        """Let silences and streams on this line end too, so that the server stops at once."""
        self._line.closing.set()
        super().shutdown()


def line_of(scope: Scope) -> Line:
    """Find the line that a request came on; its `closing` ends endless streams.

    Raises:
        RuntimeError: the server was started without CuttableHTTP.
    """
    state: dict[str, Any] = scope.get("state", {})
    if _STATE_KEY not in state:
        raise RuntimeError("Start uvicorn with http=CuttableHTTP, or connections cannot be cut.")
    return cast("Line", state[_STATE_KEY])


class CutConnection(Response):
    """Closes the connection without a single byte of answer."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        line_of(scope).transport.close()
        await _gone(receive)


class HalfAnswer(Response):
    """Sends the headers of the whole answer and half its body, then closes the connection."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send(
            {
                "type": "http.response.start",
                "status": self.status_code,
                "headers": self.raw_headers,
            }
        )
        whole = bytes(self.body)
        half = whole[: len(whole) // 2]
        await send({"type": "http.response.body", "body": half, "more_body": True})
        line_of(scope).transport.close()
        await _gone(receive)


class Silence(Response):
    """Says nothing until the client gives up, the server stops, or `seconds` are over."""

    def __init__(self, seconds: float = PATIENCE) -> None:
        super().__init__()
        self.seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        line = line_of(scope)
        gone = asyncio.ensure_future(_gone(receive))
        closing = asyncio.ensure_future(line.closing.wait())
        await asyncio.wait(
            {gone, closing}, timeout=self.seconds, return_when=asyncio.FIRST_COMPLETED
        )
        closing.cancel()
        line.transport.close()
        await gone


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
