"""What is asked of the model about a day's posts: numbered, marked as material."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import BaseModel, Field

from domain import Post
from prompts import load
from replies.hostile.datamarking import Datamark
from replies.hostile.orders import orders_in
from replies.wording import without_invisible

#: So many posts are read, so long each: some 6,000 tokens at most.
MOST_POSTS = 60
_LONGEST_POST = 300


class ModelTheme(BaseModel):
    """One matter that several people talked about."""

    title: str = Field(description="the matter in two to five plain words")
    posts: list[int] = Field(description="the numbers of its posts, the two best first")


class ModelThemes(BaseModel):
    """What the model is asked for. No field acts."""

    themes: list[ModelTheme] = Field(description="up to three themes, the largest first")


@dataclass(frozen=True, slots=True)
class ThemesQuestion:
    """One question, the posts by the numbers they have in it, and what must not come back."""

    messages: list[dict[str, str]]
    posts: dict[int, Post]
    private: tuple[str, ...]


def question_for(posts: Sequence[Post], account_handle: str) -> ThemesQuestion:
    """Return what is asked: our rules as system, the posts as user.

    What looks like an order to a machine is left out; authors' names are not sent at all.
    """
    honest = [post for post in posts if post.text.strip() and orders_in(post.text) is None]
    numbered = dict(enumerate(honest[:MOST_POSTS], start=1))
    mark = Datamark.fresh(*(post.text for post in numbered.values()))
    rows = [
        {"number": number, "text": mark.on(without_invisible(post.text[:_LONGEST_POST]))}
        for number, post in numbered.items()
    ]
    material = json.dumps(rows, ensure_ascii=False, indent=1)
    while (boundary := secrets.token_hex(8)) in material:
        pass
    canary = secrets.token_hex(5)
    system = load("themes").fill(
        handle=account_handle, boundary=boundary, mark=mark.mark, canary=canary
    )
    line = f"=== posts {boundary} ==="
    messages = [
        {"role": "system", "content": system},
        {"role": "user", "content": f"{line}\n{material}\n{line}"},
    ]
    return ThemesQuestion(messages, numbered, (canary, boundary, mark.mark))
