"""What goes wrong in the practice room on purpose, and the log of every call its services received."""

import re
import threading
from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sandbox.watched import Observable

X_TROUBLES = (
    "401", "402", "403_not_enrolled", "403_spend_cap", "429", "429_no_reset", "429_usage_cap", "500", "503",
    "403_suspended", "403_locked", "403_app", "403_level", "403_daily", "403_not_permitted",
    "403_page", "404", "400_start_time", "400_end_time", "400_since_id", "400_query",
    "no_author_id", "no_text", "no_created_at", "no_id",
    "timeout", "slow", "cut_off", "unsummoned", "not_allowed", "duplicate", "deleted",
    "posted_but_lost", "disconnect",
)  # fmt: skip
SLACK_TROUBLES = (
    "429", "500", "timeout", "cut_off", "invalid_blocks", "posted_but_lost", "disconnect",
    "duplicate_events", "not_in_channel",
)  # fmt: skip
MODEL_TROUBLES = (
    "401", "429", "500", "timeout", "rubbish", "half_json", "refusal", "cut_off", "empty", "huge",
)  # fmt: skip
KNOWN: dict[str, tuple[str, ...]] = {
    "x": X_TROUBLES,
    "slack": SLACK_TROUBLES,
    "model": MODEL_TROUBLES,
}
ALIASES = {
    "5xx": "500",
    "posted_but_answer_lost": "posted_but_lost",
    "lost_answer": "posted_but_lost",
    "rate_limit": "429",
    "time-out": "timeout",
    "time_out": "timeout",
    "credits": "402",
    "spend_cap": "403_spend_cap",
    "usage_cap": "429_usage_cap",
}
_BLOCK_CALLS = (
    "chat.postMessage", "chat.update", "chat.postEphemeral",
    "views.open", "views.update", "views.push", "views.publish",
)  # fmt: skip
_POST_LISTS = ("mentions", "search", "timeline", "posts")
# Troubles after which the answer comes, but each of its posts lacks a field.
LACKING = {
    "no_author_id": "author_id",
    "no_text": "text",
    "no_created_at": "created_at",
    "no_id": "id",
}
# Troubles that make sense for some calls only; every other one strikes whatever comes next.
STRIKES_ONLY: dict[tuple[str, str], tuple[str, ...]] = {
    ("x", "unsummoned"): ("post",),
    ("x", "not_allowed"): ("post",),
    ("x", "duplicate"): ("post",),
    ("x", "deleted"): ("post",),
    ("x", "posted_but_lost"): ("post",),
    ("x", "disconnect"): ("open_stream",),
    **{("x", what): _POST_LISTS for what in LACKING},
    ("slack", "posted_but_lost"): ("chat.postMessage",),
    ("slack", "invalid_blocks"): _BLOCK_CALLS,
    ("slack", "not_in_channel"): (
        "chat.postMessage",
        "chat.postEphemeral",
        "conversations.info",
        "conversations.history",
        "conversations.replies",
        "conversations.members",
    ),
    ("slack", "disconnect"): ("socket",),
    ("slack", "duplicate_events"): ("socket",),
}
DEFAULT_SECONDS = 2.0
LONGEST_LOG = 20_000


@dataclass(frozen=True)
class Trouble:
    """One failure that strikes one call.

    `seconds` is how long a limit lasts (429) or how late the answer comes (slow).
    """

    where: str
    what: str
    on: str | None = None
    seconds: float = DEFAULT_SECONDS

    def strikes(self, call: str) -> bool:
        """Tell whether this failure can befall the named call."""
        if self.on is not None:
            return call == self.on
        only = STRIKES_ONLY.get((self.where, self.what))
        return only is None or call in only


@dataclass
class _Queued:
    trouble: Trouble
    times: int


