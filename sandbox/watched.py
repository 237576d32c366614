"""Whatever of the practice room others want to hear about; safe to use from any thread."""

import threading
from collections.abc import Callable


class Observable:
    """Tells whoever asked for it of each change."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._watchers: list[Callable[[], None]] = []

    def on_change(self, callback: Callable[[], None]) -> None:
        """Call `callback` after every change, from the thread that made it."""
        with self._lock:
            self._watchers.append(callback)

    def _tell(self) -> None:
        with self._lock:
            watchers = list(self._watchers)
        for watcher in watchers:
            watcher()
