"""The Web API of the practice Slack and its troubles, with the true WebClient."""

from collections.abc import Iterator
from http.client import IncompleteRead, RemoteDisconnected
from typing import Any
from urllib.error import URLError

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from slack_sdk.models.blocks import DividerBlock, SectionBlock

from sandbox.room import PracticeRoom
from sandbox.slack.people import BOT_ID, BOT_USER_ID
from sandbox.slack.state import OTHER_CHANNEL_ID
from tests.practice_slack import CARD, MODAL, Hands, refused, web_client


@pytest.fixture
def room() -> Iterator[PracticeRoom]:
    with PracticeRoom() as opened:
        yield opened


@pytest.fixture
def client(room: PracticeRoom) -> WebClient:
    return web_client(room)


@pytest.fixture
def hands(room: PracticeRoom) -> Hands:
    return Hands(room)


def test_auth_test_tells_who_the_bot_is_and_its_scopes(
    room: PracticeRoom, client: WebClient
) -> None:
    """auth.test answers the bot's ids and, in a header, its scopes; a lost scope is refused."""
    answer = client.auth_test()
    assert answer["user_id"] == BOT_USER_ID
    assert "chat:write" in answer.headers["x-oauth-scopes"]
    room.slack_scopes.remove("chat:write")
    with pytest.raises(SlackApiError) as error:
        client.chat_postMessage(channel=room.channel_id, text="x")
    assert refused(error) == "missing_scope"
    assert error.value.response["needed"] == "chat:write"


def test_wrong_tokens_are_refused(room: PracticeRoom) -> None:
    """No token, a made-up token and the other kind of token each get Slack's word."""
    for token, word in (
        ("", "not_authed"),
        ("xoxb-somebody-else", "invalid_auth"),
        (room.slack_app_token, "not_allowed_token_type"),
    ):
        client = WebClient(token, base_url=room.slack_api_url)
        client.proxy = None
        with pytest.raises(SlackApiError) as error:
            client.chat_postMessage(channel=room.channel_id, text="x")
        assert refused(error) == word


def test_methods_refuse_with_slacks_own_words(room: PracticeRoom, client: WebClient) -> None:
    """Wrong channels, people, messages and texts are refused as Slack refuses them."""
    here = room.channel_id
    theirs = room.slack.post(room.slack.channel(here), room.members[0], "a person's words")
    own = client.chat_postMessage(channel=here, text="ours")["ts"]
    guest = room.members[2].id
    room.slack.leave(here, guest)
    calls: list[tuple[str, str, dict[str, Any]]] = [
        ("chat.postMessage", "channel_not_found", {"channel": "C0NOWHERE", "text": "x"}),
        ("chat.postMessage", "not_in_channel", {"channel": OTHER_CHANNEL_ID, "text": "x"}),
        ("chat.postMessage", "no_text", {"channel": here}),
        ("chat.postMessage", "msg_too_long", {"channel": here, "text": "x" * 40_001}),
        ("chat.postMessage", "thread_not_found", {"channel": here, "text": "x", "thread_ts": "1.1"}),
        ("chat.postMessage", "invalid_metadata_format", {"channel": here, "text": "x", "metadata": {}}
         | {"metadata": {"event_type": "a"}}),
        ("chat.postMessage", "invalid_blocks_format", {"channel": here, "blocks": "{not json"}),
        ("chat.update", "cant_update_message", {"channel": here, "ts": theirs.ts, "text": "x"}),
        ("chat.update", "message_not_found", {"channel": here, "ts": "1.1", "text": "x"}),
        ("chat.update", "msg_too_long", {"channel": here, "ts": own, "text": "x" * 4001}),
        ("chat.delete", "cant_delete_message", {"channel": here, "ts": theirs.ts}),
        ("chat.postEphemeral", "user_not_in_channel", {"channel": here, "user": guest, "text": "x"}),
        ("users.info", "user_not_found", {"user": "U0NOBODY"}),
        ("usergroups.users.list", "no_such_subteam", {"usergroup": "S0NONE"}),
        ("conversations.info", "channel_not_found", {"channel": "C0NOWHERE"}),
        ("conversations.history", "not_in_channel", {"channel": OTHER_CHANNEL_ID}),
        ("conversations.replies", "thread_not_found", {"channel": here, "ts": "1.1"}),
        ("reactions.remove", "no_reaction", {"channel": here, "timestamp": own, "name": "eyes"}),
        ("made.up", "unknown_method", {}),
    ]  # fmt: skip
    for method, word, arguments in calls:
        with pytest.raises(SlackApiError) as error:
            client.api_call(method, json=arguments)
        assert (method, refused(error)) == (method, word)


