"""The *Say how we talk* window: who the business is, its tone, its facts, its unwanted words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain import Fact, Voice
from views.actions import ViewId
from views.modals.form import answer, field, lines_of, modal, words_input


@dataclass(frozen=True, slots=True)
class VoiceValues:
    """The answers, in the shape of a voice without its version."""

    who: str
    how: str
    facts: tuple[str, ...]
    avoid: tuple[str, ...]

    def voice(self, version: int = 0) -> Voice:
        """Return these answers as a voice."""
        return Voice(
            self.who,
            self.how,
            tuple(Fact.from_line(line) for line in self.facts),
            self.avoid,
            version=version,
        )


def voice_modal(voice: Voice) -> dict[str, Any]:
    """Build the window, filled with what is known."""
    who = words_input("words", value=voice.who, example="A small coffee shop in Leeds, two of us")
    how = words_input(
        "words", value=voice.how, example="Dry, kind, short. British spelling.", lines=True
    )
    facts = words_input(
        "words",
        value="\n".join(fact.line for fact in voice.facts),
        example="Open 8 to 5, Sundays 9 to 4\nDogs are welcome",
        lines=True,
    )
    avoid = words_input(
        "words", value="\n".join(voice.avoid), example="folks\nsuper excited", lines=True
    )
    return modal(
        ViewId.VOICE,
        title="How we talk",
        submit="Save",
        blocks=[
            field("who", "Who we are", who, optional=True),
            field("how", "How we talk", how, optional=True),
            field(
                "facts",
                "Facts we may state, one a line",
                facts,
                hint="Suggestions state nothing about the business that is not written here.",
                optional=True,
            ),
            field("avoid", "Words to avoid, one a line", avoid, optional=True),
        ],
    )


def read_voice(view: Mapping[str, Any]) -> VoiceValues:
    """Read a submitted view."""
    return VoiceValues(
        who=answer(view, "who", "words").strip(),
        how=answer(view, "how", "words").strip(),
        facts=lines_of(answer(view, "facts", "words")),
        avoid=lines_of(answer(view, "avoid", "words")),
    )
