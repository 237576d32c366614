"""The check command: judges replies line by line, with no settings, network or database."""

import sys
from collections.abc import Callable, Mapping
from typing import Any

from commands.json_lines import answer_lines
from domain import Check, CheckLevel, Person, Voice
from errors import GreenroomError
from replies.checks import check_text, worst
from replies.voice.file import read_voice_file

_WRONG_VOICE = 2
#: How many texts of a list are taken, and how much of one.
_MOST_TEXTS = 5000
_LONGEST_TEXT = 20_000


def check(*, voice_file: str | None) -> int:
    """Answer each line of standard input with what the checks mind about its reply.

    A line has `id`, `mention`, `reply` and, where known, `conversation` (texts above the
    post), `recent` (what we sent lately), `author` (a name, an @handle, or an object with
    `name` and `handle`) and `account` (our handle). The answer's `level` is the worst of its
    checks. A line that cannot be read is answered with `stop` and the check "unreadable".

    Returns:
        0, or 2 when the voice's file cannot be read.
    """
    voice: Voice | None = None
    if voice_file is not None:
        try:
            voice = read_voice_file(voice_file)
        except GreenroomError as error:
            print(error, file=sys.stderr)
            return _WRONG_VOICE
    return answer_lines(answering(voice))


def answering(voice: Voice | None) -> Callable[[dict[str, Any] | None], dict[str, Any]]:
    """Return what answers the lines of one run, held against a voice's facts if there is one."""

    def answer(row: dict[str, Any] | None) -> dict[str, Any]:
        row = row or {}
        shown_id = row.get("id") if isinstance(row.get("id"), str | int | float) else None
        reply = row.get("reply")
        if not isinstance(reply, str):
            return _said(
                shown_id, _unreadable("The line is no JSON object with a text in “reply”.")
            )
        try:
            return _said(shown_id, _judged(reply, row, voice))
        except Exception as error:
            # One reply that breaks a check never costs the answers to the others.
            why = f"The checks broke over this reply ({type(error).__name__})."
            return _said(shown_id, _unreadable(why))

    return answer


def _judged(reply: str, row: Mapping[str, Any], voice: Voice | None) -> tuple[Check, ...]:
    return check_text(
        reply,
        post_text=_text(row.get("mention")),
        recent_texts=_texts(row.get("recent")),
        voice=voice,
        also_known=_texts(row.get("conversation")),
        author=_author(row.get("author")),
        account_handle=_text(row.get("account")).lstrip("@"),
    )


def _said(shown_id: Any, checks: tuple[Check, ...]) -> dict[str, Any]:
    minded = [{"name": check.name, "level": str(check.level), "why": check.why} for check in checks]
    return {"id": shown_id, "level": str(worst(checks)), "checks": minded}


def _unreadable(why: str) -> tuple[Check, ...]:
    return (Check("unreadable", CheckLevel.STOP, why),)


def _text(value: Any) -> str:
    """Return a field's text: its own, or that of an object's `text`."""
    if isinstance(value, Mapping):
        value = value.get("text")
    return value[:_LONGEST_TEXT] if isinstance(value, str) else ""


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        value = [value]
    return tuple(text for part in value[:_MOST_TEXTS] if (text := _text(part)))


def _author(value: Any) -> Person | None:
    """Return the author that a line names: "Nell Baker", "@nell", or {"name", "handle"}."""
    if isinstance(value, Mapping):
        name, handle = _text(value.get("name")), _text(value.get("handle") or value.get("username"))
    elif isinstance(value, str):
        name, handle = ("", value) if value.startswith("@") else (value, "")
    else:
        return None
    return Person("", handle.lstrip("@"), name) if name or handle else None
