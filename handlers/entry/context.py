"""What every handler has at hand, and who pressed, read from Slack's payload."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from clients.slack.client import SlackClient
from domain import LISTED, Prices
from handlers.entry.access import Access
from storage.db.database import Database
from storage.team.team_settings import Team

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class HandlerContext:
    """The parts that handlers work with. They record decisions and add jobs; no more."""

    db: Database
    slack: SlackClient
    access: Access
    team: Team
    account_handle: str
    model_on: bool
    nudge: Callable[[], None]
    practice: bool = False
    model_host: str = ""
    prices: Prices = LISTED

    @property
    def channel(self) -> str:
        """The id of the channel that Greenroom sits in."""
        return self.team.settings.channel

    @property
    def undo(self) -> timedelta:
        """How long an approval can be undone."""
        return self.team.settings.undo

    @property
    def timezone(self) -> ZoneInfo:
        """The business's time zone."""
        return self.team.settings.timezone

    def now(self) -> datetime:
        """Return the database's clock, aware UTC."""
        return self.db.now()


@dataclass(frozen=True, slots=True)
class Press:
    """One press of a button or choice, as far as handlers care; its view where it was in a modal."""

    member_id: str
    value: str
    trigger_id: str
    channel: str | None
    thread_ts: str | None
    view_id: str | None = None
    root_view_id: str | None = None

    @property
    def mention_id(self) -> str:
        """The mention that the button belongs to."""
        return self.value.split("|", 1)[0]

    @property
    def beside_id(self) -> str | None:
        """What the button stands beside, if its value says so: a suggestion or a reply."""
        _, _, beside_id = self.value.partition("|")
        return beside_id or None

    @property
    def suggestion_id(self) -> str | None:
        """The suggestion beside the button, if it has one."""
        return self.beside_id


def read_press(body: Body) -> Press:
    """Read a block_actions payload; missing parts become empty words, never an error."""
    action = _first(body.get("actions"))
    chosen, container = part_of(action, "selected_option"), part_of(body, "container")
    view = part_of(body, "view")
    in_modal = view.get("type") == "modal"
    channel = part_of(body, "channel").get("id") or container.get("channel_id")
    return Press(
        member_id=member_of(body),
        value=str(action.get("value") or chosen.get("value") or ""),
        trigger_id=str(body.get("trigger_id", "")),
        channel=str(channel) if channel else None,
        thread_ts=str(container.get("thread_ts") or "") or None,
        view_id=str(view.get("id", "")) or None if in_modal else None,
        root_view_id=str(view.get("root_view_id") or "") or None if in_modal else None,
    )


def member_of(body: Body) -> str:
    """Return the id of whoever did it; "" where Slack names nobody, whom nothing is allowed."""
    return str(part_of(body, "user").get("id", ""))


def view_of(body: Body) -> Mapping[str, Any]:
    """Return the view that was submitted; an empty one where there is none."""
    return part_of(body, "view")


def _first(parts: object) -> Mapping[str, Any]:
    return parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], dict) else {}


def part_of(whole: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return a part that has named parts itself; an empty one where there is none."""
    part = whole.get(name)
    return part if isinstance(part, dict) else {}