class TroubleDesk(Observable):
    """Keeps the failures that wait for their call; safe to use from any thread."""

    def __init__(self) -> None:
        super().__init__()
        self._queue: list[_Queued] = []

    def queue(
        self,
        where: str,
        what: str,
        times: int = 1,
        on: str | None = None,
        seconds: float = DEFAULT_SECONDS,
    ) -> None:
        """Make the next `times` matching calls fail.

        Args:
            where: `x`, `slack` or `model`.
            what: a name of `KNOWN[where]`, or an alias of it.
            times: how many calls are struck, at least one.
            on: strike this call only (`mentions`, `chat.postMessage`, …).
            seconds: how long a rate limit lasts, or how late a slow answer is.

        Raises:
            ValueError: an unknown name, or a call that this failure cannot befall.
        """
        name = _known_name(where, str(what))
        only = STRIKES_ONLY.get((where, name))
        if on is not None and only is not None and on not in only:
            raise ValueError(f"{name} strikes only {', '.join(only)}; it cannot strike {on}.")
        if times < 1:
            raise ValueError("times must be 1 or more.")
        if not 0 <= seconds <= 3600:  # noqa: PLR2004 - an hour is longer than any practice
            raise ValueError("seconds must lie between 0 and 3600.")
        with self._lock:
            self._queue.append(_Queued(Trouble(where, name, on, float(seconds)), times))
        self._tell()

    def take(self, where: str, call: str) -> Trouble | None:
        """Take the first failure that strikes this call, or nothing."""
        with self._lock:
            for queued in self._queue:
                if queued.trouble.where == where and queued.trouble.strikes(call):
                    queued.times -= 1
                    if queued.times == 0:
                        self._queue.remove(queued)
                    taken = queued.trouble
                    break
            else:
                return None
        self._tell()
        return taken

    def waiting(self) -> list[dict[str, Any]]:
        """List what is still to go wrong, first come first."""
        with self._lock:
            return [
                {
                    "where": queued.trouble.where,
                    "what": queued.trouble.what,
                    "times": queued.times,
                    "on": queued.trouble.on,
                    "seconds": queued.trouble.seconds,
                }
                for queued in self._queue
            ]

    def clear(self) -> None:
        """Forget every failure that waits."""
        with self._lock:
            self._queue.clear()
        self._tell()


def _known_name(where: str, what: str) -> str:
    if where not in KNOWN:
        raise ValueError(f"No service is called {where!r}; known are: {', '.join(KNOWN)}.")
    name = ALIASES.get(what, what)
    if name not in KNOWN[where]:
        known = ", ".join(KNOWN[where])
        raise ValueError(f"{where} has no trouble called {what!r}; known are: {known}.")
    return name


class RequestLog:
    """Remembers the calls that the services received, the latest 20,000; thread safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._calls: deque[dict[str, Any]] = deque(maxlen=LONGEST_LOG)

    def note(
        self,
        where: str,
        call: str,
        method: str,
        path: str,
        status: int | None,
        detail: dict[str, Any] | None = None,
    ) -> None:
        """Write one call down, its body without tokens.

        Args:
            where: `x`, `slack` or `model`.
            call: the call's short name.
            method: the HTTP method.
            path: the path without the query.
            status: the status answered; None where no answer was sent.
            detail: what was asked (body or query), kept as `body`.
        """
        entry: dict[str, Any] = {
            "where": where,
            "call": call,
            "method": method,
            "path": path,
            "status": status,
            "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
        }
        if detail is not None:
            entry["body"] = without_secrets(detail)
        with self._lock:
            self._calls.append(entry)

    def all(self) -> list[dict[str, Any]]:
        """List every call, oldest first."""
        with self._lock:
            return [dict(entry) for entry in self._calls]

    def of(self, where: str, call: str | None = None) -> list[dict[str, Any]]:
        """List the calls of one service, or of one of its endpoints, oldest first."""
        return [
            entry
            for entry in self.all()
            if entry["where"] == where and (call is None or entry["call"] == call)
        ]

    def clear(self) -> None:
        """Begin the log anew."""
        with self._lock:
            self._calls.clear()


_SECRET_KEYS = ("token", "authorization", "client_secret", "password", "api_key")
_PUBLIC_TOKENS = ("next_token", "pagination_token", "previous_token")
_SECRET_VALUE = re.compile(r"xox[a-z]-\S+|xapp-\S+|bearer \S{12,}|oauth \w+=\S.*", re.IGNORECASE)


def without_secrets(value: Any) -> Any:
    """Copy a JSON value, with every token in it replaced by `[removed]`."""
    if isinstance(value, dict):
        return {
            key: "[removed]" if _is_secret_key(str(key)) else without_secrets(part)
            for key, part in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [without_secrets(part) for part in value]
    if isinstance(value, str) and _SECRET_VALUE.fullmatch(value):
        return "[removed]"
    return value


def _is_secret_key(key: str) -> bool:
    lowered = key.lower()
    if lowered in _PUBLIC_TOKENS or lowered.endswith("_tokens"):
        return False  # page tokens and the model's token counts are no secrets
    return lowered.endswith(_SECRET_KEYS)
