"""The Slack door in the practice Slack, and against servers that break the answer."""

import json
import logging
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from clients.net.quiet import quiet_logs
from clients.slack.client import SlackClient
from clients.slack.users import member_profile
from errors import (
    SlackError,
    SlackNoChannel,
    SlackRefusedBlocks,
    SlackUnavailable,
    SlackUncertain,
    SlackWrongToken,
)
from sandbox.room import PracticeRoom
from tests.clients.raw_server import RawServer, Visit, answering, closed_port
from tests.unfurling import SAYING, unfurled

TOKEN = "xoxb-MARKED-token"
BLOCKS = [{"type": "section", "text": {"type": "plain_text", "text": "Hello"}}]
VIEW = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "Title"},
    "blocks": BLOCKS,
}


def ago(seconds: float = 60) -> datetime:
    return datetime.now(UTC) - timedelta(seconds=seconds)


def post(slack: SlackClient, room: PracticeRoom, key: str, thread_ts: str | None = None) -> str:
    return slack.post(room.channel_id, text="Hello", blocks=BLOCKS, key=key, thread_ts=thread_ts)


# --- messages ------------------------------------------------------------------------------


def test_a_posted_message_is_found_by_its_key(room: PracticeRoom, slack: SlackClient) -> None:
    """Its metadata carries the key; another key, a later time or another thread find nothing."""
    ts = post(slack, room, "card:1")
    in_thread = post(slack, room, "note:1", thread_ts=ts)
    assert slack.find(room.channel_id, key="card:1", since=ago()) == ts
    assert slack.find(room.channel_id, key="note:1", since=ago(), thread_ts=ts) == in_thread
    assert slack.find(room.channel_id, key="note:1", since=ago()) is None
    assert slack.find(room.channel_id, key="card:2", since=ago()) is None
    assert slack.find(room.channel_id, key="card:1", since=ago(-600)) is None
    message = room.slack.find(room.channel_id, ts)
    assert message is not None
    assert message.text == "Hello"


def test_nothing_of_ours_is_unfurled(room: PracticeRoom, slack: SlackClient) -> None:
    """Links in a stranger's post make no preview, however a message is said or changed."""
    ts = post(slack, room, "card:unfurl")
    slack.update(room.channel_id, ts, text="Changed", blocks=BLOCKS)
    slack.post_ephemeral(room.channel_id, room.members[0].id, text="A word")
    # Also for whoever goes past the door's own calls.
    slack.client.chat_postMessage(channel=room.channel_id, text="Hello", unfurl_links=True)
    said = [call for call in room.requests.of("slack") if call["call"] in SAYING]
    assert len(said) == 4
    assert unfurled(room) == []


def test_what_is_said_with_a_file_holds_no_link(slack: SlackClient) -> None:
    """Slack takes no word about previews there."""
    with pytest.raises(ValueError, match="link"):
        slack.upload(b"1", name="a.txt", title="A", words="see https://x.com", channel="C1")


def test_a_key_is_found_behind_many_messages(room: PracticeRoom, slack: SlackClient) -> None:
    """The history is read page by page."""
    ts = post(slack, room, "card:deep")
    bot = room.slack.members[slack.whoami().bot_member_id]
    channel = room.slack.channel(room.channel_id)
    for number in range(450):
        room.slack.post(channel, bot, f"noise {number}")
    assert slack.find(room.channel_id, key="card:deep", since=ago()) == ts
    assert len(room.requests.of("slack", "conversations.history")) == 3


def test_an_updated_message_keeps_its_key(room: PracticeRoom, slack: SlackClient) -> None:
    """The text changes, and it is still found."""
    ts = post(slack, room, "card:update")
    slack.update(room.channel_id, ts, text="Changed", blocks=BLOCKS)
    message = room.slack.find(room.channel_id, ts)
    assert message is not None
    assert message.text == "Changed"
    assert slack.find(room.channel_id, key="card:update", since=ago()) == ts


def test_a_whisper_is_for_one_member(room: PracticeRoom, slack: SlackClient) -> None:
    """Only that member sees it, with or without blocks."""
    member = room.members[0].id
    slack.post_ephemeral(room.channel_id, member, text="Only you")
    slack.post_ephemeral(room.channel_id, member, text="Only you", blocks=BLOCKS)
    calls = room.requests.of("slack", "chat.postEphemeral")
    assert [call["body"]["user"] for call in calls] == [member, member]


def test_a_message_has_an_address(room: PracticeRoom, slack: SlackClient) -> None:
    """The permalink names the message."""
    ts = post(slack, room, "card:link")
    assert ts.replace(".", "") in slack.permalink(room.channel_id, ts)


