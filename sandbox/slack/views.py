"""The practice Slack's open modals and Home tabs, and what members typed into them."""

import copy
import secrets
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from sandbox.slack.errors import SlackRefusal
from sandbox.slack.form_values import initial_values
from sandbox.slack.messages import letters, with_ids
from sandbox.slack.people import APP_ID, BOT_ID, TEAM_ID

DEEPEST_STACK = 3


@dataclass
class OpenView:
    """One view as one member has it before them.

    `values` is its state: block_id, action_id, then the input's state as Slack sends it.
    """

    member: str
    view: dict[str, Any]
    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The view's id."""
        return str(self.view["id"])

    @property
    def kind(self) -> str:
        """`modal` or `home`."""
        return str(self.view["type"])

    def as_slack(self) -> dict[str, Any]:
        """Show the view with its state, as payloads and answers carry it."""
        shown = copy.deepcopy(self.view)
        shown["state"] = {"values": copy.deepcopy(self.values)}
        return shown


class ViewShelf:
    """Keeps each member's stack of modals and Home tab; safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._open: dict[str, OpenView] = {}

    def all(self) -> list[OpenView]:
        """List the open views, oldest first."""
        with self._lock:
            return list(self._open.values())

    def find(self, view_id: str | None, external_id: str | None = None) -> OpenView:
        """Find an open view by its id or its external id; refuses with not_found."""
        with self._lock:
            if view_id and view_id in self._open:
                return self._open[view_id]
            for known in self._open.values():
                if external_id and known.view["external_id"] == external_id:
                    return known
        raise SlackRefusal("not_found")

    def stack(self, member: str) -> list[OpenView]:
        """List a member's modals, the lowest first."""
        return [known for known in self.all() if known.member == member and known.kind == "modal"]

    def home(self, member: str) -> OpenView | None:
        """Find a member's Home tab."""
        return next((k for k in self.all() if k.member == member and k.kind == "home"), None)

    def open(self, member: str, view: dict[str, Any]) -> OpenView:
        """Open a modal; Slack's client shows one stack at a time, so an older one goes."""
        with self._lock:
            self.clear(member)
            return self._keep(member, view, below=None)

    def push(self, member: str, view: dict[str, Any]) -> OpenView:
        """Put a modal on top of a member's stack, at most three deep."""
        with self._lock:
            stack = self.stack(member)
            if len(stack) >= DEEPEST_STACK:
                raise SlackRefusal("push_limit_reached")
            return self._keep(member, view, below=stack[-1] if stack else None)

    def publish(self, member: str, view: dict[str, Any], known_hash: str | None) -> OpenView:
        """Set a member's Home tab."""
        with self._lock:
            there = self.home(member)
            if there is not None:
                return self.update(there, view, known_hash)
            return self._keep(member, view, below=None)

    def update(self, there: OpenView, view: dict[str, Any], known_hash: str | None) -> OpenView:
        """Change an open view in place.

        Inputs that keep their block_id and action_id keep what was typed: a new initial value
        does not reach them. Refuses with hash_conflict.
        """
        with self._lock:
            if known_hash and known_hash != there.view["hash"]:
                raise SlackRefusal("hash_conflict")
            kept = {name: there.view[name] for name in ("id", "root_view_id", "previous_view_id")}
            typed = there.values
            there.view = {**self._made(view, there.id), **kept}
            there.errors = {}
            there.values = initial_values(there.view["blocks"])
            for block_id, states in there.values.items():
                for action_id in states:
                    if action_id in typed.get(block_id, {}):
                        states[action_id] = typed[block_id][action_id]
            return there

    def close(self, view_id: str) -> None:
        """Take one view off its stack."""
        with self._lock:
            self._open.pop(view_id, None)

    def clear(self, member: str) -> list[OpenView]:
        """Close a member's whole stack and return what was in it."""
        with self._lock:
            stack = self.stack(member)
            for known in stack:
                del self._open[known.id]
            return stack

    def _keep(self, member: str, view: dict[str, Any], below: OpenView | None) -> OpenView:
        external = view.get("external_id")
        if external and any(k.view["external_id"] == external for k in self._open.values()):
            raise SlackRefusal("duplicate_external_id")
        view_id = "V0" + letters(9).upper()
        made = self._made(view, view_id)
        made["previous_view_id"] = below.id if below else None
        made["root_view_id"] = below.view["root_view_id"] if below else view_id
        kept = OpenView(member, made, initial_values(made["blocks"]))
        self._open[view_id] = kept
        return kept

    @staticmethod
    def _made(view: dict[str, Any], view_id: str) -> dict[str, Any]:
        return {
            "id": view_id,
            "team_id": TEAM_ID,
            "type": view["type"],
            "title": view.get("title"),
            "submit": view.get("submit"),
            "close": view.get("close"),
            "blocks": with_ids(view.get("blocks")),
            "private_metadata": view.get("private_metadata") or "",
            "callback_id": view.get("callback_id") or "",
            "external_id": view.get("external_id") or "",
            "state": {"values": {}},
            "hash": f"{int(time.time())}.{secrets.token_hex(4)}",
            "clear_on_close": bool(view.get("clear_on_close")),
            "notify_on_close": bool(view.get("notify_on_close")),
            "submit_disabled": bool(view.get("submit_disabled")),
            "root_view_id": view_id,
            "previous_view_id": None,
            "app_id": APP_ID,
            "app_installed_team_id": TEAM_ID,
            "bot_id": BOT_ID,
        }
