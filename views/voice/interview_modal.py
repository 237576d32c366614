"""The interview: six questions, out of which a voice is made and offered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from views.blocks.action_ids import ViewId
from views.blocks.blocks import context
from views.blocks.form import answer, field, modal, words_input

_ACTION = "words"
_LONGEST_ANSWER = 1000
#: The first question's block, where a sentence about all of them goes.
FIRST_BLOCK = "who"

#: A question's block, what is asked, and an example.
_QUESTIONS = (
    (
        FIRST_BLOCK,
        "1. Who are you, and what do you make or do?",
        "A small coffee shop in Leeds, two of us and a dog. We roast on Mondays.",
    ),
    ("greeting", "2. A regular comes in. What do you say?", "Morning! The usual, or is it a day?"),
    (
        "words",
        "3. Which words are yours, and which would you never say?",
        "Ours: flat white, proper, ta\nNever: folks, valued customer",
    ),
    (
        "facts",
        "4. What do people ask most, and what is the true answer?",
        "Are dogs welcome? Yes, inside too.\nhours: 8 to 5, Sundays 9 to 4",
    ),
    (
        "person",
        "5. What should only a person answer?",
        "Refunds above 25, wholesale, anything about allergies",
    ),
    ("complaint", "6. Somebody complains. What do you say first?", "Oh no, that's on us."),
)


@dataclass(frozen=True, slots=True)
class InterviewValues:
    """The six answers, as they were written."""

    who: str
    greeting: str
    words: str
    facts: str
    person: str
    complaint: str


def interview_modal() -> dict[str, Any]:
    """Build the window."""
    return modal(
        ViewId.INTERVIEW,
        title="How do we talk?",
        submit="Show me the voice",
        blocks=[
            context(
                "Answer as you would a friend; leave out what you like. You see the voice before "
                "anything talks like it."
            ),
            *(
                field(
                    block,
                    question,
                    words_input(_ACTION, example=example, lines=True, longest=_longest(block)),
                    hint="One a line." if block == "facts" else "",
                    optional=True,
                )
                for block, question, example in _QUESTIONS
            ),
        ],
    )


def read_interview(view: Mapping[str, Any]) -> InterviewValues:
    """Read a submitted view."""
    return InterviewValues(
        **{block: answer(view, block, _ACTION).strip() for block, _, _ in _QUESTIONS}
    )


def interview_errors(values: InterviewValues) -> dict[str, str]:
    """Say that nothing was answered; empty when something was."""
    given = (getattr(values, block) for block, _, _ in _QUESTIONS)
    return {} if any(given) else {FIRST_BLOCK: "Answer at least one of the six, please."}


def _longest(block: str) -> int:
    return 3000 if block == "facts" else _LONGEST_ANSWER
