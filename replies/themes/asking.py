"""What is asked of the model about a day's posts: numbered, marked as material."""

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import BaseModel, Field

from domain import Post
from replies.numbered_posts import ask_about, number_posts

#: So many posts are read: some 6,000 tokens at most.
MOST_POSTS = 60


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
    numbered = number_posts(posts, MOST_POSTS)
    messages, private = ask_about("themes", numbered, account_handle)
    return ThemesQuestion(messages, numbered, private)
