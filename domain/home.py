"""What the Home tab shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.mentions import Mention
from domain.posts import Watch
from domain.states import MentionState
from domain.stats import Share
from domain.team import SettingChange, Spending, TeamSettings
from domain.voice import SavedVoice


@dataclass(frozen=True, slots=True)
class ServiceHealth:
    """When a service last answered and last failed, aware UTC, and the words of that failure."""

    worked_at: datetime | None = None
    failed_at: datetime | None = None
    sentence: str = ""

    @property
    def fails(self) -> bool:
        """Tell whether the last that was heard of it is a failure."""
        if self.failed_at is None:
            return False
        return self.worked_at is None or self.worked_at < self.failed_at


@dataclass(frozen=True, slots=True)
class Today:
    """The figures of the local day so far: both sides spoke in so many conversations."""

    conversations: int
    people: int
    answered: Share


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """Everything that the Home tab shows, read in one go.

    `waiting` holds who waits longest with the address of their card, where there is one;
    `caught_today` how many posts each watch caught on this local day, by its id; `notices`
    the sentences of what holds Greenroom up now; `may_set` whether the reader may change
    the settings; `replied` whether anybody was ever answered through Greenroom.
    """

    account_handle: str
    settings: TeamSettings
    counts: Mapping[MentionState, int] = field(default_factory=dict)
    waiting: tuple[tuple[Mention, str | None], ...] = ()
    watches: tuple[Watch, ...] = ()
    caught_today: Mapping[str, int] = field(default_factory=dict)
    saved: SavedVoice | None = None
    notices: tuple[str, ...] = ()
    today: Today | None = None
    spent: Mapping[str, Spending] = field(default_factory=dict)
    health: Mapping[str, ServiceHealth] = field(default_factory=dict)
    changes: tuple[SettingChange, ...] = ()
    may_set: bool = False
    model_on: bool = False
    replied: bool = False
    practice: bool = False
    model_host: str = ""
