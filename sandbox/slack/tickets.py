"""Short-lived permissions that Slack hands out: trigger ids, response addresses, socket tickets."""

import secrets
import threading
import time
from dataclasses import dataclass

from sandbox.slack.errors import SlackRefusal

TRIGGER_SECONDS = 3.0
RESPONSE_SECONDS = 30 * 60.0
RESPONSE_USES = 5


@dataclass
class Trigger:
    """The right to open one view for one member, for three seconds."""

    member: str
    since: float
    opened: list[str]
    used: bool = False
    over_view: str | None = None


@dataclass
class ResponseTicket:
    """The right to answer an interaction five times within half an hour."""

    member: str
    channel: str
    since: float
    message_ts: str | None = None
    thread_ts: str | None = None
    uses: int = 0


class Tickets:
    """Keeps what was handed out; a test may set another clock than time.monotonic, and be patient."""

    def __init__(self) -> None:
        self.clock = time.monotonic
        self.trigger_seconds = TRIGGER_SECONDS
        self._lock = threading.Lock()
        self._triggers: dict[str, Trigger] = {}
        self._responses: dict[str, ResponseTicket] = {}
        self._sockets: set[str] = set()

    def new_trigger(self, member: str, over_view: str | None = None) -> str:
        """Give a trigger id, good for one view; `over_view` is the modal it was pressed in."""
        trigger_id = (
            f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        )
        with self._lock:
            self._triggers[trigger_id] = Trigger(member, self.clock(), [], over_view=over_view)
        return trigger_id

    def exchange(self, trigger_id: str) -> Trigger:
        """Use a trigger id up; refuses with Slack's words for wrong, used and old ones."""
        with self._lock:
            trigger = self._triggers.get(trigger_id)
            if trigger is None:
                raise SlackRefusal("invalid_trigger_id")
            if trigger.used:
                raise SlackRefusal("exchanged_trigger_id")
            if self.clock() - trigger.since > self.trigger_seconds:
                raise SlackRefusal("expired_trigger_id")
            trigger.used = True
            return trigger

    def opened_by(self, trigger_id: str) -> list[str]:
        """List the views that were opened with a trigger id."""
        with self._lock:
            trigger = self._triggers.get(trigger_id)
            return list(trigger.opened) if trigger else []

    def new_response(
        self, member: str, channel: str, message_ts: str | None, thread_ts: str | None
    ) -> str:
        """Give the secret end of a response address."""
        ticket = secrets.token_urlsafe(18)
        with self._lock:
            self._responses[ticket] = ResponseTicket(
                member, channel, self.clock(), message_ts, thread_ts
            )
        return ticket

    def use_response(self, ticket: str) -> ResponseTicket:
        """Use a response address once; refuses with used_url or expired_url."""
        with self._lock:
            found = self._responses.get(ticket)
            if found is None or self.clock() - found.since > RESPONSE_SECONDS:
                raise SlackRefusal("expired_url")
            if found.uses >= RESPONSE_USES:
                raise SlackRefusal("used_url")
            found.uses += 1
            return found

    def new_socket(self) -> str:
        """Give the ticket of one Socket Mode connection."""
        ticket = secrets.token_urlsafe(18)
        with self._lock:
            self._sockets.add(ticket)
        return ticket

    def take_socket(self, ticket: str) -> bool:
        """Use a socket ticket up; tells whether it was good."""
        with self._lock:
            if ticket not in self._sockets:
                return False
            self._sockets.remove(ticket)
            return True
