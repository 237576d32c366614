"""The practice room as the bench needs it: quick on kept connections, and never at its limits."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from sandbox.room import PracticeRoom


@contextmanager
def practice_room() -> Iterator[PracticeRoom]:
    """Open a practice room that answers at once and lets itself be asked often."""
    with PracticeRoom() as room:
        room.x.limits.scale = 100
        _answer_at_once(room)
        yield room


def _answer_at_once(room: PracticeRoom) -> None:
    # asyncio switches Nagle's algorithm off only for sockets made with IPPROTO_TCP; with it, each
    # answer on a kept connection would come 40 ms late. Connections inherit it from the listener.
    server = room._server  # noqa: SLF001
    assert server is not None
    for listener in (listener for each in server.servers for listener in each.sockets):
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
