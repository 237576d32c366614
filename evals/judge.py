"""A model as judge: five scores for a reply, and which of two replies it would rather get."""

import json
import secrets
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Field

from replies.drafting import Ask, TokenCount

_ROLE = Path(__file__).with_name("judge.md")
_LONGEST_ANSWER_TOKENS = 300


class Scores(BaseModel):
    """Each from 1 (not at all) to 5 (wholly)."""

    answers_the_person: int = Field(ge=1, le=5, description="answers what the post says or asks")
    specific: int = Field(ge=1, le=5, description="could not stand under any other post")
    invites: int = Field(ge=1, le=5, description="leaves the person something to say")
    no_pitch: int = Field(ge=1, le=5, description="5: sells nothing and praises nobody of ours")
    sounds_like_the_voice: int = Field(ge=1, le=5, description="sounds like the voice described")


class Preference(BaseModel):
    """Which of two replies the person would rather get."""

    better: Literal["A", "B", "tie"] = Field(description="the better reply, or tie")


class JudgeVerdict(StrEnum):
    """How the draft fared against the person's reply, over both orders."""

    WON = "won"
    TIED = "tied"
    LOST = "lost"


@dataclass
class Judge:
    """Asks a model for verdicts, and keeps what each answer cost."""

    ask: Ask
    spent: list[TokenCount] = field(default_factory=list)

    def scores(self, post: str, reply: str, voice: str) -> Scores:
        """Score one reply.

        Raises:
            ModelError: there is no usable answer.
        """
        task = "Score the reply from 1 to 5 on each line of the form."
        answered = self.ask(
            _messages(task, {"voice": voice, "post": post, "reply": reply}),
            Scores,
            max_tokens=_LONGEST_ANSWER_TOKENS,
        )
        self.spent.append(answered)
        return Scores.model_validate(answered.parsed)

    def against(self, post: str, drafted: str, persons: str, voice: str) -> JudgeVerdict:
        """Compare a draft with a person's reply, once in each order.

        Judges favour a place: what wins in only one order is a tie.

        Raises:
            ModelError: there is no usable answer.
        """
        first = self._better(post, drafted, persons, voice)
        second = self._better(post, persons, drafted, voice)
        if (first, second) == ("A", "B"):
            return JudgeVerdict.WON
        if (first, second) == ("B", "A"):
            return JudgeVerdict.LOST
        return JudgeVerdict.TIED

    def _better(self, post: str, first: str, second: str, voice: str) -> str:
        task = "Which reply would the person who wrote the post rather get: A, B, or is it a tie?"
        material = {"voice": voice, "post": post, "A": first, "B": second}
        answered = self.ask(
            _messages(task, material), Preference, max_tokens=_LONGEST_ANSWER_TOKENS
        )
        self.spent.append(answered)
        return Preference.model_validate(answered.parsed).better


def _messages(task: str, material: dict[str, str]) -> list[dict[str, str]]:
    """Put the task into the system message, and what others wrote between two boundaries."""
    boundary = secrets.token_hex(8)
    system = f"{_ROLE.read_text('utf-8').strip()}\n\nThe boundary is {boundary}.\n\n{task}"
    told = json.dumps(material, ensure_ascii=False, indent=1)
    user = f"{boundary}\n{told}\n{boundary}"
    return [{"role": "system", "content": system}, {"role": "user", "content": user}]
