"""JSON lines in and out, for commands that answer one line for each line, in order.

Lines are UTF-8 with or without a byte order mark, which can stand before later lines, too,
where files were joined. What is blank, broken, endless or no object still gets its answer: nobody who feeds ten thousand lines wants to look for the missing one.
"""

import json
import math
import os
import sys
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, NoReturn

from domain.cleaning import clean_value

_MARK = b"\xef\xbb\xbf"
_INTERRUPTED = 130
#: A line of more bytes is no post: it is answered as one that cannot be read.
_LONGEST_LINE = 8_000_000


def answer_lines(answer: Callable[[dict[str, Any] | None], dict[str, Any]]) -> int:
    """Answer each line of standard input with one on standard output; return the exit code.

    A reader who goes away (`| head`) or Ctrl-C ends it quietly.

    Args:
        answer: gets a line's object, or None where a line is none; returns what is written.
    """
    try:
        for row in read_lines(sys.stdin.buffer):
            write_line(sys.stdout.buffer, answer(row))
    except BrokenPipeError:
        # Python flushes once more when it ends, and would complain of the closed pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        return _INTERRUPTED
    return 0


def read_lines(stream: BinaryIO) -> Iterator[dict[str, Any] | None]:
    """Yield the object of each line; None for one that is blank, broken, endless or no object."""
    while line := stream.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE and not line.endswith(b"\n"):
            _skip_the_rest(stream)
            yield None
        else:
            yield _object(line.removeprefix(_MARK))


def write_line(stream: BinaryIO, row: dict[str, Any]) -> None:
    """Write an object as one line, at once, so that whoever waits for it can go on."""
    stream.write(json.dumps(row, ensure_ascii=False).encode("utf-8") + b"\n")
    stream.flush()


def _skip_the_rest(stream: BinaryIO) -> None:
    """Read to the end of a line without keeping it."""
    while (part := stream.readline(_LONGEST_LINE)) and not part.endswith(b"\n"):
        pass


def _object(line: bytes) -> dict[str, Any] | None:
    try:
        row = json.loads(
            line.decode("utf-8", "replace"), parse_float=_number, parse_constant=_no_json
        )
    except (ValueError, RecursionError):
        return None
    return clean_value(row) if isinstance(row, dict) else None


def _number(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        _no_json(digits)
    return number


def _no_json(word: str) -> NoReturn:
    raise ValueError(f"{word[:20]} is no JSON number")
