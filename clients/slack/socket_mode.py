"""Slack's Socket Mode client, told not to hold small messages back."""

import json
import logging
import socket
from contextlib import suppress
from typing import Any

from slack_sdk.errors import SlackClientNotConnectedError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.response import SocketModeResponse

from clients.net.bounded import LONGEST_SLACK_PAYLOAD
from domain.cleaning import clean_json

_log = logging.getLogger(__name__)


class PromptSocket(SocketModeClient):
    """Connects as slack_sdk does, at first and again, and sends each acknowledgement at once.

    An acknowledgement is a small message; the operating system otherwise keeps it back for
    some 40 ms in the hope of more. A press of a button is acknowledged as it arrives: fifty
    people who press in one moment do not wait for each other's decisions to be stored. What is
    acknowledged and then lost by a crash is pressed again, as the card still shows the button.
    """

    def __init__(self, *args: Any, **settings: Any) -> None:
        self._acknowledged: set[str] = set()
        super().__init__(*args, **settings)

    def connect(self) -> None:
        """Open a connection; raises what slack_sdk raises."""
        super().connect()
        session = self.current_session
        if session is not None and session.sock is not None:
            session.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def enqueue_message(self, message: str) -> None:
        """Acknowledge a press of a button, and queue what came."""
        if len(message) > LONGEST_SLACK_PAYLOAD:
            _log.warning("Slack sent a payload of %d characters; it was left out", len(message))
            return
        message = clean_json(message)
        # Who closes has no listeners any more: Slack is to send it again.
        if self.socket_mode_request_listeners and (envelope := pressed(message)):
            with suppress(SlackClientNotConnectedError):
                self.send_message(json.dumps({"envelope_id": envelope}))
                self._acknowledged.add(envelope)
        super().enqueue_message(message)

    def send_socket_mode_response(self, response: SocketModeResponse | dict[str, Any]) -> None:
        """Acknowledge what was handled; what came over a line that closed meanwhile, Slack repeats."""
        try:
            super().send_socket_mode_response(response)
        except SlackClientNotConnectedError:
            _log.info("the line to Slack closed before an acknowledgement; Slack sends it again")

    def was_acknowledged(self, envelope: str) -> bool:
        """Say, once, whether what came in this envelope was acknowledged as it arrived."""
        known = envelope in self._acknowledged
        self._acknowledged.discard(envelope)
        return known

    def close(self) -> None:
        """Close for good, at once.

        slack_sdk waits for its threads one after the other, and each of them for something else:
        up to three seconds for a word from Slack, up to one for a payload, up to ten for the next
        ping. Here all of them are told first that it is over, so that the waits are short.
        """
        self.closed = True
        self.auto_reconnect_enabled = False
        self.current_session_state.terminated = True
        for runner in (
            self.current_session_runner,
            self.current_app_monitor,
            self.message_processor,
        ):
            runner.event.set()
        # Whoever waits for a payload wakes, finds nothing in it, and sees that it is over.
        self.message_queue.put(None)
        session = self.current_session
        line = session.sock if session is not None else None
        if line is not None:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        super().close()


def pressed(message: str) -> str:
    """Return the envelope's id where the message is a press of a button, else ""."""
    if '"block_actions"' not in message:
        return ""
    try:
        envelope = json.loads(message)
        if envelope["type"] == "interactive" and envelope["payload"]["type"] == "block_actions":
            return str(envelope["envelope_id"])
    except (ValueError, KeyError, TypeError):
        # Not for us to judge: Bolt reads it next.
        return ""
    return ""
