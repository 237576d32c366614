"""Slack's Socket Mode client, told not to hold small messages back."""

import socket
from contextlib import suppress

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

    def close(self) -> None:
        """Close for good, at once.

        slack_sdk waits for its reading thread, which waits up to three seconds for a word from
        Slack; ended from outside, the line gives the thread its end.
        """
        self.closed = True
        self.auto_reconnect_enabled = False
        session = self.current_session
        line = session.sock if session is not None else None
        if line is not None:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        super().close()
