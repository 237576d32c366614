"""What using the practice X would cost on the true one, in micro-dollars."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import datetime

# Pay-per-use prices in micro-dollars, as X's own price page had them in autumn 2026.
PRICES = {
    "post_read": 5_000,
    "user_read": 10_000,
    "expanded_user_read": 10_000,  # not known whether X bills it: kept apart
    "owned_read": 1_000,
    "post_created": 15_000,
    "post_created_with_url": 200_000,
    "reply_created": 10_000,
    "post_deleted": 10_000,
    "counts_request": 5_000,
}
_POST_READS = ("post_read", "owned_read")
_PERSON_READS = ("user_read", "expanded_user_read")
MONTHLY_CAP = 3_000_000  # post reads


class Bill:
    """Counts billed calls; the same post or person is billed once in a UTC day."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()
        self._by_day: Counter[str] = Counter()
        self._seen: set[tuple[str, str, str]] = set()

    def read(self, kind: str, resource_id: str) -> None:
        """Bill the reading of one post or person, unless it was billed today already."""
        sort = "post" if kind in _POST_READS else "person"
        today = self._clock().date().isoformat()
        with self._lock:
            if (today, sort, resource_id) in self._seen:
                return
            self._seen.add((today, sort, resource_id))
            self._counts[kind] += 1
            if sort == "post":
                self._by_day[today] += 1

    def charge(self, kind: str) -> None:
        """Bill one act: a post made or deleted, a count asked for."""
        with self._lock:
            self._counts[kind] += 1

    def counts(self) -> dict[str, int]:
        """Tell how many of each kind were billed."""
        with self._lock:
            return dict(self._counts)

    def by_kind(self) -> dict[str, int]:
        """Sum the costs by kind, in micro-dollars."""
        return {kind: number * PRICES[kind] for kind, number in self.counts().items()}

    def posts_by_day(self) -> dict[str, int]:
        """Tell how many posts were read on each UTC day (ISO dates)."""
        with self._lock:
            return dict(self._by_day)
