"""What may be said: suggestions with their checks, and ready answers."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class CheckLevel(StrEnum):
    """How much a check minds: stop (may not go out), mind (look twice), fine."""

    FINE = "fine"
    MIND = "mind"
    STOP = "stop"


class Move(StrEnum):
    """What a suggestion does, in a word or two: each one on a card does something else."""

    ANSWER = "answer"
    MAKE_RIGHT = "make right"
    ASK_BACK = "ask back"
    SHARE = "share something"
    THANK = "thank"
    LAUGH = "laugh along"


class Advice(StrEnum):
    """What Greenroom advises in place of a reply, or beside the ideas for one."""

    BETTER_NOT = "better_not"
    NEEDS_PERSON = "needs_person"
    HOSTILE = "hostile"


class Source(StrEnum):
    """Where a suggestion's words came from."""

    MODEL = "model"
    PLAYBOOK = "playbook"
    APPROVED_BEFORE = "approved_before"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class Check:
    """One verdict on a text: `name` of the rule, its level, and a sentence quoting the words."""

    name: str
    level: CheckLevel
    why: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One drafted text. `round` counts the drafts of its mention, `place` the order in a round.

    What a member wrote has their id and name, and in `from_id` the suggestion that it was made
    of, if there was one. `words_of` has the ids of the members whose words are in the text: none
    where they are Greenroom's own, None where nobody knows whose they are.
    """

    id: str
    mention_id: str
    round: int
    place: int
    text: str
    source: Source
    move: str = ""
    checks: tuple[Check, ...] = ()
    prompt_version: str | None = None
    created_at: datetime | None = None
    member_id: str | None = None
    member_name: str | None = None
    from_id: str | None = None
    words_of: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A text that a drafter proposes, before it is stored as a suggestion.

    `words_of` is as a suggestion's: a drafter that does not say whose words they are says None,
    and the text needs a second person where the team wants that.
    """

    text: str
    source: Source
    move: str = ""
    prompt_version: str | None = None
    words_of: frozenset[str] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class PlaybookAnswer:
    """One of the team's own ready answers. `cues` are words that call for the occasion.

    `by` has the ids of the members who wrote it or changed it; nobody wrote what Greenroom
    comes with.
    """

    occasion: str
    text: str
    cues: tuple[str, ...] = ()
    by: frozenset[str] = field(default=frozenset(), compare=False)


@dataclass(frozen=True, slots=True)
class TheirWords:
    """Words that members wrote, wherever they wrote them, and who; None where nobody knows.

    `short` tells that even a few of them count: a fact is often three words long.
    """

    text: str
    members: frozenset[str] | None
    short: bool = False
