"""The practice room as the bench needs it: quick on kept connections, and never at its limits."""

from collections.abc import Iterator
from contextlib import contextmanager

from sandbox.room import PracticeRoom


@contextmanager
def practice_room() -> Iterator[PracticeRoom]:
    """Open a practice room that answers at once and lets itself be asked often."""
    with PracticeRoom() as room:
        room.x.limits.scale = 100
        yield room
