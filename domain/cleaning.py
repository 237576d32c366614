r"""Texts without halves: what comes in from outside may hold half an emoji, or a NUL.

JSON can say half of a character (`\ud83d`), as X does where it cuts a text inside an emoji. No such
half can be encoded: it would break a database, a request or a log far from where it came in. So
each door puts what it reads through here.
"""

import json
from typing import Any

import patterns as re

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_BROKEN = re.compile("[\x00\ud800-\udfff]")
#: How a half, or a NUL, is written in JSON; whole characters in two halves are found, too.
_MAY_BE_BROKEN = re.compile(r"\\u(?:[dD][89a-fA-F]|0000)|[\x00\ud800-\udfff]")


def clean(text: str) -> str:
    """Return a text with each half character and each NUL replaced; two fitting halves join."""
    if not _BROKEN.search(text):
        return text
    joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return joined.replace("\x00", _REPLACEMENT)


def clean_value(value: Any) -> Any:
    """Return a value as JSON has them with every text in it made whole, names included."""
    match value:
        case str():
            return clean(str.__str__(value))
        case dict():
            return {clean(str(name)): clean_value(part) for name, part in value.items()}
        case list() | tuple():
            return [clean_value(part) for part in value]
        case _:
            return value


def clean_json(text: str) -> str:
    """Return JSON in which every text is whole; what is no JSON is made whole as a text."""
    if not _MAY_BE_BROKEN.search(text):
        return text
    try:
        return json.dumps(clean_value(json.loads(text)))
    except (ValueError, RecursionError):
        return clean(text)