def test_forms_queries_and_json_are_all_read(room: PracticeRoom, client: WebClient) -> None:
    """The same call works as JSON, as a form with JSON inside, and as a query."""
    blocks = '[{"type": "divider"}]'
    there = {"channel": room.channel_id, "text": "x", "blocks": blocks}
    for way in ({"data": there}, {"params": there}, {"json": there}):
        answer = client.api_call("chat.postMessage", **way)  # type: ignore[arg-type]
        assert answer["message"]["blocks"][0]["type"] == "divider"


def test_wrong_blocks_are_refused_with_the_place_of_the_fault(
    room: PracticeRoom, client: WebClient
) -> None:
    """invalid_blocks lists each fault with a JSON pointer; views answer invalid_arguments."""
    wrong = [{"type": "header", "text": {"type": "mrkdwn", "text": "*No*"}}]
    with pytest.raises(SlackApiError) as error:
        client.chat_postMessage(channel=room.channel_id, text="x", blocks=wrong)
    assert refused(error) == "invalid_blocks"
    (reason,) = error.value.response["response_metadata"]["messages"]
    assert reason.startswith("[ERROR] ")
    assert "[json-pointer:/blocks/0/text/type]" in reason
    trigger_id = room.slack.tickets.new_trigger(room.members[0].id)
    with pytest.raises(SlackApiError) as error:
        client.views_open(trigger_id=trigger_id, view={**MODAL, "submit": None})
    assert refused(error) == "invalid_arguments"
    assert room.slack.messages() == []


def test_charts_can_be_refused_as_in_a_phased_roll_out(
    room: PracticeRoom, client: WebClient
) -> None:
    """A chart is taken, and refused with invalid_blocks once the room does not know charts."""
    pie = {"type": "pie", "segments": [{"label": "Sent", "value": 3}]}
    chart = {"type": "data_visualization", "title": "This week", "chart": pie}
    client.chat_postMessage(channel=room.channel_id, text="3 sent", blocks=[chart])
    room.slack_charts = False
    with pytest.raises(SlackApiError) as error:
        client.chat_postMessage(channel=room.channel_id, text="3 sent", blocks=[chart])
    assert refused(error) == "invalid_blocks"


def test_metadata_finds_a_message_again(room: PracticeRoom, client: WebClient) -> None:
    """conversations.history gives metadata only when asked for, newest first, between times."""
    stamps = []
    for number in range(3):
        metadata = {"event_type": "card", "event_payload": {"mention": str(number)}}
        answer = client.chat_postMessage(
            channel=room.channel_id, text=f"Card {number}", metadata=metadata
        )
        stamps.append(answer["ts"])
    client.chat_postMessage(channel=room.channel_id, text="in a thread", thread_ts=stamps[0])
    plain = client.conversations_history(channel=room.channel_id)["messages"]
    assert [m["text"] for m in plain] == ["Card 2", "Card 1", "Card 0"]
    assert all("metadata" not in m for m in plain)
    assert plain[2]["reply_count"] == 1
    found = client.conversations_history(
        channel=room.channel_id, include_all_metadata=True, oldest=stamps[0], limit=1
    )
    assert [m["metadata"]["event_payload"]["mention"] for m in found["messages"]] == ["2"]
    assert found["has_more"] is True
    cursor = found["response_metadata"]["next_cursor"]
    rest = client.conversations_history(
        channel=room.channel_id, oldest=stamps[0], limit=1, cursor=cursor
    )
    assert [m["ts"] for m in rest["messages"]] == [stamps[1]]
    thread = client.conversations_replies(channel=room.channel_id, ts=stamps[0])["messages"]
    assert [m["text"] for m in thread] == ["Card 0", "in a thread"]


def test_an_update_keeps_what_it_does_not_mention(room: PracticeRoom, client: WebClient) -> None:
    """chat.update leaves blocks and metadata as they are unless it names them."""
    metadata = {"event_type": "card", "event_payload": {"mention": "1"}}
    posted = client.chat_postMessage(
        channel=room.channel_id, text="One", blocks=CARD, metadata=metadata
    )
    client.chat_update(channel=room.channel_id, ts=posted["ts"], text="Two")
    (message,) = room.slack.messages()
    assert (message.text, len(message.blocks)) == ("Two", 1)
    client.chat_update(channel=room.channel_id, ts=posted["ts"], text="Two", blocks=[])
    assert message.blocks == []
    assert message.metadata == metadata


