"""The file .env: its values, and the lines of it that say nothing."""

import logging
from collections.abc import Mapping
from pathlib import Path

from dotenv import dotenv_values
from dotenv.parser import parse_stream

_FILE = Path(".env")


def env_values() -> Mapping[str, str]:
    """Return the values of .env in this folder; none without such a file.

    Raises:
        OSError: the file cannot be opened.
        UnicodeDecodeError: it is no UTF-8 text.
    """
    # It warns of each line that it cannot read; `env_gaps` says the same as one of ours.
    logging.getLogger("dotenv.main").setLevel(logging.ERROR)
    return {name: value for name, value in dotenv_values(_FILE).items() if value is not None}


def env_gaps() -> list[str]:
    """Return a sentence for each line of .env that is no NAME=value; never the line itself.

    Raises:
        OSError: the file cannot be opened.
        UnicodeDecodeError: it is no UTF-8 text.
    """
    if not _FILE.is_file():
        return []
    with _FILE.open(encoding="utf-8") as stream:
        wrong = [binding.original.line for binding in parse_stream(stream) if binding.error]
    return [f"Line {line} of .env cannot be read (write NAME=value)." for line in wrong]
