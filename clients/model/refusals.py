"""What goes wrong at the model's server, as our errors."""

from typing import Any

import patterns as re
from errors import (
    ModelDeclined,
    ModelError,
    ModelPaused,
    ModelRubbish,
    ModelUnavailable,
    ModelWrongKey,
)

#: How servers say that a filter kept the question or the answer back, in code or words.
_FILTERED = re.compile(
    r"content[_ -]?(?:filter|policy|management)|responsible_?ai|moderation|safety[_ -]?(?:filter|polic|system)|flagged"
)
_NO_MONEY = re.compile(r"insufficient_quota|billing|exceeded your current quota|budget|credit")


class _Paid(ModelError):
    """What an answer cost that is of no use."""

    def __init__(
        self, sentence: str, *, input_tokens: int = 0, output_tokens: int = 0, model: str = ""
    ) -> None:
        super().__init__(sentence)
        self.input_tokens = input_tokens
        self.output_tokens = output_tokens
        self.model = model


class PaidRubbish(_Paid, ModelRubbish):
    """An answer that is of no use and was paid for all the same."""


class PaidRefusal(_Paid, ModelDeclined):
    """A refusal of the model's own, which was paid for."""

    may_be_billed = True


def model_refusal(status: int, body: object, model: str) -> ModelError:
    """Make the error for an answer that is no 2xx; the server's own words are not repeated.

    Args:
        status: HTTP's number.
        body: what openai kept of the answer: the inner `error` object, mostly.
        model: the model's name, for the sentence.
    """
    if status in {400, 403, 422} and _FILTERED.search(_words(body)):
        return ModelDeclined("The model's server would not let it answer this one.")
    if status == 402 or (status in {403, 429} and _NO_MONEY.search(_words(body))):  # noqa: PLR2004
        return ModelPaused("The model's account is out of credit or over its budget.")
    if status in {401, 403}:
        return ModelWrongKey(f"The model's server does not accept the key (HTTP {status}).")
    if status == 404:  # noqa: PLR2004 - HTTP's number
        return ModelUnavailable(
            f"The model's server does not know the model {model}.",
            "Check OPENAI_MODEL and OPENAI_BASE_URL; meanwhile only plain questions and thanks get a "
            "suggestion.",
        )
    if status == 429:  # noqa: PLR2004
        return ModelUnavailable("The model's server is asked too often just now.")
    trouble = "refused the request" if status < 500 else "is in trouble"  # noqa: PLR2004
    return ModelUnavailable(f"The model's server {trouble} (HTTP {status}).")


def is_passing(status: int) -> bool:
    """Tell whether asking once more may help."""
    return status in {408, 409, 429} or status >= 500  # noqa: PLR2004


def wants_other_limit(status: int, body: object) -> bool:
    """Tell whether the server knows the limit on words only by its other name."""
    return status in {400, 422} and bool(
        re.search(r"max_tokens|max_completion_tokens", _words(body))
    )


def _words(body: object) -> str:
    if not isinstance(body, dict):
        return str(body or "").lower()
    error: Any = body.get("error", body)
    if not isinstance(error, dict):
        return str(error).lower()
    parts = (str(error.get(k) or "") for k in ("code", "type", "param", "message"))
    return " ".join(parts).lower()
