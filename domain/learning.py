"""What the team's own edits and past replies show."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.voice import VoiceRule


@dataclass(frozen=True, slots=True)
class TakenText:
    """A suggestion that a member decided on, and the text that was taken in its place.

    The two are the same when it was kept as it was. `person` is the display name of whom it
    answers; `traits` what the edit did (replies/learning/traits.py).
    """

    before: str
    after: str
    at: datetime
    person: str = ""
    traits: frozenset[str] = frozenset()


class ProposalState(StrEnum):
    """Where a proposed rule stands; one is open at a time."""

    OPEN = "open"
    ADOPTED = "adopted"
    DROPPED = "dropped"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A rule that the team's own edits speak for, until somebody adopts or drops it.

    `trait` names the habit (replies/learning/traits.py), `told` says in one sentence what was seen,
    `pairs` show it: suggestions, each with the text that the team made of it.
    """

    id: str
    trait: str
    rule: VoiceRule
    told: str
    pairs: tuple[tuple[str, str], ...]
    at: datetime
    state: ProposalState = ProposalState.OPEN
    decided_at: datetime | None = None
    member_id: str | None = None
    member_name: str | None = None


@dataclass(frozen=True, slots=True)
class PastReply:
    """One of our own replies on X; `their_text` is "" where the post above is not known.

    `answered_back` tells that somebody wrote once more below it.
    """

    id: str
    text: str
    their_text: str = ""
    answered_back: bool = False
