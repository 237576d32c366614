"""A TCP line that can be broken: it stands between Greenroom and one practice service."""

import asyncio
import contextlib
import socket
import struct
import threading
from collections.abc import Coroutine
from enum import StrEnum
from typing import Any

_CHUNK = 64 * 1024
_CUT_AFTER_BYTES = 40
_TRICKLE_BYTES = 24
_TRICKLE_SECONDS = 0.02
_LATENCY_SECONDS = 0.35


class Line(StrEnum):
    """How the line is."""

    CLEAR = "clear"
    LATENCY = "latency"
    CUT = "cut mid-answer"
    HALF_OPEN = "half-open"
    TRICKLE = "trickle"
    REFUSED = "refused"
    CUT_REQUEST = "cut mid-request"


class FaultProxy:
    """Forwards to a port of this machine, as well as its `line` allows."""

    def __init__(self, target_port: int) -> None:
        self.line = Line.CLEAR
        self._target = target_port
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._tasks: set[asyncio.Task[None]] = set()
        self._server = self._call(self._open())
        self.port: int = self._server.sockets[0].getsockname()[1]

    def close(self) -> None:
        """Hang up on everybody and stop."""
        self._call(self._shut())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    def hang_up(self) -> None:
        """Break every connection that is open now."""
        self._loop.call_soon_threadsafe(self._cancel_all)

    def _call(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _open(self) -> asyncio.Server:
        return await asyncio.start_server(self._serve, "127.0.0.1", 0)

    async def _shut(self) -> None:
        self._server.close()
        self._cancel_all()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _cancel_all(self) -> None:
        for task in self._tasks:
            task.cancel()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            await self._forward(reader, writer)
        except (OSError, asyncio.CancelledError, asyncio.IncompleteReadError):
            _reset(writer)
        finally:
            self._tasks.discard(task)

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.line is Line.REFUSED:
            raise ConnectionResetError
        there, back = await asyncio.open_connection("127.0.0.1", self._target)
        pumps = [
            asyncio.create_task(self._pump(reader, back, answer=False)),
            asyncio.create_task(self._pump(there, writer, answer=True)),
        ]
        try:
            done, _ = await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
            for pump in done:
                pump.result()
            with contextlib.suppress(OSError):
                writer.close()
        finally:
            for pump in pumps:
                pump.cancel()
            await asyncio.gather(*pumps, return_exceptions=True)
            _reset(back)

    async def _pump(
        self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, *, answer: bool
    ) -> None:
        while chunk := await source.read(_CHUNK):
            await self._pass(chunk, sink, answer=answer)
        if not answer:
            # A client that has said everything still waits for the answer.
            await asyncio.Event().wait()

    async def _pass(self, chunk: bytes, sink: asyncio.StreamWriter, *, answer: bool) -> None:
        line = self.line
        if (line is Line.CUT and answer) or (line is Line.CUT_REQUEST and not answer):
            sink.write(chunk[:_CUT_AFTER_BYTES])
            await sink.drain()
            raise ConnectionResetError
        if line is Line.HALF_OPEN and answer:
            # The other side did what was asked; nobody here ever hears of it.
            await asyncio.Event().wait()
        if line is Line.LATENCY:
            await asyncio.sleep(_LATENCY_SECONDS)
        if line is Line.TRICKLE and answer:
            for at in range(0, min(len(chunk), 4000), _TRICKLE_BYTES):
                sink.write(chunk[at : at + _TRICKLE_BYTES])
                await sink.drain()
                await asyncio.sleep(_TRICKLE_SECONDS)
            chunk = chunk[4000:]
        sink.write(chunk)
        await sink.drain()


def _reset(writer: asyncio.StreamWriter) -> None:
    """Close so that the other side sees a reset, not an end."""
    raw = writer.get_extra_info("socket")
    if raw is not None:
        with contextlib.suppress(OSError):
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    with contextlib.suppress(OSError, RuntimeError):
        writer.close()
