"""Reading what a call to the practice Slack's Web API brought: form, JSON or query."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from sandbox.slack.errors import SlackRefusal

_LARGEST_PAGE = 999


class Arguments:
    """The arguments of one call, however they were sent."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.given = {name: value for name, value in given.items() if value is not None}

    def has(self, name: str) -> bool:
        """Tell whether an argument was given at all."""
        return name in self.given

    def text(self, name: str) -> str:
        """Read a string; empty when it was not given."""
        value = self.given.get(name, "")
        return value if isinstance(value, str) else str(value)

    def need(self, name: str, error: str = "invalid_arguments") -> str:
        """Read a string that must be there, or refuse with `error`."""
        value = self.text(name)
        if not value:
            raise SlackRefusal(
                error,
                **(
                    {"response_metadata": {"messages": [f"[ERROR] missing required field: {name}"]}}
                    if error == "invalid_arguments"
                    else {}
                ),
            )
        return value

    def flag(self, name: str) -> bool:
        """Read a yes or no (`1`, `true`, true)."""
        return str(self.given.get(name, "")).lower() in {"1", "true"}

    def page_size(self, usual: int) -> int:
        """Read `limit`; refuses with invalid_limit."""
        raw = self.text("limit") or str(usual)
        if not raw.lstrip("-").isdigit() or int(raw) < 0:
            raise SlackRefusal("invalid_limit")
        return min(int(raw) or usual, _LARGEST_PAGE)

    def json(self, name: str, error: str = "invalid_arguments") -> Any:
        """Read a JSON argument, sent as JSON or as a string of it; None when not given."""
        value = self.given.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise SlackRefusal(error) from None


async def read_arguments(request: Request) -> Arguments:
    """Collect a call's arguments from its query and body; refuses bodies that cannot be read."""
    given: dict[str, Any] = dict(request.query_params)
    body = await request.body()
    if not body:
        return Arguments(given)
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind == "application/json":
        try:
            sent = json.loads(body)
        except ValueError:
            raise SlackRefusal("invalid_json") from None
        if not isinstance(sent, dict):
            raise SlackRefusal("json_not_object")
        given.update(sent)
    elif kind == "application/x-www-form-urlencoded":
        given.update(parse_qsl(body.decode(), keep_blank_values=True))
    else:
        raise SlackRefusal("invalid_post_type")
    return Arguments(given)


def token_of(request: Request, arguments: Arguments) -> str:
    """Find the token in the Authorization header or among the arguments."""
    header = request.headers.get("authorization", "")
    if header.lower().startswith("bearer "):
        return header[len("bearer ") :].strip()
    return arguments.text("token")


def page_of(rows: list[Any], arguments: Arguments, usual: int) -> tuple[list[Any], str]:
    """Cut one page out of a list; the cursor is `next:<offset>`; refuses with invalid_cursor."""
    size = arguments.page_size(usual)
    cursor = arguments.text("cursor")
    offset = 0
    if cursor:
        mark, _, number = cursor.partition(":")
        if mark != "next" or not number.isdigit():
            raise SlackRefusal("invalid_cursor")
        offset = int(number)
    end = offset + size
    return rows[offset:end], f"next:{end}" if end < len(rows) else ""
