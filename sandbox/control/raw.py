"""Payloads that no button of ours makes: forged, stale or sent twice. For tests of an app's guard.

Slack itself signs what it sends, and a member's own client decides much of what stands in it.
What an app makes of a payload that it did not expect is tried with this.
"""

import asyncio
from typing import Any

from sandbox.control.errors import ControlError
from sandbox.slack.socket import SocketHub
from sandbox.slack.state import SlackState

_KINDS = frozenset({"interactive", "slash_commands", "events_api"})
_MOST_TIMES = 50


class Raw:
    """Delivers a payload just as it is said."""

    def __init__(self, state: SlackState, hub: SocketHub) -> None:
        self.state = state
        self.hub = hub

    async def deliver(self, said: dict[str, Any]) -> dict[str, Any]:
        """Deliver `payload` as an envelope of a `kind`, `times` at once.

        A `trigger` is made for the member that it names, alive as any other, so that whatever
        window the app would open does open.
        """
        kind, payload, times = said.get("kind"), said.get("payload"), said.get("times", 1)
        if kind not in _KINDS:
            raise ControlError(f"A kind is one of {', '.join(sorted(_KINDS))}.")
        if not isinstance(payload, dict):
            raise ControlError("payload must be an object.")
        if type(times) is not int or not 1 <= times <= _MOST_TIMES:
            raise ControlError(f"times is a whole number from 1 to {_MOST_TIMES}.")
        trigger_id = None
        if said.get("trigger"):
            trigger_id = self.state.tickets.new_trigger(str(said["trigger"]))
            payload = {**payload, "trigger_id": trigger_id}
        acks = await asyncio.gather(*(self.hub.deliver(kind, payload) for _ in range(times)))
        return {
            "ok": True,
            "acked": [ack.acked for ack in acks],
            "answers": [ack.answer for ack in acks],
            "opened": self.state.tickets.opened_by(trigger_id) if trigger_id else [],
        }
