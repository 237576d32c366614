"""What the team set in Slack: read over what the environment says, and each change recorded."""

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from domain import Hours, SettingChange, TeamSettings
from storage.db.database import Database, Transaction
from storage.db.ids import new_id
from storage.db.values import read_time


def _hours(value: Any) -> Hours | None:
    if value is None:
        return None
    begins, ends = value
    return Hours(time.fromisoformat(begins), time.fromisoformat(ends))


def _hours_text(hours: Hours | None) -> Any:
    return None if hours is None else [f"{hours.begins:%H:%M}", f"{hours.ends:%H:%M}"]


def _same(value: Any) -> Any:
    return value


#: For each field that Slack may set: how JSON becomes its value, and its value JSON.
_FORMS: Mapping[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    "channel": (_same, _same),
    "timezone": (ZoneInfo, str),
    "digest_at": (time.fromisoformat, lambda at: f"{at:%H:%M}"),
    "undo": (lambda s: timedelta(seconds=s), timedelta.total_seconds),
    "poll_every": (lambda s: timedelta(seconds=s), timedelta.total_seconds),
    "x_budget_micro": (_same, _same),
    "model_budget_micro": (_same, _same),
    "approvers": (tuple, list),
    "quiet": (_hours, _hours_text),
    "business": (
        lambda week: tuple(_hours(day) for day in week),
        lambda week: [_hours_text(day) for day in week],
    ),
    "remind_after": (lambda s: timedelta(seconds=s), timedelta.total_seconds),
    "escalate_to": (_same, _same),
    "second_approver": (_same, _same),
    "paused_by": (_same, _same),
}


def team_settings(tx: Transaction, base: TeamSettings) -> TeamSettings:
    """Return `base`, which the environment says, with what the team set over it.

    A field that the environment forces stays as it is there.
    """
    chosen = {
        row["name"]: _FORMS[row["name"]][0](json.loads(row["value"]))
        for row in tx.query("SELECT name, value FROM team_settings")
        if row["name"] in _FORMS and row["name"] not in base.forced
    }
    return replace(base, **chosen)


def set_team_setting(
    tx: Transaction,
    name: str,
    value: Any,
    *,
    told: tuple[str, str],
    member_id: str,
    member_name: str,
    at: datetime,
) -> None:
    """Store a field's new value and who set it; `told` says before and after in words.

    Raises:
        KeyError: no field of that name can be set in Slack.
    """
    text = json.dumps(_FORMS[name][1](value))
    tx.execute(
        "INSERT INTO team_settings (name, value) VALUES (:name, :value)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        {"name": name, "value": text},
    )
    before, after = told
    tx.execute(
        "INSERT INTO setting_changes"
        " (id, name, before_value, after_value, member_id, member_name, at)"
        " VALUES (:id, :name, :before, :after, :member_id, :member_name, :at)",
        {
            "id": new_id(),
            "name": name,
            "before": before,
            "after": after,
            "member_id": member_id,
            "member_name": member_name,
            "at": at,
        },
    )


def setting_changes(tx: Transaction, limit: int = 20) -> list[SettingChange]:
    """Return the newest changes first."""
    rows = tx.query(
        "SELECT * FROM setting_changes ORDER BY at DESC, id DESC LIMIT :limit", {"limit": limit}
    )
    return [
        SettingChange(
            name=row["name"],
            before=row["before_value"],
            after=row["after_value"],
            member_id=row["member_id"],
            member_name=row["member_name"],
            at=read_time(row["at"]),
        )
        for row in rows
    ]


class Team:
    """The settings as they are now, kept in memory: reading them never touches the database.

    `refresh` reads them anew: at the start, after a change, and now and then, since another
    process may have changed them.
    """

    def __init__(self, db: Database, base: TeamSettings) -> None:
        self._db = db
        self._base = base
        self._settings = base
        self._reading = threading.Lock()

    @property
    def settings(self) -> TeamSettings:
        """The settings as last read."""
        return self._settings

    def refresh(self) -> TeamSettings:
        """Read the settings anew; raises StorageError. Not inside a transaction of this thread."""
        # One after the other: who read before a change must not put down what they read after it.
        with self._reading:
            with self._db.read() as tx:
                self._settings = team_settings(tx, self._base)
            return self._settings
