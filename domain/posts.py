"""Posts on X, their authors, and what is listened to."""

from dataclasses import dataclass
from datetime import datetime

from domain.states import MentionKind


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on X. `handle` has no @ and keeps X's spelling."""

    id: str
    handle: str
    name: str
    picture_url: str | None = None
    followers: int | None = None
    muted: bool = False

    @classmethod
    def unseen(cls, person_id: str) -> "Person":
        """Return somebody of whom nothing is known but the id, which posts carry for free."""
        return cls(id=person_id, handle=f"id{person_id}", name="Unknown")

    @property
    def seen(self) -> bool:
        """Tell whether the handle is known."""
        return self.handle != f"id{self.id}"


@dataclass(frozen=True, slots=True)
class Post:
    """One post on X, its text unaltered.

    `mentioned_ids` holds the ids of the people named in the text, `quoted_author_id` the
    author of a quoted post: together they decide the lane. `linked` tells that it holds an
    address that leads away from X; a picture is none. `earlier_ids` are those that it had before
    its author edited it, oldest first: X gives each edition an id of its own.
    """

    id: str
    text: str
    author: Person
    created_at: datetime
    conversation_id: str | None = None
    in_reply_to_id: str | None = None
    in_reply_to_author_id: str | None = None
    quoted_id: str | None = None
    quoted_author_id: str | None = None
    repost: bool = False
    mentioned_ids: tuple[str, ...] = ()
    language: str | None = None
    linked: bool = False
    earlier_ids: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """The post's address on X."""
        return f"https://x.com/{self.author.handle}/status/{self.id}"


@dataclass(frozen=True, slots=True)
class Watch:
    """What is listened to. The watch of kind `mention` has the query ``""``.

    `cap` is the most posts a UTC day that the watch may read; `seen_id` the newest post id
    seen, `caught_at` when it last caught one; `channel` overrides the room's channel.
    """

    id: str
    kind: MentionKind
    label: str
    query: str = ""
    cap: int = 200
    channel: str | None = None
    paused: bool = False
    seen_id: str | None = None
    caught_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SharedHistory:
    """What we and a person said to each other before the post at hand."""

    their_posts: int = 0
    our_replies: int = 0
    last_at: datetime | None = None
    last_words: str | None = None
