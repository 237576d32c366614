"""How the control API says no: a status and one clear sentence."""

import json
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request


class ControlError(Exception):
    """Something asked of the control API cannot be done; `str()` is the sentence to show."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.status = status


def not_found(sentence: str) -> ControlError:
    """Make the error for something that is not there."""
    return ControlError(sentence, 404)


def check_origin(request: Request) -> None:
    """Refuse calls that another website's page makes through the person's browser."""
    origin = request.headers.get("origin")
    if origin and urlsplit(origin).netloc != request.headers.get("host"):
        raise ControlError("Only the practice room's own page may do this.", 403)


async def asked(request: Request) -> dict[str, Any]:
    """Read the JSON object that a call brought; an empty body is an empty object."""
    body = await request.body()
    try:
        said = json.loads(body or b"{}")
    except ValueError as error:
        raise ControlError(f"The body is not JSON: {error}.") from None
    if not isinstance(said, dict):
        raise ControlError("The body must be a JSON object.")
    return said


def words(said: dict[str, Any], name: str, *, empty: bool = False) -> str:
    """Read a text that must be given."""
    value = said.get(name)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not (value.strip() or empty):
        raise ControlError(f"{name} is missing: give it as a text.")
    return value


def maybe(said: dict[str, Any], name: str) -> str | None:
    """Read a text that may be left out."""
    return None if said.get(name) in {None, ""} else words(said, name)
