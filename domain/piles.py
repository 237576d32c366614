"""Pile-ons: many people at once who say nearly the same, or answer one and the same post."""

from dataclasses import dataclass
from datetime import datetime

from domain.mentions import Mention
from domain.posts import Post


@dataclass(frozen=True, slots=True)
class Pile:
    """One pile-on.

    Attributes:
        id: its own.
        about: the post that is answered, or the first that was piled.
        replies: True where many answer one post, False where many say nearly the same.
        shown: how many of them had a card of their own before.
        number: how many are kept in it.
        left: how many were in it and are no more: brought back, or gone on X.
        people: how many different people wrote what ever was in it.
        began_at, last_at: aware, of the posts in it.
        newest: the newest of them, newest first.
        closed_by: who let them be.
        answered: the post that they answer, where it is known.
    """

    id: str
    about: str
    replies: bool
    shown: int
    number: int
    left: int
    people: int
    began_at: datetime
    last_at: datetime
    newest: tuple[Mention, ...] = ()
    closed_by: str | None = None
    answered: Post | None = None
