"""How the business talks and what it may state."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

_NAMED_FACT = re.compile(r"([^\W\d][\w -]{0,29}):\s+(\S.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that suggestions may state about the business.

    `name` lets an answer of the playbook call for it (`{hours}`); `checked_on` is the day on
    which somebody last made sure of it.
    """

    text: str
    name: str = ""
    checked_on: date | None = None

    @property
    def line(self) -> str:
        """The fact as one line, its name in front."""
        return f"{self.name}: {self.text}" if self.name else self.text

    @classmethod
    def from_line(cls, line: str, checked_on: date | None = None) -> "Fact":
        """Read a fact as people write it: `hours: 7 to 5` has a name, `Dogs are welcome` none."""
        named = _NAMED_FACT.fullmatch(line.strip())
        if named is None:
            return cls(line.strip(), "", checked_on)
        return cls(named.group(2).strip(), named.group(1).strip(), checked_on)


@dataclass(frozen=True, slots=True)
class VoiceRule:
    """A rule that the team adopted or wrote: `text` as the voice's page and the model read it.

    `trait` names the habit of replies/learning/__init__.py that it came from; "" when a person wrote
    it. `phrases` are words that a check minds from then on.
    """

    text: str
    trait: str = ""
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Voice:
    """How the business talks and the facts it may state; one version of it.

    `use` and `avoid` are words it likes and never uses; `signs` the initials that may close a
    reply; `hand_over` the topics (replies/drafting/hand_over.toml) that go to a person without a draft,
    None for all of them; `refund_limit` the refund, in the business's own currency, above
    which a person decides; `rules` what the team added, `silenced` the checks it does not
    want.
    """

    who: str = ""
    how: str = ""
    facts: tuple[Fact, ...] = ()
    avoid: tuple[str, ...] = ()
    use: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    hand_over: tuple[str, ...] | None = None
    refund_limit: Decimal | None = None
    rules: tuple[VoiceRule, ...] = ()
    silenced: tuple[str, ...] = ()
    version: int = 0


@dataclass(frozen=True, slots=True)
class SavedVoice:
    """One version of the voice: who saved it, when, and what it changed, in a few words."""

    voice: Voice
    member_id: str
    member_name: str
    changed: str
    at: datetime


class OfferOrigin(StrEnum):
    """What an offered voice was worked out from."""

    INTERVIEW = "interview"
    PAST_REPLIES = "past_replies"


class OfferState(StrEnum):
    """Where an offered voice stands; a newer offer replaces one that nobody decided on."""

    OPEN = "open"
    TAKEN = "taken"
    LEFT = "left"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class VoiceOffer:
    """A voice that waits for somebody's yes; nothing talks like it before.

    `voice` bears the version that it was worked out from; `evidence` are lines that say why,
    `asked_by` and `decided_by` ids of members.
    """

    id: str
    origin: OfferOrigin
    voice: Voice
    evidence: tuple[str, ...]
    asked_by: str
    at: datetime
    state: OfferState = OfferState.OPEN
    decided_by: str | None = None

    @property
    def written_by(self) -> tuple[str, ...]:
        """The members whose words are in it: whoever answered the interview."""
        return (self.asked_by,) if self.origin is OfferOrigin.INTERVIEW else ()
