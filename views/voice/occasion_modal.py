"""The window of one occasion of the playbook: its words, its answers, what is wrong with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import ConfirmObject

from domain import Check, PlaybookAnswer
from views.blocks.action_ids import ActionId, ViewId
from views.blocks.blocks import AnyBlock, actions, button, context, plain, section
from views.blocks.form import answer, field, kept_values, lines_of, modal, words_input
from views.blocks.formatting import excerpt, listed, one_line, shorten
from views.voice.playbook_modal import Occasion

_WORDS = "words"
_LONGEST_NAME = 60
_LONGEST_ANSWER = 500
_MOST_ANSWERS = 20


@dataclass(frozen=True, slots=True)
class OccasionValues:
    """What an occasion's window holds.

    `before` is the occasion's name when the window opened ("" for a new one), `seen` stands
    for the answers that it was filled with, `warned` for those that the checks spoke about.
    """

    name: str
    cues: tuple[str, ...]
    answers: tuple[str, ...]
    before: str
    seen: str
    warned: str = ""


def occasion_modal(
    occasion: Occasion | None,
    *,
    gaps: Sequence[str],
    seen: str,
    before: str | None = None,
    draft: str = "",
    marks: Sequence[str] = (),
    warned: str = "",
) -> dict[str, Any]:
    """Build the window of one occasion, or of a new one.

    Args:
        occasion: what the fields hold at first; None for a new one.
        gaps: the names of the gaps that can be filled.
        seen: comes back as it is, to tell whether somebody else changed the occasion.
        before: the occasion's name as it is stored, where the fields hold another already.
        draft: a new key makes Slack show these fields instead of what was typed.
        marks: lines above the fields: what the checks mind, or what happened meanwhile.
        warned: comes back as it is, to tell which answers the marks are about.
    """
    shown = occasion or Occasion("", ())
    stored = (occasion.name if occasion else "") if before is None else before
    kept = {"before": stored, "seen": seen, "draft": draft, "warned": warned}
    removable = occasion is not None and occasion.ours and stored
    return modal(
        ViewId.OCCASION,
        title="An occasion",
        submit="Save",
        kept=kept,
        blocks=[
            *(context(mark) for mark in marks),
            *_fields(shown, gaps, draft),
            actions(_remove(shown.name)) if removable else None,
        ],
    )


def _fields(shown: Occasion, gaps: Sequence[str], draft: str) -> list[AnyBlock]:
    named = ", ".join(f"{{{gap}}}" for gap in gaps)
    gap_hint = (
        f"These gaps are filled in: {named}. An answer whose gap cannot be filled is left out."
    )
    return [
        field(
            _block("name", draft),
            "Occasion",
            words_input(_WORDS, value=shown.name, example="dogs", longest=_LONGEST_NAME),
        ),
        field(
            _block("cues", draft),
            "Words that call for it",
            words_input(
                _WORDS,
                value=", ".join(shown.cues),
                example="dog, dogs, puppy, bring my pet",
                lines=True,
            ),
            hint="With commas between; a * stands for a word's end. Nothing is case-sensitive. "
            "Without any, its answers wait among the saved ones.",
            optional=True,
        ),
        field(
            _block("answers", draft),
            "Answers, one a line",
            words_input(
                _WORDS,
                value="\n".join(shown.answers),
                example="Dogs are welcome, {name}. What's yours called?",
                lines=True,
            ),
            hint=shorten(gap_hint, 1500),
        ),
    ]


def removed_modal(sentence: str) -> dict[str, Any]:
    """Show in the occasion's window that it is gone; the sentence is escaped already."""
    return modal(ViewId.PLAYBOOK, title="Playbook", submit=None, blocks=[section(sentence)])


def read_occasion(view: Mapping[str, Any]) -> OccasionValues:
    """Read a view's payload, submitted or still open."""
    kept = kept_values(view)
    draft = kept.get("draft", "")
    written = answer(view, _block("cues", draft), _WORDS)
    cues = (part.strip().casefold() for line in lines_of(written) for part in line.split(","))
    answers = lines_of(answer(view, _block("answers", draft), _WORDS))
    return OccasionValues(
        name=one_line(answer(view, _block("name", draft), _WORDS)),
        cues=tuple(dict.fromkeys(cue for cue in cues if cue)),
        answers=tuple(dict.fromkeys(answers)),
        before=kept.get("before", ""),
        seen=kept.get("seen", ""),
        warned=kept.get("warned", ""),
    )


def occasion_errors(
    values: OccasionValues, *, unknown_gaps: Sequence[str], gaps: Sequence[str]
) -> dict[str, str]:
    """Say what is wrong, by part (`name`, `cues`, `answers`); empty when nothing is."""
    errors = {}
    if not values.name:
        errors["name"] = "Give the occasion a name."
    if not values.answers:
        errors["answers"] = "Write at least one answer."
    elif len(values.answers) > _MOST_ANSWERS:
        errors["answers"] = f"{_MOST_ANSWERS} answers are the most for one occasion."
    elif too_long := [text for text in values.answers if len(text) > _LONGEST_ANSWER]:
        errors["answers"] = f"“{too_long[0][:40]}…” is far too long for a reply."
    elif unknown_gaps:
        known = listed([f"{{{gap}}}" for gap in gaps[:6]])
        wrong = ", ".join(unknown_gaps[:3])
        errors["answers"] = shorten(f"Nothing can fill {wrong}. There are {known}.", 150)
    return errors


def occasion_blocks(view: Mapping[str, Any], errors: Mapping[str, str]) -> dict[str, str]:
    """Return errors by the blocks of this view."""
    draft = kept_values(view).get("draft", "")
    return {_block(part, draft): sentence for part, sentence in errors.items()}


def changed_meanwhile(by: str, there: Sequence[PlaybookAnswer]) -> list[str]:
    """Say that somebody else changed the occasion, and what they wrote."""
    who = excerpt(by, 60) or "Somebody"
    if not there:
        return [f"*{who} removed this occasion while you wrote.* Saving adds it again."]
    theirs = " / ".join(excerpt(each.text, 150) for each in there[:_MOST_ANSWERS])
    return [
        f"*{who} changed this occasion while you wrote.* Saving puts your words in place of:",
        shorten(theirs, 1500),
    ]


def mark_lines(marks: Sequence[tuple[str, Check]]) -> list[str]:
    """Say what the checks mind about which answer, and that a person may save all the same."""
    if not marks:
        return []
    return [
        *(f"⚠️ “{excerpt(text, 60)}”: {excerpt(check.why, 200)}" for text, check in marks[:8]),
        "Press *Save* again to keep it all the same.",
    ]


def _remove(name: str) -> Any:
    confirm = ConfirmObject(
        title=plain("Remove it?"),
        text=plain("Its answers go. What Greenroom comes with for it, if anything, serves again."),
        confirm=plain("Remove"),
        deny=plain("Keep"),
    )
    return button(
        "Remove this occasion",
        ActionId.REMOVE_OCCASION,
        name,
        style="danger",
        confirm=confirm,
    )


def _block(part: str, draft: str) -> str:
    return f"{part}~{draft}" if draft else part