def hasty(room: PracticeRoom) -> SlackClient:
    """Return a door that does not wait long for an answer."""
    return SlackClient(room.slack_bot_token, base_url=room.slack_api_url, timeout=1)


def test_posted_but_lost_is_uncertain_and_can_be_found(
    room: PracticeRoom, slack: SlackClient
) -> None:
    """The answer is lost: the door does not post again, and the key finds the one message."""
    room.trouble.queue("slack", "posted_but_lost")
    with pytest.raises(SlackUncertain):
        post(slack, room, "card:lost")
    assert len(room.requests.of("slack", "chat.postMessage")) == 1
    assert slack.find(room.channel_id, key="card:lost", since=ago()) is not None


@pytest.mark.parametrize(
    ("trouble", "kind"),
    [
        ("500", SlackUncertain),
        ("timeout", SlackUncertain),
        ("cut_off", SlackUncertain),
        ("invalid_blocks", SlackRefusedBlocks),
        ("not_in_channel", SlackNoChannel),
    ],
)
def test_trouble_while_posting(
    room: PracticeRoom, slack: SlackClient, trouble: str, kind: type[SlackError]
) -> None:
    """Each trouble has its error, after one call."""
    door = hasty(room) if trouble == "timeout" else slack
    room.trouble.queue("slack", trouble)
    with pytest.raises(SlackError) as caught:
        post(door, room, f"card:{trouble}")
    assert type(caught.value) is kind
    assert len(room.requests.of("slack", "chat.postMessage")) == 1


@pytest.mark.parametrize("trouble", ["500", "timeout", "cut_off"])
def test_trouble_while_reading(room: PracticeRoom, slack: SlackClient, trouble: str) -> None:
    """Reading is unavailable, never uncertain."""
    door = hasty(room) if trouble == "timeout" else slack
    room.trouble.queue("slack", trouble)
    with pytest.raises(SlackUnavailable):
        door.channel_members(room.channel_id)


def test_a_short_pause_is_waited_for(room: PracticeRoom, slack: SlackClient) -> None:
    """429 with Retry-After: the door waits that long and posts once."""
    room.trouble.queue("slack", "429", seconds=1)
    begun = time.monotonic()
    ts = post(slack, room, "card:429")
    assert time.monotonic() - begun >= 1.0
    assert slack.find(room.channel_id, key="card:429", since=ago()) == ts


def test_a_long_pause_goes_back_to_the_job(room: PracticeRoom, slack: SlackClient) -> None:
    """A thread does not sleep for minutes: unavailable, and certainly not posted."""
    room.trouble.queue("slack", "429", seconds=600)
    with pytest.raises(SlackUnavailable) as caught:
        post(slack, room, "card:429-long")
    assert caught.value.code == "ratelimited"
    assert slack.find(room.channel_id, key="card:429-long", since=ago()) is None


def test_after_a_pause_messages_are_spaced_so_that_all_come_through(
    slack: SlackClient, room: PracticeRoom
) -> None:
    """Slack takes one message a second: two threads are refused once each, then hardly again.

    Unspaced, each of the five but the first would be. One may come early where the machine lags.
    """
    room.slack_message_rate = 1.0
    before = room.slack_settings.too_many
    try:
        with ThreadPoolExecutor(2) as threads:
            ts = list(threads.map(lambda n: post(slack, room, f"card:pace-{n}"), range(5)))
    finally:
        room.slack_message_rate = None
    assert len(set(ts)) == 5
    assert room.slack_settings.too_many <= before + 3


def test_what_needs_a_trigger_does_not_wait(room: PracticeRoom, slack: SlackClient) -> None:
    """A trigger lives for three seconds: opening a modal is not tried again."""
    room.trouble.queue("slack", "429", seconds=1)
    with pytest.raises(SlackUnavailable):
        slack.open_modal("1.2.3", VIEW)
    assert len(room.requests.of("slack", "views.open")) == 1


# --- people, channels, tokens --------------------------------------------------------------


def test_whoami_names_bot_team_and_scopes(room: PracticeRoom, slack: SlackClient) -> None:
    """Scopes come from the header that Slack sends."""
    me = slack.whoami()
    assert me.scopes == frozenset(room.slack_scopes)
    assert me.bot_member_id in room.slack.members
    assert me.team_id
    assert me.bot_id.startswith("B")


def test_members_are_looked_up_for_access(room: PracticeRoom, slack: SlackClient) -> None:
    """Full members, guests and people of another company are told apart."""
    by_role = {member.role: member for member in room.members}
    approver = slack.member(by_role["approver"].id)
    assert (approver.guest, approver.outsider, approver.bot) == (False, False, False)
    assert approver.name == by_role["approver"].name
    assert approver.tz == by_role["approver"].tz
    assert slack.member(by_role["guest"].id).guest
    assert slack.member(by_role["outsider"].id).outsider
    with pytest.raises(SlackError) as caught:
        slack.member("U0NOBODY000")
    assert caught.value.code == "user_not_found"


def test_everybody_in_the_channel(room: PracticeRoom, slack: SlackClient) -> None:
    """Members and the bot."""
    members = slack.channel_members(room.channel_id)
    assert {member.id for member in room.members} <= members


def test_a_channel_is_found_by_id_and_by_name(room: PracticeRoom, slack: SlackClient) -> None:
    """With #, without, in capitals; what is not there is told."""
    by_id = slack.channel(room.channel_id)
    assert by_id.is_member
    for name in (by_id.name, f"#{by_id.name}", by_id.name.upper()):
        assert slack.channel(name) == by_id
    for missing in ("#nowhere", "C0NOWHERE00"):
        with pytest.raises(SlackNoChannel):
            slack.channel(missing)


def test_a_wrong_token_is_told(room: PracticeRoom) -> None:
    """For the bot's token and for the app's."""
    wrong = SlackClient(TOKEN, base_url=room.slack_api_url)
    with pytest.raises(SlackWrongToken):
        wrong.whoami()
    with pytest.raises(SlackWrongToken):
        wrong.post(room.channel_id, text="Hello", blocks=BLOCKS, key="k")
    right = SlackClient(room.slack_bot_token, base_url=room.slack_api_url)
    right.check_app_token(room.slack_app_token)
    with pytest.raises(SlackWrongToken):
        right.check_app_token("xapp-wrong")


def test_a_missing_scope_is_named(room: PracticeRoom) -> None:
    """The sentence says which scope to add."""
    before = list(room.slack_scopes)
    room.slack_scopes = [scope for scope in before if scope != "users:read"]
    try:
        with pytest.raises(SlackWrongToken, match="users:read"):
            SlackClient(room.slack_bot_token, base_url=room.slack_api_url).member(
                room.members[0].id
            )
    finally:
        room.slack_scopes = before


def test_homes_are_published(room: PracticeRoom, slack: SlackClient) -> None:
    """A member's Home tab is set; a view that is none is refused."""
    slack.publish_home(room.members[0].id, {"type": "home", "blocks": BLOCKS})
    with pytest.raises(SlackRefusedBlocks):
        slack.publish_home(room.members[0].id, {"type": "home", "blocks": [{"type": "nonsense"}]})


FULL = {"id": "U1", "team_id": "T1", "is_restricted": False, "is_ultra_restricted": False}


@pytest.mark.parametrize(
    ("row", "guest", "outsider"),
    [
        (FULL, False, False),
        ({**FULL, "is_restricted": True}, True, False),
        ({**FULL, "is_ultra_restricted": True}, True, False),
        ({**FULL, "is_stranger": True}, False, True),
        ({**FULL, "team_id": "T2"}, False, True),
        ({**FULL, "team_id": "T2", "enterprise_user": {"teams": ["T1", "T2"]}}, False, False),
        ({"id": "U1", "team_id": "T1"}, True, False),
        ({"id": "U1"}, True, True),
        ({**FULL, "is_restricted": None}, True, False),
    ],
)
def test_unknown_flags_count_as_not_allowed(
    row: dict[str, Any], *, guest: bool, outsider: bool
) -> None:
    """Only a clear False lets somebody in."""
    profile = member_profile(row, our_team="T1")
    assert (profile.guest, profile.outsider) == (guest, outsider)


# --- answers that break --------------------------------------------------------------------


def hang_up(visit: Visit) -> None:
    visit.read_request()


def read_and_reset(visit: Visit) -> None:
    visit.read_request()
    visit.reset()


def half(visit: Visit) -> None:
    visit.read_request()
    visit.say('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"ok": tr')


VAGUE = [
    hang_up,
    read_and_reset,
    half,
    answering("200 OK", "rubbish"),
    answering("200 OK", "[1]"),
    answering("200 OK", '{"ok": tr'),
    answering("200 OK", '{"ok":false,"error":"fatal_error"}'),
    answering("200 OK", '{"ok":false,"error":"internal_error"}'),
    answering("502 Bad Gateway", "<html>bad gateway</html>"),
]


