"""How long to wait before the stream is opened again, as X's "Handling disconnections" asks.

A line that broke: at once, then 250 ms more each time, up to 16 s. A 5xx: 5 s, doubling, up to
320 s. A 429: a minute, doubling. All begin anew when a line has brought a sign of life.
"""

from datetime import datetime, timedelta

from errors import XPaused, XRateLimited, XUnavailable
from jobs.engine.timings import Timings

_MOST_STEPS = 64
_MOST_DOUBLINGS = 6
_MOST_LIMITED = 4


class StreamWaits:
    """Counts what went wrong in a row."""

    def __init__(self, timings: Timings) -> None:
        self._timings = timings
        self.forget()

    def forget(self) -> None:
        """Begin anew: the line lives."""
        self._broken = self._troubled = self._limited = 0

    def after(self, error: Exception, now: datetime) -> timedelta:
        """Return the wait after one more failure; `now` is aware UTC."""
        stream = self._timings.stream
        if isinstance(error, XPaused):
            return self._timings.paused_probe
        if isinstance(error, XRateLimited):
            doubled = stream.limit_wait * (1 << min(self._limited, _MOST_LIMITED))
            self._limited += 1
            return max(doubled, error.until - now)
        if isinstance(error, XUnavailable) and error.status is None:
            wait = stream.network_wait * min(self._broken, _MOST_STEPS)
            self._broken += 1
            return wait
        doubled = stream.http_wait * (1 << min(self._troubled, _MOST_DOUBLINGS))
        self._troubled += 1
        return doubled
