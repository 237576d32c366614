"""What may be said: suggestions with their checks, and ready answers."""

from dataclasses import dataclass
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
    of, if there was one.
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


@dataclass(frozen=True, slots=True)
class Draft:
    """A text that a drafter proposes, before it is stored as a suggestion."""

    text: str
    source: Source
    move: str = ""
    prompt_version: str | None = None


@dataclass(frozen=True, slots=True)
class PlaybookAnswer:
    """One of the team's own ready answers. `cues` are words that call for the occasion."""

    occasion: str
    text: str
    cues: tuple[str, ...] = ()
