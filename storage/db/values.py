"""How our values stand in a database: times as fixed-width UTC text, truth as 0 and 1."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, Final

from domain.cleaning import clean, clean_value


class Keep(Enum):
    """The default of arguments for which None means "empty it"."""

    KEEP = "keep"


KEEP: Final = Keep.KEEP


def time_text(at: datetime) -> str:
    """Return an aware time as ISO-8601 UTC text of fixed width, which sorts as time.

    Raises:
        ValueError: the time has no zone.
    """
    if at.tzinfo is None:
        raise ValueError("a time without a zone cannot be stored")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def read_time(text: str) -> datetime:
    """Return a stored time, aware UTC."""
    return datetime.fromisoformat(text)


def read_time_or_none(text: str | None) -> datetime | None:
    """Return a stored time, aware UTC, or None."""
    return None if text is None else datetime.fromisoformat(text)


def read_members(text: str | None) -> frozenset[str] | None:
    """Return the members' ids of a column; None where nobody knows whose words they are."""
    return None if text is None else frozenset(str(each) for each in json.loads(text))


def json_text(value: Any) -> str:
    """Return JSON for a column, in ASCII; its texts are cleaned as any other text is."""
    return json.dumps(clean_value(value), separators=(",", ":"))


def as_parameter(value: Any) -> Any:
    """Return a value as both engines store it."""
    match value:
        case str():
            return clean(str.__str__(value))
        case bool():
            return int(value)
        case datetime():
            return time_text(value)
        case date():
            return value.isoformat()
        case _:
            return value


def id_order(ids: Iterable[str]) -> list[str]:
    """Return X ids, held as text, in the order of their numbers: smallest first."""
    return sorted(ids, key=lambda text: (len(text), text))
