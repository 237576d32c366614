"""Telling the page what changed, as Server-Sent Events."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

_TOGETHER_SECONDS = 0.03  # changes that come this close together are told as one
_ALIVE_SECONDS = 15.0


class Changes:
    """Hears of changes from any thread and tells every page that listens."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._listeners: set[_Listener] = set()
        self._closing = False

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin to tell, on this loop."""
        self._loop = loop
        self._closing = False

    def tell(self, what: str) -> None:
        """Say that one list changed; safe from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            with contextlib.suppress(RuntimeError):  # the room is just closing
                self._loop.call_soon_threadsafe(self._spread, what)

    def _spread(self, what: str) -> None:
        for listener in self._listeners:
            listener.names.add(what)
            listener.woken.set()

    def close(self) -> None:
        """End every stream; on the loop only."""
        self._closing = True
        for listener in self._listeners:
            listener.woken.set()

    async def stream(self, _request: Request) -> Response:
        """Answer `GET changes`."""
        headers = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
        return StreamingResponse(self._lines(), media_type="text/event-stream", headers=headers)

    async def _lines(self) -> AsyncIterator[str]:
        listener = _Listener()
        self._listeners.add(listener)
        try:
            yield ": practice room\n\n"
            while not self._closing:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(_ALIVE_SECONDS):
                        await listener.woken.wait()
                    await asyncio.sleep(0 if self._closing else _TOGETHER_SECONDS)
                names = sorted(listener.names)
                listener.names.clear()
                listener.woken.clear()
                yield f"data: {json.dumps({'changed': names})}\n\n" if names else ": alive\n\n"
        finally:
            self._listeners.discard(listener)


class _Listener:
    def __init__(self) -> None:
        self.names: set[str] = set()
        self.woken = asyncio.Event()
