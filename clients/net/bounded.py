"""How much of an answer from outside is read: the rest of a larger one is never asked for."""

from collections.abc import Callable, Iterator
from typing import IO

import requests

#: Bytes of X's answers; a full page of long posts with their authors takes half of it.
LARGEST_X_ANSWER = 4 * 1024 * 1024
#: Bytes of one line of X's stream; a post takes some ten thousand.
LONGEST_X_LINE = 512 * 1024
#: Bytes of Slack's answers; a page of two hundred messages with blocks takes some 2 MB.
LARGEST_SLACK_ANSWER = 8 * 1024 * 1024
#: Characters of a payload over Socket Mode; a window of a hundred full blocks takes some 400,000.
LONGEST_SLACK_PAYLOAD = 2_000_000
#: Packed bytes that are unpacked at a time: they may become a thousand times as many.
_AT_A_TIME = 4096


#: So many digits of a number of seconds are read; what is longer is longer than anybody waits.
_MOST_DIGITS = 9


def seconds_named(value: str) -> int | None:
    """Read the whole seconds that a head names, None where it names none.

    Python reads no number of thousands of digits, so that of a longer one only the size is kept.
    """
    if not (value.isascii() and value.isdigit()):
        return None
    digits = value.lstrip("0")
    return int(digits or "0") if len(digits) <= _MOST_DIGITS else int("9" * _MOST_DIGITS)


class AnswerTooLargeError(ValueError):
    """The answer was larger than anything that the service sends; it was not read to its end."""


def read_whole(answer: requests.Response, most: int) -> None:
    """Read an answer that was asked for as a stream, and put it in the place of its content.

    Raises:
        AnswerTooLargeError: it is larger than `most` bytes, unpacked.
        requests.RequestException: it broke off.
    """
    parts: list[bytes] = []
    size = 0
    for part in answer.iter_content(_AT_A_TIME):
        size += len(part)
        if size > most:
            answer.close()
            raise AnswerTooLargeError
        parts.append(part)
    answer._content = b"".join(parts)  # noqa: SLF001 - where `content` looks, read already


def bounded_lines(answer: requests.Response, most: int) -> Callable[..., Iterator[bytes]]:
    """Return what stands in for `iter_lines`: it does not gather a line without an end.

    Raises:
        AnswerTooLargeError: a line is longer than `most` bytes.
    """

    def lines(chunk_size: int = 512, **_: object) -> Iterator[bytes]:
        kept = b""
        for part in answer.iter_content(chunk_size):
            *whole, kept = (kept + part).split(b"\n")
            for line in whole:
                yield line.removesuffix(b"\r")
            if len(kept) > most:
                answer.close()
                raise AnswerTooLargeError
        if kept:
            yield kept

    return lines


class BoundedBody:
    """An answer of `urllib` of which `read` gives so many bytes and no more."""

    def __init__(self, answer: IO[bytes], most: int) -> None:
        self._answer = answer
        self._most = most

    def read(self) -> bytes:
        """Return the whole body.

        Raises:
            AnswerTooLargeError: it is larger.
        """
        body = self._answer.read(self._most + 1)
        if len(body) > self._most:
            self._answer.close()
            raise AnswerTooLargeError
        return body
