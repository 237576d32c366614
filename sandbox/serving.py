"""The practice room's web server: it ends the moment it is asked to."""

import asyncio
import socket

import uvicorn

#: How long answers that are under way may take to end, in seconds.
GRACE_SECONDS = 3.0
#: How often it looks whether they have.
_LOOKS_EVERY = 0.002


class PromptServer(uvicorn.Server):
    """Serves as uvicorn does; uvicorn itself looks every 0.1 s whether it is to end."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._asked = asyncio.Event()
        self._serving: asyncio.AbstractEventLoop | None = None

    def stop(self) -> None:
        """Ask it to end; safe from any thread, and before it has begun."""
        self.should_exit = True
        if self._serving is not None and not self._serving.is_closed():
            self._serving.call_soon_threadsafe(self._asked.set)

    async def main_loop(self) -> None:
        """Serve until asked to end."""
        self._serving = asyncio.get_running_loop()
        if not self.should_exit:
            await self._asked.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take nothing more, let what is under way end, and cut off what does not."""
        for server in self.servers:
            server.close()
        for listener in sockets or []:
            listener.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        loop = asyncio.get_running_loop()
        deadline = loop.time() + GRACE_SECONDS
        while self._busy() and loop.time() < deadline:  # noqa: ASYNC110 - uvicorn has no event of it
            await asyncio.sleep(_LOOKS_EVERY)
        for task in list(self.server_state.tasks):
            task.cancel()
        await self.lifespan.shutdown()

    def _busy(self) -> bool:
        return bool(self.server_state.connections or self.server_state.tasks)
