"""One record of the log is one line, whatever stands in it and however it is written."""

import json
import logging

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.logs import JsonLine, OneLine

_breaking = st.sampled_from(
    ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x1b[2J", "\x85", "\u2028", "\u2029", "\x00", "\ud800"]
)
words = st.lists(st.text(max_size=20) | _breaking, max_size=8).map("".join)


def record(said: str, *, trace: bool) -> logging.LogRecord:
    failure = ValueError(said)
    about = (ValueError, failure, None) if trace else None
    return logging.LogRecord("greenroom.x", logging.INFO, "", 1, "mention=%s", (said,), about)


@pytest.mark.parametrize("form", [OneLine("%(levelname)s %(name)s %(message)s"), JsonLine()])
@settings(max_examples=150, deadline=None)
@given(said=words, trace=st.booleans())
def test_nobody_forges_a_line(form: logging.Formatter, said: str, *, trace: bool) -> None:
    """Neither by a line's end of any script, nor by what moves a terminal's cursor."""
    line = form.format(record(said, trace=trace))
    assert len(line.splitlines()) == 1
    assert line.isprintable()
    if isinstance(form, JsonLine):
        assert json.loads(line)["level"] == "INFO"
