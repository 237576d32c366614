"""The members of the team and how they work."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class MemberProfile:
    """A Slack person as far as access needs to know. Unknown flags count as not allowed.

    `admin` tells whether they run the workspace (its owners and admins).
    """

    id: str
    name: str
    team_id: str
    guest: bool
    outsider: bool
    bot: bool = False
    deleted: bool = False
    tz: str | None = None
    admin: bool = False


@dataclass(frozen=True, slots=True)
class Hours:
    """A span of the local day; it passes midnight where it ends before it begins."""

    begins: time
    ends: time


#: From Monday to Sunday; None is a day off.
Week = tuple[Hours | None, ...]
_USUAL_WEEK: Week = (Hours(time(9), time(18)),) * 7


@dataclass(frozen=True, slots=True)
class TeamSettings:
    """How the team wants Greenroom to work: what the environment says, then what Slack changed.

    `approvers` are ids of members and user groups, empty for every full member of the channel;
    `quiet` the hours in which no card calls anybody; `business` the hours that waiting times and
    reminders are counted in; `remind_after` how much of them somebody who took a mention
    has; `escalate_to` the channel for what others should see; `second_approver` says that
    nobody sends words of their own without another member's approval; `paused_by` names who
    paused everything; `forced` the names of the fields that the environment sets.
    """

    channel: str
    timezone: ZoneInfo
    digest_at: time
    undo: timedelta
    poll_every: timedelta
    x_budget_micro: int
    model_budget_micro: int
    approvers: tuple[str, ...] = ()
    quiet: Hours | None = None
    business: Week = _USUAL_WEEK
    remind_after: timedelta = timedelta(hours=2)
    escalate_to: str | None = None
    second_approver: bool = False
    paused_by: str | None = None
    forced: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Spending:
    """What a service cost, in micro-dollars: this UTC day by purpose, and this UTC month.

    `held_micro` is set aside today for calls whose end is not known yet; `day_micro` what a day cost
    in the last full week, None where the ledger is younger.
    """

    budget_micro: int
    by_purpose: tuple[tuple[str, int], ...]
    month_micro: int
    held_micro: int = 0
    day_micro: int | None = None

    @property
    def today_micro(self) -> int:
        """What it cost today."""
        return sum(micro for _, micro in self.by_purpose)

    @property
    def left_micro(self) -> int:
        """What it may still cost today; never below nothing."""
        return max(0, self.budget_micro - self.today_micro - self.held_micro)


@dataclass(frozen=True, slots=True)
class UsageDay:
    """How many posts were read on a UTC day, as X counts its project and as our ledger does."""

    day: date
    by_x: int
    by_us: int


@dataclass(frozen=True, slots=True)
class SettingChange:
    """Who changed which setting, when, from what to what, in words for people."""

    name: str
    before: str
    after: str
    member_id: str
    member_name: str
    at: datetime
