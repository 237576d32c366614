"""How the account does: what is counted, over what time, and what it comes to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

#: With a connection we went back and forth twice, so far apart or more.
APART = timedelta(hours=12)
#: How far back connections are counted.
CONNECTION_DAYS = 90
#: How long a reply of ours has had to be answered before it counts as not answered.
TIME_TO_ANSWER_BACK = timedelta(days=1)


class TalkKind(StrEnum):
    """What a post of our own is: an answer to somebody else, or about ourselves."""

    REPLY = "reply"
    PLAIN = "plain"
    LINK = "link"


class Outcome(StrEnum):
    """What became of a mention; set aside holds what is not worth an answer."""

    ANSWERED = "answered"
    OPEN = "open"
    SKIPPED = "skipped"
    ASIDE = "aside"


class Choice(StrEnum):
    """What a member made of the suggestions for a mention."""

    AS_WAS = "as_was"
    EDITED = "edited"
    SKIPPED = "skipped"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time, aware UTC; the end is not in it."""

    begin: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Period:
    """What is asked about: `days` local days until now, and as many before them.

    `ninety` and `ninety_before` are the windows of connections at the ends of the two;
    `bars` cut the time into equal parts of `bar_days` local days, with short names.
    """

    days: int
    now: Span
    before: Span
    ninety: Span
    ninety_before: Span
    bars: tuple[tuple[str, Span], ...]
    bar_days: int


@dataclass(frozen=True, slots=True)
class SpanCounts:
    """What storage counts over one span.

    `moves` has, for each, how many replies were answered and how many there were; `waits` how
    many answers took how many minutes of business hours.
    """

    kinds: Mapping[TalkKind, int] = field(default_factory=dict)
    by_hand: int = 0
    answered_back: int = 0
    could_be_answered: int = 0
    moves: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    people: int = 0
    came_back: int = 0
    connections: int = 0
    conversations: int = 0
    rounds: int = 0
    longer: int = 0
    outcomes: Mapping[Outcome, int] = field(default_factory=dict)
    choices: Mapping[Choice, int] = field(default_factory=dict)
    waits: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Followers:
    """How many follow the account, when that was read, and the change since an earlier reading.

    That one is the last from before the period; without one neither is known.
    """

    count: int
    at: datetime
    change: int | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """All that storage counts for a period.

    `bars` holds replies and posts about ourselves for each bar. `posts_since` is when the record
    of our own posts begins, `listening_since` that of what people wrote; None: not known yet.
    """

    now: SpanCounts
    before: SpanCounts
    bars: tuple[tuple[int, int], ...] = ()
    followers: Followers | None = None
    posts_since: datetime | None = None
    listening_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many; `percent` is None where they are too few to say."""

    part: int
    of: int
    percent: int | None


@dataclass(frozen=True, slots=True)
class Talk:
    """Our own posts by kind; `of_six` scales them to six posts, None where they are too few."""

    replies: int
    plain: int
    linked: int
    by_hand: int
    of_six: tuple[float, float, float] | None


@dataclass(frozen=True, slots=True)
class Stats:
    """The figures over one span, each with as much meaning as its numbers carry.

    Waits are minutes of business hours; `rounds` is the average of our replies in a conversation.
    """

    connections: int
    people: int
    came_back: int
    talk: Talk
    answered: Share
    still_open: int
    let_go: int
    median_wait: int | None
    answered_in: tuple[tuple[str, int], ...]
    answered_back: Share
    rounds: float | None
    conversations: int
    longer: int
    moves: tuple[tuple[str, Share], ...]
    choices: Mapping[Choice, int]


@dataclass(frozen=True, slots=True)
class AccountStats:
    """How the account did in a period and in the one before it; `before` None: not known.

    `posts_since` and `listening_since` are set where a record begins inside the period.
    """

    handle: str
    period: Period
    now: Stats
    before: Stats | None
    bars: tuple[tuple[str, int, int], ...]
    followers: Followers | None = None
    posts_since: datetime | None = None
    listening_since: datetime | None = None
    practice: bool = False
