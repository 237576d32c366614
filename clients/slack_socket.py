"""Slack's Socket Mode client, told not to hold small messages back."""

import socket

from slack_sdk.socket_mode.builtin import SocketModeClient


class PromptSocket(SocketModeClient):
    """Connects as slack_sdk does, at first and again, and sends each acknowledgement at once.

    An acknowledgement is a small message; the operating system otherwise keeps it back for
    some 40 ms in the hope of more.
    """

    def connect(self) -> None:
        """Open a connection; raises what slack_sdk raises."""
        super().connect()
        session = self.current_session
        if session is not None and session.sock is not None:
            session.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
