"""What a message in a card's thread is, where the rules are not sure: the model is asked."""

import json
from typing import Literal

from pydantic import BaseModel, Field

from errors import ModelError
from prompts import load
from replies.drafting import Ask, ModelUse
from replies.steering.understanding import MessageKind, SteeringWish, Wish
from replies.text.wording import plain

_LONGEST_WORDS = 600
_MOST_TOKENS = 60
_KINDS = {"steer": MessageKind.STEER, "why": MessageKind.WHY, "who": MessageKind.WHO}


class Intent(BaseModel):
    """What one message is."""

    kind: Literal["steer", "why", "who", "none"] = Field(description="what the message is")


def by_the_model(asked: SteeringWish, ask: Ask) -> tuple[SteeringWish, ModelUse | None]:
    """Return what a message wants, as the model reads it; unchanged when it does not know."""
    words = json.dumps(plain(asked.words)[:_LONGEST_WORDS], ensure_ascii=False)
    messages = [
        {"role": "system", "content": load("thread").text},
        {"role": "user", "content": f"The message: {words}"},
    ]
    try:
        answered = ask(messages, Intent, max_tokens=_MOST_TOKENS)
    except ModelError:
        return asked, None
    cost = ModelUse(answered.model, answered.input_tokens, answered.output_tokens)
    kind = _KINDS.get(answered.parsed.kind)
    if kind is None:
        return asked, cost
    wishes = ((Wish.OTHER, asked.words),) if kind is MessageKind.STEER else ()
    return SteeringWish(kind, asked.words, wishes, to_us=True), cost
