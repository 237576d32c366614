"""The door to the language model: one question with a schema, one parsed answer.

Any OpenAI-compatible server will do. `openai` takes half a second to import, so that happens with
the first question.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from clients.model.reading import Parsed, ParsedAnswer, read_answer
from clients.model.refusals import (
    PaidRefusal,
    PaidRubbish,
    is_passing,
    model_refusal,
    wants_other_limit,
)
from clients.net.bounded import seconds_named
from clients.net.quiet import quiet_logs
from clients.net.watchdog import Watchdog
from errors import ModelError, ModelPaused, ModelUnavailable

if TYPE_CHECKING:
    import openai

__all__ = ["ModelClient", "PaidRefusal", "PaidRubbish", "ParsedAnswer"]

OPENAI = "https://api.openai.com/v1"
_PAUSE = 0.5  # seconds before asking once more


class ModelClient:
    """Asks one model. Threads may share it.

    Args:
        key: never shown, logged, or left in an error.
        base_url: None means OpenAI.
        model: the model's name there.
        timeout: seconds for one question altogether, further tries included.
        tries: how often a question is asked at most, where asking again may help.
    """

    def __init__(
        self,
        key: str,
        base_url: str | None,
        model: str,
        *,
        timeout: float = 20.0,
        tries: int = 2,
    ) -> None:
        self._key = key
        self._base_url = base_url or OPENAI
        self._model = model
        self._timeout = timeout
        self._tries = tries
        # OpenAI's newer models refuse the old name; many other servers know only the old one.
        self._limit_name = "max_completion_tokens" if base_url is None else "max_tokens"

    @property
    def name(self) -> str:
        """The model's name at its server."""
        return self._model

    @property
    def host(self) -> str:
        """The host of its server, without the rest of the address."""
        return urlsplit(self._base_url).hostname or ""

    def ask(
        self,
        messages: Sequence[Mapping[str, str]],
        schema: type[Parsed],
        *,
        max_tokens: int,
    ) -> ParsedAnswer[Parsed]:
        """Ask, and return the answer as an instance of the schema.

        Args:
            messages: `{"role", "content"}` each.
            schema: the form of the answer; its name goes to the server.
            max_tokens: the most that the answer may take.

        Raises:
            ModelWrongKey: the server does not know the key.
            ModelPaused: over budget or out of quota.
            ModelUnavailable: no whole answer in time, or the server is in trouble.
            ModelDeclined: the model refused, or a filter kept question or answer back; as
                PaidRefusal with the tokens where the server counted them.
            ModelRubbish: an answer that does not hold the schema, or one far too large; as
                PaidRubbish with the tokens where the server counted them.
        """
        with Watchdog(self._timeout) as watchdog:
            tries_left, lost = self._tries, 0
            while True:
                tries_left -= 1
                try:
                    answer = self._ask_once(watchdog, messages, schema, max_tokens)
                    return replace(answer, lost_tries=lost)
                except _Passing as passing:
                    lost += (
                        isinstance(passing.error, ModelUnavailable) and passing.error.may_be_billed
                    )
                    if tries_left <= 0 or watchdog.left() <= passing.pause:
                        raise passing.error from passing.__cause__
                    time.sleep(passing.pause)

    def check(self) -> None:
        """Try key and address, and whether the server names the model, without asking it anything.

        Raises:
            ModelError: as `ask`.
        """
        import openai

        with Watchdog(self._timeout) as watchdog, self._client(watchdog) as client:
            try:
                known = {str(model.id) for model in client.models.list().data or []}
            except openai.APIStatusError as error:
                raise model_refusal(error.status_code, error.body, self._model) from None
            except Exception as error:
                raise ModelUnavailable("The model's server does not answer.") from error
        if known and self._model not in known:
            raise model_refusal(404, None, self._model)

    def _client(self, watchdog: Watchdog) -> "openai.OpenAI":
        import httpx2
        import openai

        from clients.model.transport import WatchedTransport

        quiet_logs()
        return openai.OpenAI(
            api_key=self._key,
            base_url=self._base_url,
            max_retries=0,
            timeout=self._timeout,
            # Packed answers could grow beyond all bounds after they were counted.
            default_headers={"Accept-Encoding": "identity"},
            http_client=httpx2.Client(transport=WatchedTransport(self._base_url, watchdog)),
        )

    def _ask_once(
        self,
        watchdog: Watchdog,
        messages: Sequence[Mapping[str, str]],
        schema: type[Parsed],
        max_tokens: int,
    ) -> ParsedAnswer[Parsed]:
        import openai

        try:
            raw = self._request(watchdog, messages, schema, max_tokens)
        except openai.APIStatusError as error:
            if not wants_other_limit(error.status_code, error.body):
                raise self._refused(error) from None
            self._limit_name = _OTHER_NAME[self._limit_name]
            try:
                raw = self._request(watchdog, messages, schema, max_tokens)
            except openai.APIStatusError as second:
                raise self._refused(second) from None
        return read_answer(raw, schema, self._model)

    def _request(
        self,
        watchdog: Watchdog,
        messages: Sequence[Mapping[str, str]],
        schema: type[Parsed],
        max_tokens: int,
    ) -> Any:
        import openai

        from clients.net.bounded import AnswerTooLargeError

        limit: dict[str, Any] = {self._limit_name: max_tokens}
        asked: list[Any] = [dict(message) for message in messages]
        try:
            with self._client(watchdog) as client:
                return client.chat.completions.with_raw_response.parse(
                    model=self._model, messages=asked, response_format=schema, **limit
                )
        except openai.APIStatusError:
            raise
        except AnswerTooLargeError as error:
            raise PaidRubbish("The model's answer is far too large.", model=self._model) from error
        except Exception as error:
            if isinstance(error.__cause__, AnswerTooLargeError):
                raise PaidRubbish(
                    "The model's answer is far too large.", model=self._model
                ) from error
            late = watchdog.left() <= 0
            sentence = "did not answer in time" if late else "cannot be reached"
            unavailable = ModelUnavailable(f"The model's server {sentence}.")
            unavailable.may_be_billed = not _never_left(error)
            raise _Passing(unavailable) from error

    def _refused(self, error: "openai.APIStatusError") -> Exception:
        refusal = model_refusal(error.status_code, error.body, self._model)
        if not is_passing(error.status_code) or isinstance(refusal, ModelPaused):
            return refusal
        wait = seconds_named(error.response.headers.get("retry-after", ""))
        return _Passing(refusal, float(wait or 0))


class _Passing(Exception):
    """Trouble that may be over when asked once more."""

    def __init__(self, error: ModelError, pause: float = 0.0) -> None:
        super().__init__(str(error))
        self.error = error
        self.pause = max(pause, _PAUSE)


def _never_left(error: Exception) -> bool:
    """Tell whether no connection came about, so that nothing can have been asked."""
    import httpx2

    return isinstance(error.__cause__, httpx2.ConnectError | httpx2.ConnectTimeout)


_OTHER_NAME = {"max_tokens": "max_completion_tokens", "max_completion_tokens": "max_tokens"}
