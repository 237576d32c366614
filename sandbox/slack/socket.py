"""Socket Mode: the app's WebSocket connections, what is sent down them and what comes back."""

import asyncio
import contextlib
import itertools
import json
import time
import uuid
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

from starlette.routing import BaseRoute, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox.faults.trouble import STRIKES_ONLY, TroubleDesk
from sandbox.slack.payloads import event_callback
from sandbox.slack.people import APP_ID
from sandbox.slack.settings import WorkspaceSettings
from sandbox.slack.state import SlackState

MOST_CONNECTIONS = 10
# How long a connection that was asked to go stays open, so that the client can bring a new one.
DRAIN_SECONDS = 0.5
_SOCKET_TROUBLES = ("disconnect", "duplicate_events")


@dataclass(frozen=True)
class Ack:
    """Whether the app acknowledged a payload, after how many milliseconds, with what answer."""

    acked: bool
    ms: float
    answer: dict[str, Any] | None = None
    delivered: bool = True


@dataclass(eq=False)
class _Connection:
    socket: WebSocket
    leaving: bool = False
    # Each envelope sent and not yet acknowledged: (whether it was, the answer).
    waiting: dict[str, asyncio.Future[tuple[bool, Any]]] = field(default_factory=dict)


class SocketHub:
    """Delivers payloads to one of the app's connections and waits for acknowledgements.

    All methods run on the server's event loop, except where they say otherwise.
    """

    def __init__(
        self, state: SlackState, settings: WorkspaceSettings, trouble: TroubleDesk
    ) -> None:
        self.state = state
        self.settings = settings
        self.trouble = trouble
        self._connections: list[_Connection] = []
        self._turn = itertools.count()
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        state.on_event(self.send_event)
        trouble.on_change(self._look_for_disconnect)

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin to send events and notice troubles, on this loop."""
        self._loop = loop

    def routes(self) -> list[BaseRoute]:
        """Name the address that apps.connections.open hands out."""
        return [WebSocketRoute("/slack/socket/{ticket}", self.serve)]

    @property
    def connected(self) -> bool:
        """Tell, from any thread, whether the app has a connection up."""
        return self.connection_count > 0

    @property
    def connection_count(self) -> int:
        """Count, from any thread, the connections that payloads may go to."""
        return sum(not connection.leaving for connection in self._connections)

    @property
    def busy(self) -> bool:
        """Tell, from any thread, whether an event is still on its way or will be sent again."""
        return bool(self._tasks)

    async def serve(self, socket: WebSocket) -> None:
        """Hold one connection until either side ends it."""
        if not self.state.tickets.take_socket(socket.path_params["ticket"]):
            await socket.close(code=1008)
            return
        await socket.accept()
        if len(self._connections) >= MOST_CONNECTIONS:
            await _send(socket, {"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return
        connection = _Connection(socket)
        self._connections.append(connection)
        try:
            await _send(socket, self._hello())
            self.state.tell("state")
            self._look_for_disconnect()
            while True:
                self._receive(connection, await socket.receive_text())
        except (WebSocketDisconnect, RuntimeError):
            pass  # the client is gone, or we closed it ourselves
        finally:
            self._connections.remove(connection)
            for waiting in connection.waiting.values():
                if not waiting.done():
                    waiting.set_result((False, None))
            self.state.tell("state")

    def _hello(self) -> dict[str, Any]:
        return {
            "type": "hello",
            "num_connections": len(self._connections),
            "debug_info": {
                "host": "practice-room",
                "build_number": 1,
                "approximate_connection_time": 18060,
            },
            "connection_info": {"app_id": APP_ID},
        }

    @staticmethod
    def _receive(connection: _Connection, text: str) -> None:
        with contextlib.suppress(ValueError):
            said = json.loads(text)
            waiting = connection.waiting.get(str(said.get("envelope_id")))
            if waiting is not None and not waiting.done():
                waiting.set_result((True, said.get("payload")))

    async def deliver(self, kind: str, payload: dict[str, Any], **envelope: Any) -> Ack:
        """Send one payload to one connection and wait for its acknowledgement.

        Args:
            kind: `interactive`, `slash_commands` or `events_api`.
            payload: what Slack sends.
            envelope: further fields of the envelope (retry_attempt, retry_reason).
        """
        up = [connection for connection in self._connections if not connection.leaving]
        if not up:
            return Ack(acked=False, ms=0.0, delivered=False)
        connection = up[next(self._turn) % len(up)]
        envelope_id = str(uuid.uuid4())
        waiting: asyncio.Future[tuple[bool, Any]] = asyncio.get_running_loop().create_future()
        connection.waiting[envelope_id] = waiting
        sent = {
            "envelope_id": envelope_id,
            "payload": payload,
            "type": kind,
            "accepts_response_payload": kind != "events_api",
            **envelope,
        }
        began = time.perf_counter()
        acked, answer = False, None
        with contextlib.suppress(TimeoutError, WebSocketDisconnect, RuntimeError):
            await _send(connection.socket, sent)
            async with asyncio.timeout(self.settings.ack_seconds):
                acked, answer = await waiting
        del connection.waiting[envelope_id]
        return Ack(acked, (time.perf_counter() - began) * 1000, answer)

    def send_event(self, event: dict[str, Any], shared: bool) -> None:
        """Send an event, again and again until it is acknowledged; safe from any thread."""
        payload = event_callback(event, shared=shared)
        if self._loop is not None and not self._loop.is_closed():
            with contextlib.suppress(RuntimeError):  # the room is just closing
                self._loop.call_soon_threadsafe(self._start_event, payload)

    def _start_event(self, payload: dict[str, Any]) -> None:
        copies = 1
        if self._next_socket_trouble() == "duplicate_events":
            self.trouble.take("slack", "socket")
            copies = 2
        for _ in range(copies):
            self._begin(self._event_rounds(payload))

    async def _event_rounds(self, payload: dict[str, Any]) -> None:
        ack = await self.deliver("events_api", payload, retry_attempt=0, retry_reason="")
        for attempt, pause in enumerate(self.settings.event_retry_seconds, start=1):
            if ack.acked:
                return
            await asyncio.sleep(pause)
            ack = await self.deliver(
                "events_api", payload, retry_attempt=attempt, retry_reason="timeout"
            )

    def _next_socket_trouble(self) -> str | None:
        """Name the first trouble in the queue that would strike a socket.

        Looked at before it is taken: taking for "socket" would also take a 500 that is
        waiting for a Web API call.
        """
        for waiting in self.trouble.waiting():
            if waiting["where"] == "slack" and waiting["what"] in _SOCKET_TROUBLES:
                return str(waiting["what"])
            if waiting["where"] == "slack" and waiting["on"] is None and _strikes_any(waiting):
                return None
        return None

    def _look_for_disconnect(self) -> None:
        if self._loop is not None and not self._loop.is_closed():
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._disconnect_if_asked)

    def _disconnect_if_asked(self) -> None:
        if self.connected and self._next_socket_trouble() == "disconnect":
            self.trouble.take("slack", "socket")
            self._begin(self.disconnect())

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask every connection to go, as Slack does now and then, and close it soon after."""
        going = [connection for connection in self._connections if not connection.leaving]
        for connection in going:
            connection.leaving = True
            with contextlib.suppress(WebSocketDisconnect, RuntimeError):
                await _send(
                    connection.socket,
                    {
                        "type": "disconnect",
                        "reason": reason,
                        "debug_info": {"host": "practice-room"},
                    },
                )
        self.state.tell("state")
        await asyncio.sleep(DRAIN_SECONDS)
        for connection in going:
            with contextlib.suppress(WebSocketDisconnect, RuntimeError):
                await connection.socket.close()

    def hang_up(self) -> None:
        """Close every connection without asking first; safe from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(lambda: self._begin(self._close_sockets()))

    async def close(self) -> None:
        """End every connection and every event that is still on its way."""
        going = list(self._tasks)
        for task in going:
            task.cancel()
        await self._close_sockets()
        await asyncio.gather(*going, return_exceptions=True)

    async def _close_sockets(self) -> None:
        for connection in list(self._connections):
            connection.leaving = True
            with contextlib.suppress(WebSocketDisconnect, RuntimeError):
                await connection.socket.close(code=1001)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _strikes_any(waiting: dict[str, Any]) -> bool:
    return ("slack", waiting["what"]) not in STRIKES_ONLY


async def _send(socket: WebSocket, message: dict[str, Any]) -> None:
    await socket.send_text(json.dumps(message))