def test_members_are_shown_with_what_tells_them_apart(
    room: PracticeRoom, client: WebClient
) -> None:
    """Guests are restricted, outsiders are strangers of another team, approvers are neither."""
    maya, jonas, guest, outsider = room.members
    shown = {m.id: client.users_info(user=m.id)["user"] for m in room.members}
    assert [shown[m.id]["is_restricted"] for m in (maya, guest)] == [False, True]
    assert [shown[m.id]["is_stranger"] for m in (jonas, outsider)] == [False, True]
    assert shown[outsider.id]["team_id"] != shown[maya.id]["team_id"]
    assert shown[jonas.id]["tz"] == "America/New_York"
    assert shown[jonas.id]["tz_offset"] in {-18000, -14400}
    assert client.conversations_info(channel=room.channel_id)["channel"]["is_ext_shared"] is True
    inside = client.conversations_members(channel=room.channel_id)["members"]
    assert {m.id for m in room.members} | {BOT_USER_ID} == set(inside)
    (group,) = client.usergroups_list()["usergroups"]
    assert client.usergroups_users_list(usergroup=group["id"])["users"] == [maya.id]
    assert len(client.users_list()["members"]) == 5
    assert client.bots_info(bot=BOT_ID)["bot"]["user_id"] == BOT_USER_ID
    assert client.team_info()["team"]["id"] == shown[maya.id]["team_id"]


def test_direct_messages_reach_one_member(room: PracticeRoom, client: WebClient) -> None:
    """conversations.open gives a conversation that chat.postMessage takes, as it takes the member's id."""
    member = room.members[0].id
    channel = client.conversations_open(users=member)["channel"]["id"]
    client.chat_postMessage(channel=channel, text="one")
    client.chat_postMessage(channel=member, text="two")
    assert {m.channel for m in room.slack.messages()} == {channel}


def test_ephemeral_messages_are_for_one_pair_of_eyes(
    room: PracticeRoom, client: WebClient, hands: Hands
) -> None:
    """An ephemeral message is in no history, and nobody else can press its buttons."""
    maya, jonas, *_ = room.members
    client.chat_postEphemeral(channel=room.channel_id, user=maya.id, text="psst", blocks=CARD)
    (shown,) = hands.get("messages")
    assert shown["ephemeral_to"] == maya.id
    assert client.conversations_history(channel=room.channel_id)["messages"] == []
    said = hands.post("click", ts=shown["ts"], text="Approve", member=jonas.id)
    assert (hands.status, said["ok"]) == (404, False)
    with pytest.raises(SlackApiError) as error:
        client.chat_update(channel=room.channel_id, ts=shown["ts"], text="x")
    assert refused(error) == "message_not_found"


def test_a_file_goes_up_in_three_steps_and_can_be_shown(
    room: PracticeRoom, client: WebClient
) -> None:
    """files_upload_v2 works, and an image block may show the file, but not one that is not there."""
    up = client.files_upload_v2(
        filename="chart.png", content=b"\x89PNG", title="Chart", channel=room.channel_id
    )
    (message,) = room.slack.messages()
    assert message.files[0]["title"] == "Chart"
    image = {"type": "image", "alt_text": "a chart", "slack_file": {"id": up["file"]["id"]}}
    client.chat_postMessage(channel=room.channel_id, text="chart", blocks=[image])
    with pytest.raises(SlackApiError) as error:
        client.chat_postMessage(
            channel=room.channel_id, text="x", blocks=[{**image, "slack_file": {"id": "F0NO"}}]
        )
    assert refused(error) == "invalid_blocks"


def test_reactions_permalinks_and_assistant_threads_are_kept(
    room: PracticeRoom, client: WebClient
) -> None:
    """The smaller methods do what they say."""
    ts = client.chat_postMessage(channel=room.channel_id, text="x")["ts"]
    client.reactions_add(channel=room.channel_id, timestamp=ts, name="eyes")
    assert room.slack.messages()[0].reactions == {"eyes": [BOT_USER_ID]}
    client.reactions_remove(channel=room.channel_id, timestamp=ts, name="eyes")
    assert room.slack.messages()[0].reactions == {}
    link = client.chat_getPermalink(channel=room.channel_id, message_ts=ts)["permalink"]
    assert link.startswith(room.page_url)
    client.assistant_threads_setStatus(
        channel_id=room.channel_id, thread_ts=ts, status="is thinking…"
    )
    assert room.slack_settings.assistant[ts]["status"] == "is thinking…"
    client.assistant_threads_setSuggestedPrompts(
        channel_id=room.channel_id, thread_ts=ts, prompts=[{"title": "a", "message": "b"}]
    )
    assert client.chat_delete(channel=room.channel_id, ts=ts)["ok"]
    assert room.slack.messages() == []


