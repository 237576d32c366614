"""A person as the team knows them: what was said, notes, and whether they want to be answered."""

from dataclasses import dataclass
from datetime import datetime

from domain.posts import Person, Post


@dataclass(frozen=True, slots=True)
class PersonNote:
    """What a member wrote down about a person; it never leaves Slack and our database."""

    id: str
    person_id: str
    text: str
    member_id: str
    member_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OptOut:
    """A person asked not to be answered, with which post, and who lifted it if anybody did."""

    person_id: str
    post_id: str
    at: datetime
    lifted_at: datetime | None = None
    lifted_by: str | None = None


@dataclass(frozen=True, slots=True)
class Met:
    """How we and a person stand.

    `answered` counts how often we answered what they said to us, `their_posts` what they said to
    us; both since records begin. `connection` is the word of docs/decisions/020.
    """

    first_at: datetime | None = None
    last_at: datetime | None = None
    their_posts: int = 0
    answered: int = 0
    connection: bool = False


@dataclass(frozen=True, slots=True)
class Conversation:
    """One conversation with a person: their posts and ours, oldest first."""

    posts: tuple[Post, ...]


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Everything the page about a person shows; `talks` are the newest, newest first."""

    person: Person
    met: Met
    talks: tuple[Conversation, ...] = ()
    more_talks: int = 0
    notes: tuple[PersonNote, ...] = ()
    opt_out: OptOut | None = None
    waiting_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person in the list of people."""

    person: Person
    met: Met
    waits: bool = False
