"""One request to X as one account: its deadline, its clock, and what a refusal means."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import requests

from clients.x.exchange import Exchange, exchange
from clients.x.keys import XKeys
from clients.x.reading import answered_at
from clients.x.refusals import FLOOR, as_json, refusal
from clients.x.transport import Attempt
from errors import XError, XUnavailable

#: 408 and 499 come from machines before X and do not say what X itself did.
_NOT_DEFINITE = frozenset({408, 499})


def is_definite(status: int) -> bool:
    """Tell whether an answer with this status is X's own refusal, after which nothing was done."""
    return 400 <= status < 500 and status not in _NOT_DEFINITE  # noqa: PLR2004 - HTTP's numbers


class XConnection:
    """What every call to X shares. Threads may share it.

    Args:
        keys: never shown, logged, or left in an error.
        base_url: X, or anything that behaves like it.
        clock: aware UTC, for the ends of rate limits.
        read_timeout: seconds for one reading request altogether.
        send_deadline: seconds for one sending request altogether; shorter than its job's lease.
        pause_floor: how long to wait after a 429 that names no time, or one that has passed.
    """

    def __init__(
        self,
        keys: XKeys,
        *,
        base_url: str = "https://api.x.com",
        clock: Callable[[], datetime],
        read_timeout: float = 30.0,
        send_deadline: float = 20.0,
        pause_floor: timedelta = FLOOR,
    ) -> None:
        self._keys = keys
        self._base_url = base_url
        self._clock = clock
        self._read_timeout = read_timeout
        self._send_deadline = send_deadline
        self._pause_floor = pause_floor
        self._ahead = timedelta()

    def now(self) -> datetime:
        """Return what time it is at X, aware UTC: our clock, set right by X's newest answer."""
        return self._clock() + self._ahead

    def read(self, ask: Callable[[Any], object]) -> Mapping[str, Any]:
        """Make one reading request through tweepy and return its parsed body.

        Args:
            ask: makes exactly one request with the `tweepy.Client` that it is given.

        Raises:
            XError: as every reading call, see `me`.
        """
        return self._answered(ask)[0]

    def _answered(
        self, ask: Callable[[Any], object]
    ) -> tuple[Mapping[str, Any], requests.Response]:
        attempt = Attempt(self._read_timeout)
        made = self._exchange(attempt, ask)
        answer = made.answer
        if answer is None:
            unanswered = XUnavailable("X does not answer.")
            unanswered.unsent = not attempt.wrote
            raise unanswered from made.failure
        body = as_json(answer)
        at = answered_at(answer.headers)
        if at is not None and isinstance(body, Mapping):
            self._ahead = at - self._clock()
        if not 200 <= answer.status_code < 300:  # noqa: PLR2004 - HTTP's numbers
            raise self.read_refusal(answer, body)
        if not isinstance(body, Mapping):
            raise XUnavailable("X's answer cannot be read.", status=answer.status_code)
        return body, answer

    def read_refusal(self, answer: requests.Response, body: object) -> XError:
        """Tell what an answer other than 2xx to a reading request means."""
        status = answer.status_code
        if is_definite(status):
            return self._refusal(answer, body, sending=False)
        return XUnavailable(f"X is in trouble (HTTP {status}).", status=status)

    def _exchange(self, attempt: Attempt, ask: Callable[[Any], object]) -> Exchange:
        return exchange(self._keys, self._base_url, attempt, ask)

    def _refusal(self, answer: requests.Response, body: object, *, sending: bool) -> XError:
        error = refusal(
            answer.status_code,
            answer.headers,
            body,
            now=self._clock(),
            sending=sending,
            floor=self._pause_floor,
        )
        # Whatever stands between us and X may echo what it was sent.
        error.detail = self._keys.hide(error.detail)
        error.sentence = self._keys.hide(error.sentence)
        error.args = (error.sentence,)
        return error
