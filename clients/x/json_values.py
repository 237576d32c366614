"""Single values of X's JSON, which may be of any shape: read strictly, or left out."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

#: Characters.
LONGEST_ADDRESS = 2_000
#: Digits; X's ids are numbers of 64 bits.
_LONGEST_ID = 20
_MOST_COUNTED = 2**53


def read_text(value: object) -> str:
    """Return a text as it is.

    Raises:
        TypeError: it is none.
    """
    if not isinstance(value, str):
        raise TypeError("a post's text is text")
    return value


def read_time(text: str) -> datetime:
    """Return a time, aware UTC.

    Raises:
        ValueError: the text is none.
    """
    at = datetime.fromisoformat(text)
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)


def read_id(value: object) -> str:
    """Return an id as text.

    Raises:
        ValueError: it holds more than digits, or too many.
    """
    text = str(value)
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_ID):
        raise ValueError("an id of X has digits only")
    return text


def id_or_none(value: object) -> str | None:
    """Return an id as text; None in place of anything else."""
    try:
        return read_id(value)
    except ValueError:
        return None


def short_or_none(value: object, longest: int) -> str | None:
    """Return a text; None in place of one that is longer than anything X sends there."""
    text = str(value) if value else ""
    return text if 0 < len(text) <= longest else None


def is_count(value: object) -> bool:
    """Tell whether a value is a whole number that X could count to."""
    return type(value) is int and 0 <= value <= _MOST_COUNTED


def mapping(value: object) -> Mapping[str, Any]:
    """Return an object of JSON; an empty one in place of anything else."""
    return value if isinstance(value, Mapping) else {}


def rows_in(value: object) -> list[Mapping[str, Any]]:
    """Return the objects in a list; nothing in place of anything else."""
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []
