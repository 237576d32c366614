"""The line to Slack: closed at once, whatever one of its threads hangs on."""

import threading

from slack_sdk import WebClient

from clients.slack.socket_mode import PromptSocket
from sandbox.room import PracticeRoom
from tests.clients.waiting import until


def socket_to(room: PracticeRoom) -> PromptSocket:
    client = WebClient(room.slack_bot_token, base_url=room.slack_api_url)
    client.proxy = None
    made = PromptSocket(app_token=room.slack_app_token, web_client=client, ping_interval=600)
    made.proxy = None
    return made


def test_all_threads_of_the_line_are_told_at_once_that_it_is_over(room: PracticeRoom) -> None:
    """While whoever reads still hangs, those that wait for payloads and pings have ended."""
    reads, may_go_on = threading.Event(), threading.Event()
    line = socket_to(room)

    def hang(_: str) -> None:
        reads.set()
        may_go_on.wait(60)

    line.on_message_listeners.append(hang)
    line.connect()
    assert reads.wait(30)
    others = [line.current_app_monitor.thread, line.message_processor.thread]
    closing = threading.Thread(target=line.close)
    closing.start()
    try:
        until(lambda: not any(thread.is_alive() for thread in others), seconds=30)
        assert closing.is_alive()
    finally:
        may_go_on.set()
        closing.join(30)
    assert not closing.is_alive()
