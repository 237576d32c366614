"""Ids of our own rows: unique, and in the order in which this process made them."""

import secrets
import threading
import time

_lock = threading.Lock()
_last = 0


def new_id() -> str:
    """Return 32 hexadecimal characters: 56 bits of time in microseconds, 72 random bits.

    The time part never stands still or goes back within a process, so that rows of one
    moment keep their order.
    """
    global _last  # noqa: PLW0603
    with _lock:
        _last = max(time.time_ns() // 1000, _last + 1)
        moment = _last
    return f"{moment:014x}{secrets.token_hex(9)}"