def test_sections_of_slack_sdk_pass_the_checks(room: PracticeRoom, client: WebClient) -> None:
    """Blocks built with slack_sdk's own models are taken."""
    blocks = [SectionBlock(text="*Hello*").to_dict(), DividerBlock().to_dict(), *CARD]
    assert client.chat_postMessage(channel=room.channel_id, text="x", blocks=blocks)["ok"]


def test_a_rate_limit_says_when_to_come_back(room: PracticeRoom, client: WebClient) -> None:
    """429 bears Retry-After, and slack_sdk's own retry handler gets through afterwards."""
    room.trouble.queue("slack", "429", on="chat.postMessage", seconds=1)
    with pytest.raises(SlackApiError) as error:
        client.chat_postMessage(channel=room.channel_id, text="x")
    assert refused(error) == "ratelimited"
    assert error.value.response.headers["Retry-After"] == "1"
    patient = web_client(room, retry_handlers=[RateLimitErrorRetryHandler(max_retry_count=1)])
    room.trouble.queue("slack", "429", seconds=0)
    assert patient.chat_postMessage(channel=room.channel_id, text="x")["ok"]


def test_a_channel_takes_one_message_a_second_when_switched_on(
    room: PracticeRoom, client: WebClient
) -> None:
    """With a message rate set the second message at once is refused."""
    room.slack_message_rate = 1.0
    client.chat_postMessage(channel=room.channel_id, text="one")
    with pytest.raises(SlackApiError) as error:
        client.chat_postMessage(channel=room.channel_id, text="two")
    assert refused(error) == "ratelimited"
    assert error.value.response.headers["Retry-After"] == "1"


def test_a_message_can_be_posted_and_its_answer_lost(room: PracticeRoom, client: WebClient) -> None:
    """posted_but_lost: the client sees a broken connection, the message stands in the channel."""
    room.trouble.queue("slack", "posted_but_lost")
    client.auth_test()  # not a post, so not struck
    with pytest.raises(RemoteDisconnected):
        web_client(room, retry_handlers=[]).chat_postMessage(channel=room.channel_id, text="x")
    assert [message.text for message in room.slack.messages()] == ["x"]
    assert room.requests.of("slack", "chat.postMessage")[0]["status"] is None


@pytest.mark.parametrize("what", ["429", "500", "timeout"])
def test_what_was_asked_is_on_record_though_nothing_was_done(room: PracticeRoom, what: str) -> None:
    """A call that a trouble struck is logged with its words, and posts nothing."""
    room.trouble.queue("slack", what, seconds=1)
    client = web_client(room, retry_handlers=[], timeout=1)
    with pytest.raises((SlackApiError, TimeoutError, URLError)):
        client.chat_postMessage(channel=room.channel_id, text="x", unfurl_links=False)
    (call,) = room.requests.of("slack", "chat.postMessage")
    assert call["body"]["text"] == "x"
    assert "unfurl_links" in call["body"]
    assert room.slack.messages() == []


def test_half_answers_silence_and_server_errors(room: PracticeRoom) -> None:
    """cut_off, timeout and 500 look to the client as they do on a bad day."""
    client = web_client(room, retry_handlers=[], timeout=1)
    room.trouble.queue("slack", "cut_off")
    with pytest.raises((IncompleteRead, SlackApiError)):
        client.chat_postMessage(channel=room.channel_id, text="x")
    room.trouble.queue("slack", "timeout")
    with pytest.raises((TimeoutError, URLError)):
        client.auth_test()
    room.trouble.queue("slack", "500")
    with pytest.raises(SlackApiError) as error:
        client.auth_test()
    assert error.value.response.status_code == 500
    for what in ("invalid_blocks", "not_in_channel"):
        room.trouble.queue("slack", what)
        with pytest.raises(SlackApiError) as error:
            client.chat_postMessage(channel=room.channel_id, text="y", blocks=CARD)
        assert refused(error) == what
    assert client.auth_test()["ok"]
