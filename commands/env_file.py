"""The file .env: its values, and the lines of it that say nothing."""

import errno
import logging
from collections.abc import Mapping
from io import StringIO
from pathlib import Path

from dotenv import dotenv_values
from dotenv.parser import parse_stream

from domain.cleaning import clean

_FILE = Path(".env")
#: Bytes; ours with every line filled in takes some ten thousand.
_LARGEST = 1_000_000


def env_values() -> Mapping[str, str]:
    """Return the values of .env in this folder; none without such a file.

    Raises:
        OSError: the file cannot be opened.
        UnicodeDecodeError: it is no UTF-8 text.
    """
    # It warns of each line that it cannot read; `env_gaps` says the same as one of ours.
    logging.getLogger("dotenv.main").setLevel(logging.ERROR)
    found = dotenv_values(stream=StringIO(_text()))
    return {name: clean(value) for name, value in found.items() if value is not None}


def env_gaps() -> list[str]:
    """Return a sentence for each line of .env that is no NAME=value; never the line itself.

    Raises:
        OSError: the file cannot be opened.
        UnicodeDecodeError: it is no UTF-8 text.
    """
    wrong = [b.original.line for b in parse_stream(StringIO(_text())) if b.error]
    return [f"Line {line} of .env cannot be read (write NAME=value)." for line in wrong]


def _text() -> str:
    """Return what the file holds; "" without one."""
    if not _FILE.is_file():
        return ""
    with _FILE.open("rb") as stream:
        held = stream.read(_LARGEST + 1)
    if len(held) > _LARGEST:
        raise OSError(errno.EFBIG, "it is far too large", str(_FILE))
    # As a file that is opened for reading text: any line's end is one.
    return held.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
