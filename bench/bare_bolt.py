"""The least that a Slack bot can be: `python -m bench.bare_bolt` connects and acknowledges."""

import os
import re
import sys
from concurrent.futures import ThreadPoolExecutor

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from commands.run import StopSignal

_LISTENER_THREADS = 24
_SOCKET_THREADS = 16


def main() -> int:
    """Run until told to stop."""
    stop = StopSignal()
    client = WebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
    # As many threads as Greenroom has: with Bolt's own five, clicks queue up here.
    listeners = ThreadPoolExecutor(_LISTENER_THREADS)
    app = App(client=client, token_verification_enabled=False, listener_executor=listeners)
    app.action(re.compile(".*"))(lambda ack: ack())
    app.event("message")(lambda: None)
    handler = SocketModeHandler(app, os.environ["SLACK_APP_TOKEN"], concurrency=_SOCKET_THREADS)
    handler.connect()  # type: ignore[no-untyped-call]
    print("bare bolt ready: connected", file=sys.stderr, flush=True)
    stop.wait()
    handler.close()  # type: ignore[no-untyped-call]
    return 0


if __name__ == "__main__":
    sys.exit(main())