@pytest.mark.parametrize("behaviour", VAGUE)
def test_a_broken_answer_to_a_post_is_uncertain(behaviour: Callable[[Visit], None]) -> None:
    """Never posted again by the door itself."""
    with RawServer(behaviour) as server:
        slack = SlackClient(TOKEN, base_url=server.url)
        with pytest.raises(SlackUncertain):
            slack.post("C1", text="Hello", blocks=BLOCKS, key="k")
    assert len(server.visits) == 1


@pytest.mark.parametrize("behaviour", VAGUE)
def test_a_broken_answer_to_a_question_is_unavailable(behaviour: Callable[[Visit], None]) -> None:
    """Whoever asked may ask again later."""
    with RawServer(behaviour) as server, pytest.raises(SlackUnavailable):
        SlackClient(TOKEN, base_url=server.url).permalink("C1", "1.2")


@pytest.mark.parametrize("wait", ["9" * 5000, "9" * 30, "²", "-1", "soon", ""])
def test_a_wait_that_nobody_can_wait_goes_back_to_the_job(wait: str) -> None:
    """Thousands of digits, or no number: refused like any other, and asked once."""
    limited = (
        "HTTP/1.1 429 No\r\nContent-Type: application/json; charset=utf-8\r\n"
        f"Retry-After: {wait}\r\nContent-Length: 34\r\nConnection: close\r\n\r\n"
        '{"ok":false,"error":"ratelimited"}'
    )

    def behave(visit: Visit) -> None:
        visit.read_request()
        visit.say(limited.encode("latin-1"))

    with RawServer(behave) as server, pytest.raises(SlackError) as caught:
        SlackClient(TOKEN, base_url=server.url).post("C1", text="Hi", blocks=BLOCKS, key="k")
    assert caught.value.code == "ratelimited"
    assert len(server.visits) == 1


@pytest.mark.parametrize(
    "url",
    [f"http://127.0.0.1:{closed_port()}", "http://nowhere.invalid"],
    ids=["refused", "unknown"],
)
def test_a_message_that_never_left_is_not_uncertain(url: str) -> None:
    """Nobody listens, or no such name: certainly not posted."""
    with pytest.raises(SlackUnavailable):
        SlackClient(TOKEN, base_url=url).post("C1", text="Hi", blocks=BLOCKS, key="k")


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("invalid_auth", SlackWrongToken),
        ("token_revoked", SlackWrongToken),
        ("account_inactive", SlackWrongToken),
        ("channel_not_found", SlackNoChannel),
        ("is_archived", SlackNoChannel),
        ("msg_too_long", SlackRefusedBlocks),
        ("invalid_blocks", SlackRefusedBlocks),
        ("restricted_action", SlackError),
        ("something_new", SlackError),
    ],
)
def test_slacks_own_names_become_ours(code: str, kind: type[SlackError]) -> None:
    """The class is exact and the name is kept."""
    body = json.dumps({"ok": False, "error": code, "response_metadata": {"messages": ["[ERROR]"]}})
    with RawServer(answering("200 OK", body)) as server, pytest.raises(SlackError) as caught:
        SlackClient(TOKEN, base_url=server.url).post("C1", text="Hi", blocks=BLOCKS, key="k")
    assert type(caught.value) is kind
    assert caught.value.code == code


def test_pages_that_go_round_end() -> None:
    """A cursor that comes again is no reason to ask for ever."""
    body = '{"ok":true,"members":["U1"],"response_metadata":{"next_cursor":"same"}}'
    with RawServer(answering("200 OK", body)) as server, pytest.raises(SlackUnavailable):
        SlackClient(TOKEN, base_url=server.url).channel_members("C1")
    assert len(server.visits) == 2


def test_the_token_shows_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    """Not in errors, tracebacks or the log at DEBUG, even when it is echoed."""
    caplog.set_level(logging.DEBUG)
    quiet_logs()
    told = []
    body = json.dumps({"ok": False, "error": f"odd {TOKEN}", "needed": TOKEN})
    for behaviour in (answering("200 OK", body), answering("500 No", body), hang_up):
        with RawServer(behaviour) as server, pytest.raises(SlackError) as caught:
            SlackClient(TOKEN, base_url=server.url).post("C1", text="Hi", blocks=BLOCKS, key="k")
        assert TOKEN in server.received.decode()
        told.append("".join(traceback.format_exception(caught.value)) + repr(caught.value))
    assert TOKEN not in "".join(told) + caplog.text


def test_a_proxy_is_not_asked_about_this_machine(
    room: PracticeRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The practice room is reached although the environment names a proxy."""
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{closed_port()}")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "example.com")
    slack = SlackClient(room.slack_bot_token, base_url=room.slack_api_url)
    assert slack.whoami().team_id
