"""Answer a question from posts that were found, by the model: only what they tell, and which."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import BaseModel, Field

import patterns as re
from domain import Post
from errors import ModelError
from replies.drafting import Ask, TokenCount
from replies.numbered_posts import ask_about, number_posts
from replies.text.wording import plain

#: So many posts are read.
MOST_POSTS = 40
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
    cost: TokenCount | None = None
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
    numbered = number_posts(found, MOST_POSTS)
    if not numbered:
        return ModelAnswered()
    asked = json.dumps(plain(question)[:_LONGEST_QUESTION], ensure_ascii=False)
    messages, private = ask_about(
        "questions", numbered, account_handle, dated=True, after=f"\n\nThe team asks: {asked}"
    )
    try:
        answered = ask(messages, ModelReport, max_tokens=_MOST_TOKENS)
    except ModelError as error:
        return ModelAnswered(cost=error if isinstance(error, TokenCount) else None, trouble=error)
    report = answered.parsed
    if not isinstance(report, ModelReport):
        return ModelAnswered(cost=answered)
    text = " ".join(plain(report.answer).split())[:_LONGEST_ANSWER]
    posts = [numbered[n] for n in dict.fromkeys(report.posts) if n in numbered]
    leaked = any(secret in text for secret in private) or _ADDRESS.search(text)
    if not text or not posts or leaked:
        return ModelAnswered(cost=answered)
    return ModelAnswered(text, tuple(posts[:_MOST_SHOWN]), answered)
