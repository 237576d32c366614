"""The pace of posting once Slack has asked for a pause: one message a second."""

import threading
import time

#: Slack takes about one message a second in a channel, with short bursts (Slack's rate limits).
_GAP = 1.05
#: So long after a pause that Slack asked for, in seconds, nothing comes in a burst.
_CAREFUL = 60.0


class Pace:
    """Lets bursts pass until Slack says that it is too much. Threads may share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._careful_until = 0.0
        self._next = 0.0

    def wait(self) -> None:
        """Return when the next message may be posted."""
        with self._lock:
            now = time.monotonic()
            if now >= self._careful_until:
                return
            turn = self._take(now)
        time.sleep(turn - now)

    def wait_after_refusal(self, seconds: float) -> None:
        """Return when the message that Slack refused may be tried again: after so long at least."""
        with self._lock:
            now = time.monotonic()
            self._careful_until = now + seconds + _CAREFUL
            self._next = max(self._next, now + seconds)
            turn = self._take(now)
        time.sleep(turn - now)

    def _take(self, now: float) -> float:
        turn = max(now, self._next)
        self._next = turn + _GAP
        return turn
