"""Who may decide: one question, one answer, fail closed.

SLACK_APPROVERS names members and user groups; empty, it means every full member of the
channel. Guests, people of other companies, bots and removed members never may.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from clients.slack.client import SlackClient
from domain import MemberProfile
from errors import NotAllowed, SlackError
from views.team.settings_texts import no_channel_yet, not_an_admin, not_an_exporter

log = logging.getLogger("greenroom.access")

#: How long what Slack said of a member is believed, in seconds.
_BELIEVED_FOR = 60.0


class Right(StrEnum):
    """What somebody has to be allowed for a way in. handlers/entry/permissions.py says which."""

    DECIDE = "decide"
    SET = "set"
    #: To take everything along: the workspace's owners and admins, whoever approves.
    EXPORT = "export"
    #: Nothing is done or shown by it.
    ANYONE = "anyone"
    #: Nothing comes in by it.
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Member:
    """A Slack person who may decide."""

    id: str
    name: str


#: Returns the member of an id if they have one certain right; raises NotAllowed.
May = Callable[[str], Member]


class Access:
    """Answer who may decide, from Slack, with a short memory."""

    def __init__(
        self,
        slack: SlackClient,
        *,
        circle_of: Callable[[], tuple[str, tuple[str, ...]]],
        team_id: str,
    ) -> None:
        """Make the one who answers; `circle_of` gives the channel's id and the approvers now."""
        self._slack = slack
        self._circle_of = circle_of
        self.team_id = team_id
        self._lock = threading.Lock()
        self._profiles: dict[str, tuple[float, MemberProfile]] = {}
        self._circle: tuple[float, frozenset[str]] | None = None

    def who_has(self, right: Right) -> May:
        """Return the question whether a member has a right; nobody has one that is not asked for.

        Raises:
            ValueError: the right is not one that a member can have.
        """
        if right is Right.DECIDE:
            return self.member_who_may_decide
        if right is Right.SET:
            return self.member_who_may_set
        if right is Right.EXPORT:
            return self.member_who_may_export
        raise ValueError(f"nobody is asked for the right {right}")

    def member_with(self, right: Right, member_id: str) -> Member:
        """Return the member's id and name, if they have a right.

        Raises:
            NotAllowed: with a kind sentence for the person; also when Slack does not say.
        """
        return self.who_has(right)(member_id)

    def member_who_may_decide(self, member_id: str) -> Member:
        """Return the member's id and name.

        Raises:
            NotAllowed: with a kind sentence for the person; also when Slack does not say.
        """
        try:
            profile = self._profile(member_id)
            in_circle = member_id in self.circle()
        except SlackError as error:
            log.warning("access of member=%s not known: %s", member_id, error.for_person())
            raise NotAllowed(
                "Slack did not say whether you may decide here, so nothing was done.",
                "Press again in a moment.",
            ) from error
        if self._stranger(profile):
            raise NotAllowed(
                "Only the team's own full members can decide here; guests and people of other "
                "companies can read along."
            )
        if not in_circle and not self._circle_of()[0]:
            raise NotAllowed(no_channel_yet())
        if not in_circle:
            raise NotAllowed("Thank you! Only the team's approvers can decide on replies.")
        return Member(profile.id, profile.name)

    def member_who_may_set(self, member_id: str) -> Member:
        """Return the member's id and name, if they may change the team's settings.

        Those are the workspace's owners and admins, and the approvers where some are named.

        Raises:
            NotAllowed: with a kind sentence for the person; also when Slack does not say.
        """
        try:
            profile = self._profile(member_id)
            named = self.listed_in_settings and member_id in self.circle()
        except SlackError as error:
            log.warning("admin=%s not known: %s", member_id, error.for_person())
            raise NotAllowed(
                "Slack did not say whether you may change settings, so nothing was done.",
                "Press again in a moment.",
            ) from error
        if self._stranger(profile) or not (profile.admin or named):
            raise NotAllowed(not_an_admin())
        return Member(profile.id, profile.name)

    def member_who_may_export(self, member_id: str) -> Member:
        """Return the member's id and name, if they are an owner or admin of the workspace.

        Raises:
            NotAllowed: with a kind sentence for the person; also when Slack does not say.
        """
        try:
            profile = self._profile(member_id)
        except SlackError as error:
            log.warning("admin=%s not known: %s", member_id, error.for_person())
            raise NotAllowed(
                "Slack did not say whether you are an admin, so nothing was exported.",
                "Try again in a moment.",
            ) from error
        if self._stranger(profile) or not profile.admin:
            raise NotAllowed(not_an_exporter())
        return Member(profile.id, profile.name)

    def circle(self) -> frozenset[str]:
        """Return the ids of those who may decide as far as approvers and channel say."""
        with self._lock:
            kept = self._circle
        if kept is not None and time.monotonic() - kept[0] < _BELIEVED_FOR:
            return kept[1]
        circle = self._ask_circle()
        with self._lock:
            self._circle = (time.monotonic(), circle)
        return circle

    @property
    def listed_in_settings(self) -> bool:
        """Tell whether the settings name who may decide."""
        return bool(self._circle_of()[1])

    def forget(self) -> None:
        """Believe nothing any more: somebody joined, left or changed."""
        with self._lock:
            self._profiles.clear()
            self._circle = None

    def _ask_circle(self) -> frozenset[str]:
        channel, approvers = self._circle_of()
        if not approvers:
            # Until a channel is chosen, nobody decides; admins choose it.
            return self._slack.channel_members(channel) if channel else frozenset()
        ids: set[str] = set()
        for approver in approvers:
            if approver.startswith("S"):
                ids |= self._slack.group_members(approver)
            else:
                ids.add(approver)
        return frozenset(ids)

    def _profile(self, member_id: str) -> MemberProfile:
        with self._lock:
            kept = self._profiles.get(member_id)
        if kept is not None and time.monotonic() - kept[0] < _BELIEVED_FOR:
            return kept[1]
        profile = self._slack.member(member_id)
        with self._lock:
            self._profiles[member_id] = (time.monotonic(), profile)
        return profile

    def _stranger(self, profile: MemberProfile) -> bool:
        return (
            profile.guest
            or profile.outsider
            or profile.bot
            or profile.deleted
            or profile.team_id != self.team_id
        )
