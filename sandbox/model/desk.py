"""The answers that a script set for the practice model, in order."""

import json
from collections import deque
from dataclasses import dataclass
from typing import Any

from sandbox.watched import Observable

_CONTROLS = {"content", "delay", "refusal", "finish_reason"}
_LONGEST_DELAY = 600


@dataclass(frozen=True)
class QueuedAnswer:
    """What the model says next; `delay` in seconds."""

    content: str | None
    delay: float = 0.0
    refusal: str | None = None
    finish_reason: str = "stop"


class ModelDesk(Observable):
    """Keeps the answers that a script set, in order; safe to use from any thread."""

    def __init__(self) -> None:
        super().__init__()
        self._answers: deque[QueuedAnswer] = deque()

    def queue(self, answers: list[Any]) -> None:
        """Set what the model says next.

        A string is said as it is. An object with no keys but `content`, `delay`, `refusal` and
        `finish_reason` says how; every other object is said as JSON text.

        Raises:
            ValueError: something else than strings and objects, or a delay that is no number.
        """
        made = [_queued(answer) for answer in answers]
        with self._lock:
            self._answers.extend(made)
        self._tell()

    def take(self) -> QueuedAnswer | None:
        """Take the next answer, if a script set one."""
        with self._lock:
            taken = self._answers.popleft() if self._answers else None
        if taken is not None:
            self._tell()
        return taken

    def waiting(self) -> list[dict[str, Any]]:
        """List what was set and not yet said."""
        with self._lock:
            return [dict(vars(answer)) for answer in self._answers]

    def clear(self) -> None:
        """Forget every answer that waits."""
        with self._lock:
            self._answers.clear()
        self._tell()


def _queued(answer: Any) -> QueuedAnswer:
    if isinstance(answer, str):
        return QueuedAnswer(answer)
    if not isinstance(answer, dict):
        raise ValueError("An answer of the model is a string or an object.")  # noqa: TRY004
    if not answer or not answer.keys() <= _CONTROLS:
        return QueuedAnswer(json.dumps(answer, ensure_ascii=False))
    content = answer.get("content")
    if content is not None and not isinstance(content, str):
        content = json.dumps(content, ensure_ascii=False)
    delay = answer.get("delay", 0)
    if (
        isinstance(delay, bool)
        or not isinstance(delay, int | float)
        or not 0 <= delay <= _LONGEST_DELAY
    ):
        raise ValueError("delay is a number of seconds from 0 to 600.")
    refusal = answer.get("refusal")
    return QueuedAnswer(
        content=content,
        delay=float(delay),
        refusal=None if refusal is None else str(refusal),
        finish_reason=str(answer.get("finish_reason", "stop")),
    )
