"""A raw answer of the model's server becomes a parsed answer, or rubbish with its price."""

import json
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

import patterns as re
from clients.model.refusals import PaidRefusal, PaidRubbish
from domain.cleaning import clean_json, clean_value

Parsed = TypeVar("Parsed", bound=BaseModel)
#: openai's name for an answer that a content filter cut.
_FILTERED = "ContentFilterFinishReasonError"
_FENCED = re.compile(r"\A\s*```(?:json)?\s*\n(.*?)\n?\s*```\s*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ParsedAnswer(Generic[Parsed]):
    """A parsed answer, its tokens as the server counted them, and which model wrote it.

    `lost_tries` tells how many tries before it may have cost as much: they went out, and no answer
    came back.
    """

    parsed: Parsed
    input_tokens: int
    output_tokens: int
    model: str
    lost_tries: int = 0


def read_answer(raw: Any, schema: type[Parsed], model: str) -> ParsedAnswer[Parsed]:
    """Parse what `with_raw_response.parse` brought back.

    Raises:
        PaidRubbish: it is not JSON, was cut off, is empty, or does not hold the schema.
        PaidRefusal: the model declines, or a filter kept its answer back.
    """
    price = _price(raw, model)
    try:
        message = raw.parse().choices[0].message
        parsed = message.parsed
    except (ValidationError, UnicodeError):
        parsed = _unwrapped(raw, schema)
    except Exception as error:
        # openai raises many kinds here: cut off, filtered, no JSON, no choices.
        if type(error).__name__ == _FILTERED:
            raise PaidRefusal("The model's answer was kept back by a filter.", **price) from None
        raise PaidRubbish(
            f"The model's answer is of no use ({type(error).__name__}).", **price
        ) from None
    else:
        if parsed is None and getattr(message, "refusal", None):
            raise PaidRefusal("The model declined to answer.", **price)
    if not isinstance(parsed, schema):
        raise PaidRubbish("The model's answer does not have the form asked for.", **price)
    if "\\u0000" in parsed.model_dump_json():
        # A NUL is JSON, and no text for a database.
        parsed = schema.model_validate(clean_value(parsed.model_dump()))
    return ParsedAnswer(parsed, price["input_tokens"], price["output_tokens"], price["model"])


def _unwrapped(raw: Any, schema: type[Parsed]) -> Parsed | None:
    # Servers that ignore the schema like to wrap their JSON in a code fence.
    try:
        content = _body(raw)["choices"][0]["message"]["content"]
        found = _FENCED.match(content)
        # Half an emoji in a text is no reason to throw the whole answer away.
        return schema.model_validate_json(clean_json(found.group(1) if found else content))
    except (ValidationError, KeyError, IndexError, TypeError):
        return None


def _price(raw: Any, model: str) -> dict[str, Any]:
    body = _body(raw)
    usage = body.get("usage")
    counted = usage if isinstance(usage, dict) else {}
    return {
        "input_tokens": _count(counted.get("prompt_tokens")),
        "output_tokens": _count(counted.get("completion_tokens")),
        "model": str(body.get("model") or model),
    }


def _body(raw: Any) -> dict[str, Any]:
    try:
        body = json.loads(raw.http_response.content)
    except (ValueError, RecursionError):
        return {}
    return clean_value(body) if isinstance(body, dict) else {}


def _count(value: object) -> int:
    return value if isinstance(value, int) and value > 0 else 0
