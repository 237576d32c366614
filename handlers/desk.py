"""What every handler has at hand, and who pressed, read from Slack's payload."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from clients.slack import SlackDoor
from domain import LISTED, Prices
from handlers.access import Access
from storage.database import Database
from storage.team_settings import Team

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Desk:
    """The parts that handlers work with. They record decisions and add jobs; no more."""

    db: Database
    slack: SlackDoor
    access: Access
    team: Team
    account_handle: str
    model_on: bool
    nudge: Callable[[], None]
    practice: bool = False
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
    def suggestion_id(self) -> str | None:
        """The suggestion beside the button, if it has one."""
        _, _, suggestion_id = self.value.partition("|")
        return suggestion_id or None


def read_press(body: Body) -> Press:
    """Read a block_actions payload; missing parts become empty words, never an error."""
    action = (body.get("actions") or [{}])[0]
    chosen = action.get("selected_option") or {}
    container = body.get("container") or {}
    view = body.get("view") or {}
    in_modal = view.get("type") == "modal"
    return Press(
        member_id=str((body.get("user") or {}).get("id", "")),
        value=str(action.get("value") or chosen.get("value") or ""),
        trigger_id=str(body.get("trigger_id", "")),
        channel=(body.get("channel") or {}).get("id") or container.get("channel_id"),
        thread_ts=container.get("thread_ts"),
        view_id=str(view["id"]) if in_modal else None,
        root_view_id=str(view.get("root_view_id") or "") or None if in_modal else None,
    )
