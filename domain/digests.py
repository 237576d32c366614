"""The daily summary: what it tells of, by ids and counts, and what it is shown from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from domain.learning import Proposal
from domain.mentions import Mention
from domain.posts import Person, Post
from domain.stats import AccountStats, Span


class DigestKind(StrEnum):
    """How long a time a summary tells of."""

    DAILY = "daily"
    WEEKLY = "weekly"


class DigestState(StrEnum):
    """Where a summary stands; `left_out` is that of a day on which Greenroom was paused."""

    MADE = "made"
    POSTED = "posted"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Theme:
    """What several people wrote about: `posts` are two of them, of `number` posts in all."""

    title: str
    post_ids: tuple[str, ...]
    number: int


@dataclass(frozen=True, slots=True)
class MemberDay:
    """What one member decided: suggestions sent as they were, edited, by hand, and skipped."""

    member_id: str
    member_name: str
    approved: int = 0
    edited: int = 0
    by_hand: int = 0
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Mood:
    """How many posts have words of praise or thanks, and of complaint: now, and in the week before.

    `posts` and `week_posts` are how many were looked at; the week's seven days end where the
    summary's time begins.
    """

    kind: int
    complaints: int
    posts: int
    week_kind: int = 0
    week_complaints: int = 0
    week_posts: int = 0


class ToDoKind(StrEnum):
    """The one thing that a summary asks for."""

    CONFIRM = "confirm"
    ANSWER = "answer"
    POST_BY_HAND = "post_by_hand"
    THANK = "thank"
    CHANGE_WATCH = "change_watch"
    MEET = "meet"


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to do: `subject` is the id of a mention, or the name of a watch.

    `number` of `of` are the posts of that watch which were set aside.
    """

    kind: ToDoKind
    subject: str
    number: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class DigestFacts:
    """What a summary tells, without anybody's words: those are read where it is shown.

    `wrote` counts people and `caught` their posts, `answered` mentions that got an answer;
    `waiting` names the mentions that wait longest of `waiting_all`. `came_back` has for each
    person the mention they wrote, `new_face` the mention of one. Costs in micro-dollars.
    """

    span: Span
    wrote: int = 0
    caught: int = 0
    answered: int = 0
    waiting: tuple[str, ...] = ()
    waiting_all: int = 0
    themes: tuple[Theme, ...] = ()
    themes_by_model: bool = False
    members: tuple[MemberDay, ...] = ()
    seen_by_hand: int = 0
    came_back: tuple[str, ...] = ()
    came_back_all: int = 0
    new_face: str | None = None
    mood: Mood | None = None
    aside: int = 0
    costs: Mapping[str, int] = field(default_factory=dict)
    to_do: ToDo | None = None
    proposal_id: str | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class StoredDigest:
    """The summary of one local date. There is one of a kind for each date, whatever happens."""

    day: date
    kind: DigestKind
    state: DigestState
    facts: DigestFacts
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Digest:
    """Everything a summary shows; `links` leads from a mention's id to its card."""

    day: date
    facts: DigestFacts
    mentions: Mapping[str, Mention] = field(default_factory=dict)
    posts: Mapping[str, Post] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    proposal: Proposal | None = None
    week: AccountStats | None = None
    practice: bool = False
    so_far: bool = False


@dataclass(frozen=True, slots=True)
class WatchCatch:
    """What a keyword watch caught lately, and how much of it was set aside."""

    label: str
    caught: int
    aside: int


@dataclass(frozen=True, slots=True)
class DayRecord:
    """What storage holds of a time: what came in, who waits, who was met before.

    `caught` is newest first; `known` holds the ids of people with whom we went back and forth
    before; `new` those who had never written before.
    """

    caught: tuple[Mention, ...] = ()
    before: tuple[str, ...] = ()
    waiting: tuple[Mention, ...] = ()
    waiting_all: int = 0
    known: frozenset[str] = frozenset()
    new: tuple[Person, ...] = ()
    members: tuple[MemberDay, ...] = ()
    answered: int = 0
    seen_by_hand: int = 0
    aside: int = 0
    costs: Mapping[str, int] = field(default_factory=dict)
    watches: tuple[WatchCatch, ...] = ()
    proposal_id: str | None = None
