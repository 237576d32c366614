"""Bolt's app, and its connection to Slack over our prompt socket."""

import logging
import os
from concurrent.futures import Executor

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.socket_mode.internals import run_bolt_app
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from clients.net.network import is_loopback
from clients.net.quiet import quiet_logs
from clients.slack.client import SlackClient
from clients.slack.socket_mode import PromptSocket
from errors import SlackUnavailable

#: Payloads that the socket takes at a time; each waits here only for its acknowledgement.
_SOCKET_THREADS = 16
#: A card with all its buttons comes in one piece.
_SOCKET_BYTES = 64 * 1024
#: With these of another app in the environment, Bolt takes ours for one that many workspaces
#: install, looks for their tokens in a folder, and answers nobody.
_OTHER_APPS = ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET")


class PromptHandler(SocketModeHandler):
    """Bolt's own handler over our prompt socket."""

    def __init__(self, app: App, app_token: str) -> None:
        # Bolt's __init__ would open a client of its own, threads and all.
        self.app = app
        self.app_token = app_token
        self.client = PromptSocket(
            app_token=app_token,
            logger=app.logger,
            web_client=app.client,
            ping_interval=10,
            concurrency=_SOCKET_THREADS,
            receive_buffer_size=_SOCKET_BYTES,
        )
        self.client.socket_mode_request_listeners.append(self.handle)  # type: ignore[arg-type]

    def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        """Let Bolt find the listener; it answers only what the socket has not acknowledged."""
        if isinstance(client, PromptSocket) and client.was_acknowledged(req.envelope_id):
            run_bolt_app(self.app, req)
        else:
            super().handle(client, req)


def bolt_app(slack: SlackClient, executor: Executor) -> App:
    """Make Bolt's app, whose handlers run in an executor of ours."""
    quiet_logs()
    for name in _OTHER_APPS:
        os.environ.pop(name, None)
    return App(
        # Bolt's loggers take their level from this one, else from LOG_LEVEL: at DEBUG they
        # print whole payloads, what people wrote and addresses that answer for us included.
        logger=logging.getLogger("slack_bolt"),
        client=slack.client,
        token_verification_enabled=False,
        listener_executor=executor,
    )


def connected(app: App, app_token: str, api_url: str) -> SocketModeHandler:
    """Connect an app, whose listeners are there, to Slack.

    Raises:
        SlackUnavailable: Slack opened no connection.
    """
    handler = PromptHandler(app, app_token)
    if is_loopback(api_url):
        # The socket client reads the proxy variables but not NO_PROXY.
        handler.client.proxy = None
    try:
        handler.connect()  # type: ignore[no-untyped-call]
    except Exception as error:
        raise SlackUnavailable("Slack did not open a connection.") from error
    return handler
