"""The second opinion: the model is asked where the rules are unsure, the post as material."""

import json
from typing import Any

from pydantic import BaseModel, Field, model_validator

from domain import Watch
from errors import ModelDeclined, ModelError
from prompts import load
from replies.drafting import Ask
from replies.injection.datamarking import fresh_boundary
from replies.text.wording import plain, without_invisible
from replies.triage.verdicts import Verdict

RULE = "second opinion"
_LONGEST_TEXT = 2000
_LONGEST_REASON = 160
_LONGEST_ANSWER_TOKENS = 120


class SecondOpinion(BaseModel):
    """What the model is asked for. No field acts."""

    worth_answering: bool = Field(description="true when the business should answer the post")
    needs_person: bool = Field(
        description="true when somebody may be in danger or a person must decide"
    )
    reason: str = Field(description="why, in one short plain sentence")

    @model_validator(mode="before")
    @classmethod
    def _with_what_is_missing(cls, given: Any) -> Any:
        """Fill in what a server that ignores the schema's rules may leave out."""
        return {"needs_person": False, **given} if isinstance(given, dict) else given


def second_opinion(text: str, watch: Watch | None, ask: Ask) -> Verdict | None:
    """Ask the model whether a post is worth answering; None when it gives no usable answer.

    Args:
        text: the post, unaltered: hostile input.
        watch: what caught it.
        ask: the model.
    """
    try:
        answered = ask(_messages(text, watch), SecondOpinion, max_tokens=_LONGEST_ANSWER_TOKENS)
    except ModelDeclined:
        # What a model will not even judge, a person looks at.
        return Verdict(worth_answering=True, why="The model would not judge it.", rule=RULE)
    except ModelError:
        return None
    opinion = answered.parsed
    if not isinstance(opinion, SecondOpinion):
        return None
    reason = " ".join(plain(opinion.reason).split())[:_LONGEST_REASON].strip()
    why = f"The model says: {reason}" if reason else "The model says so, without a reason."
    return Verdict(opinion.worth_answering or opinion.needs_person, why, RULE)


def _messages(text: str, watch: Watch | None) -> list[dict[str, str]]:
    """Return our rules as system and the post as a JSON string between two boundary lines."""
    caught_by = {"kind": watch.kind.value, "label": _clean(watch.label)} if watch else None
    material = json.dumps({"post": _clean(text), "caught_by": caught_by}, ensure_ascii=False)
    boundary = fresh_boundary(material)
    line = f"=== post {boundary} ==="
    return [
        {"role": "system", "content": load("triage").fill(boundary=boundary)},
        {"role": "user", "content": f"{line}\n{material}\n{line}"},
    ]


def _clean(text: str) -> str:
    return without_invisible(text[:_LONGEST_TEXT])
