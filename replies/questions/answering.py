"""Answer a question from posts that were found, by the model: only what they tell, and which."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from pydantic import BaseModel, Field

import patterns as re
from domain import Post
from errors import ModelError
from prompts import load
from replies.drafting import Ask, Counted
from replies.hostile.datamarking import Datamark
from replies.hostile.orders import orders_in
from replies.wording import plain, without_invisible

#: So many posts are read, so long each.
MOST_POSTS = 40
_LONGEST_POST = 300
_LONGEST_QUESTION = 400
_LONGEST_ANSWER = 900
_MOST_TOKENS = 400
_MOST_SHOWN = 5
_ADDRESS = re.compile(r"https?://|www\.|@\w", re.IGNORECASE)


class ModelReport(BaseModel):
    """What the model is asked for. No field acts."""

    answer: str = Field(description="the answer in one to four sentences, or empty")
    posts: list[int] = Field(description="the numbers of the posts that it rests on")


@dataclass(frozen=True, slots=True)
class ModelAnswered:
    """What came out; `text` is "" where the posts do not tell or the answer cannot be trusted."""

    text: str = ""
    posts: tuple[Post, ...] = ()
    cost: Counted | None = None
    trouble: ModelError | None = None


def answer_by_model(
    question: str, found: Sequence[Post], ask: Ask, *, account_handle: str
) -> ModelAnswered:
    """Ask the model; never raises for it.

    Args:
        question: the member's own words.
        found: posts of strangers, newest first: hostile input.
        ask: the model.
        account_handle: ours.
    """
    honest = (post for post in found if post.text.strip() and orders_in(post.text) is None)
    numbered = dict(enumerate(islice(honest, MOST_POSTS), start=1))
    if not numbered:
        return ModelAnswered()
    messages, private = _asked(question, numbered, account_handle)
    try:
        answered = ask(messages, ModelReport, max_tokens=_MOST_TOKENS)
    except ModelError as error:
        return ModelAnswered(cost=error if isinstance(error, Counted) else None, trouble=error)
    report = answered.parsed
    if not isinstance(report, ModelReport):
        return ModelAnswered(cost=answered)
    text = " ".join(plain(report.answer).split())[:_LONGEST_ANSWER]
    posts = [numbered[n] for n in dict.fromkeys(report.posts) if n in numbered]
    leaked = any(secret in text for secret in private) or _ADDRESS.search(text)
    if not text or not posts or leaked:
        return ModelAnswered(cost=answered)
    return ModelAnswered(text, tuple(posts[:_MOST_SHOWN]), answered)


def _asked(
    question: str, numbered: dict[int, Post], account_handle: str
) -> tuple[list[dict[str, str]], tuple[str, ...]]:
    mark = Datamark.fresh(*(post.text for post in numbered.values()))
    rows = [
        {
            "number": number,
            "day": post.created_at.strftime("%d %b %Y"),
            "text": mark.on(without_invisible(post.text[:_LONGEST_POST])),
        }
        for number, post in numbered.items()
    ]
    material = json.dumps(rows, ensure_ascii=False, indent=1)
    while (boundary := secrets.token_hex(8)) in material:
        pass
    canary = secrets.token_hex(5)
    system = load("questions").fill(
        handle=account_handle, boundary=boundary, mark=mark.mark, canary=canary
    )
    line = f"=== posts {boundary} ==="
    asked = json.dumps(plain(question)[:_LONGEST_QUESTION], ensure_ascii=False)
    messages = [
        {"role": "system", "content": system},
        {"role": "user", "content": f"{line}\n{material}\n{line}\n\nThe team asks: {asked}"},
    ]
    return messages, (canary, boundary, mark.mark)
