"""X's rate limits, really counted: so many calls of an endpoint in fifteen minutes."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

FIFTEEN_MINUTES = 15 * 60
ONE_DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Limits:
    """How many calls an app (bearer) and a person (OAuth 1.0a) may make; None: not limited."""

    app: int | None
    user: int | None
    app_window: int = FIFTEEN_MINUTES


# X's rate-limit page, autumn 2026. "person" covers the look-ups by id, ids and handle.
LIMITS = {
    "me": Limits(None, 75),
    "person": Limits(300, 900),
    "mentions": Limits(450, 300),
    "timeline": Limits(10_000, 900),
    "search": Limits(450, 300),
    "posts": Limits(3_500, 5_000),
    "post": Limits(10_000, 100, ONE_DAY),
    "delete": Limits(None, 50),
    "usage": Limits(50, None),
    "counts": Limits(300, None),
    "stream": Limits(50, None),
    "rules": Limits(450, None),
}


@dataclass
class _Window:
    ends: float
    used: int = 0


class RateLimits:
    """Counts calls in fixed windows; `scale` shrinks every limit for tests and training."""

    def __init__(self, clock: Callable[[], datetime], scale: float = 1.0) -> None:
        self.scale = scale
        self._clock = clock
        self._lock = threading.Lock()
        self._windows: dict[tuple[str, str], _Window] = {}

    def limit_of(self, call: str, caller: str) -> int | None:
        """Tell how many calls a window allows, at least one; `caller` is `app` or `user`."""
        limits = LIMITS[call]
        plain = limits.app if caller == "app" else limits.user
        return None if plain is None else max(1, int(plain * self.scale))

    def use(self, call: str, caller: str) -> tuple[bool, dict[str, str]]:
        """Count one call; tells whether it is allowed, and the headers that say how many are left."""
        limit = self.limit_of(call, caller)
        if limit is None:
            return True, {}
        now = self._clock().timestamp()
        length = LIMITS[call].app_window if caller == "app" else FIFTEEN_MINUTES
        with self._lock:
            window = self._windows.get((call, caller))
            if window is None or window.ends <= now:
                window = self._windows[call, caller] = _Window(ends=now + length)
            allowed = window.used < limit
            window.used += allowed
            left, ends = limit - window.used, window.ends
        return allowed, {
            "x-rate-limit-limit": str(limit),
            "x-rate-limit-remaining": str(left),
            "x-rate-limit-reset": str(int(ends) + 1),
        }

    def restart(self) -> None:
        """Begin every window anew."""
        with self._lock:
            self._windows.clear()
