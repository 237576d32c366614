"""One connection to X's filtered stream through tweepy: lines come in until it ends or is cut.

tweepy's own loop would try again for ever, whatever X answers: here each connection is made
once, and whoever opened it decides what follows (jobs/listening/stream.py).
"""

import json
import logging
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

import requests
import tweepy

from clients.x.refusals import as_json
from clients.x.transport import Attempt, OneRequestSession
from domain.cleaning import clean_value

_log = logging.getLogger(__name__)


class SignOfLife(Attempt):
    """A deadline that every sign of life moves on; `cut` ends the connection at once.

    Args:
        silence: seconds without a sign after which the connection counts as dead.
    """

    def __init__(self, silence: float) -> None:
        super().__init__(silence)
        self._silence = silence
        self.is_cut = False

    def sign(self) -> None:
        """Note that something came."""
        with self._lock:
            self._ends = time.monotonic() + self._silence

    def cut(self) -> None:
        """End the connection, from any thread; one that is still to be made ends then."""
        self.is_cut = True
        self._ends = 0.0
        super()._bite()

    def _bite(self) -> None:
        left = self.left()
        if left <= 0:
            super()._bite()
            return
        # There was a sign meanwhile: look again when the newest one is too old.
        self._timer = threading.Timer(left, self._bite)
        self._timer.daemon = True
        self._timer.start()

    def __exit__(self, *ending: object) -> None:
        # A timer that bites just now must not set another one.
        self._ends = 0.0
        super().__exit__(*ending)  # type: ignore[arg-type]


class _StreamSession(OneRequestSession):
    """The session of one connection: the time-out is the sign of life's, not tweepy's."""

    def request(  # type: ignore[override]
        self, method: str, url: str, *, timeout: object, **kwargs: Any
    ) -> requests.Response:
        del timeout
        # Packed lines would wait in the unpacker for more to come.
        self.headers["Accept-Encoding"] = "identity"
        return super().request(method, url, **kwargs)


class StreamLine(tweepy.StreamingClient):  # type: ignore[misc]
    """One connection; `run` comes back when it is over.

    Attributes:
        refused: X's answer and its parsed body where it was not 200.
        failure: what broke the connection, or what a callback raised; None when X closed it.
    """

    def __init__(
        self,
        bearer_token: str,
        base_url: str,
        life: SignOfLife,
        *,
        opened: Callable[[], None],
        sign: Callable[[], None],
        heard: Callable[[Mapping[str, Any]], None],
    ) -> None:
        super().__init__(bearer_token, max_retries=0)
        self._one = _StreamSession(base_url, life)
        self.session.close()
        self.session: requests.Session = self._one
        self._life = life
        self._opened, self._sign, self._heard = opened, sign, heard
        self.refused: tuple[requests.Response, object] | None = None
        self.failure: Exception | None = None

    def run(self, **shape: Any) -> None:
        """Connect and pass on what comes, in this thread, until the connection is over."""
        with self._life, self._one:
            self.filter(**shape)

    def on_connect(self) -> None:
        self._life.sign()
        self._opened()

    def on_keep_alive(self) -> None:
        self._life.sign()
        self._sign()

    def on_data(self, raw_data: bytes) -> None:
        self._life.sign()
        try:
            line = clean_value(json.loads(raw_data))
        except (ValueError, RecursionError):
            _log.warning("X's stream sent a line that cannot be read (%d bytes)", len(raw_data))
            return
        self._sign()
        if isinstance(line, Mapping):
            self._heard(line)

    def on_request_error(self, status_code: int) -> None:  # noqa: ARG002 - the answer says more
        self.running = False
        answer = self._one.answer
        if answer is not None:
            self.refused = (answer, as_json(answer))

    def on_connection_error(self) -> None:
        self.running = False
        self.failure = self.failure or ConnectionError("the connection broke")

    def on_closed(self, response: requests.Response) -> None:  # noqa: ARG002 - tweepy's signature
        self.running = False

    def on_exception(self, exception: Exception) -> None:
        self.failure = exception

    def on_disconnect(self) -> None:
        """Say nothing: whoever opened it tells why it is over."""
