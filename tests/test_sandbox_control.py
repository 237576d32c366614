"""The control API of the practice room: what scripts and the page use."""

import json
import re
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import Ack, App
from slack_sdk import WebClient

from sandbox.control.control import control_routes
from sandbox.faults.trouble import KNOWN
from sandbox.room import PracticeRoom
from sandbox.story.story import load_story
from tests.practice_slack import Hands, connected, wait_for, web_client

README = Path(__file__).parent.parent / "sandbox" / "README.md"


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


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def options(*names: str) -> list[dict[str, Any]]:
    return [{"text": plain(name), "value": name.lower()[0]} for name in names]


MENU = {"type": "overflow", "action_id": "more", "options": options("Snooze", "Assign…")}
BLOCKS: list[dict[str, Any]] = [
    {"type": "section", "text": plain("A post"), "accessory": MENU},
    {
        "type": "actions",
        "block_id": "first",
        "elements": [
            {
                "type": "button",
                "action_id": "approve",
                "text": plain(":white_check_mark: Approve"),
                "value": "1",
            },
            {
                "type": "static_select",
                "action_id": "pick",
                "placeholder": plain("Pick"),
                "options": options("Red", "Blue"),
            },
            {"type": "checkboxes", "action_id": "tick", "options": options("One", "Two")},
        ],
    },
    {
        "type": "actions",
        "block_id": "second",
        "elements": [
            {"type": "button", "action_id": "approve", "text": plain("Approve"), "value": "2"}
        ],
    },
    {
        "type": "input",
        "block_id": "typed",
        "dispatch_action": True,
        "label": plain("Words"),
        "element": {"type": "plain_text_input", "action_id": "words"},
    },
]


# --- posts -------------------------------------------------------------------------------


def test_posts_are_made_listed_and_deleted(room: PracticeRoom, hands: Hands) -> None:
    """A made-up customer's post appears on X, with or without @, and can go again."""
    first = hands.post("posts", author="@new_person", text="Are you open?")["id"]
    reply = hands.post("posts", author=room.account, text="Yes!", in_reply_to=first)["id"]
    listed = hands.get("posts")
    assert [post["id"] for post in listed] == [first, reply]
    assert [post["ours"] for post in listed] == [False, True]
    assert listed[0]["author"] == "new_person"
    assert listed[1]["in_reply_to"] == first
    assert listed[1]["text"] == "Yes!"
    hands.call("DELETE", f"posts/{first}")
    assert [post["deleted"] for post in hands.get("posts")] == [True, False]
    hands.call("DELETE", f"posts/{first}")
    assert hands.status == 404


# --- pressing and filling ----------------------------------------------------------------


@pytest.fixture
def pressed(room: PracticeRoom, client: WebClient) -> Iterator[list[dict[str, Any]]]:
    """Connect an app that takes every press, and collect the actions."""
    app = App(client=client)
    taken: list[dict[str, Any]] = []

    @app.action({"type": "block_actions", "action_id": re.compile(".*")})
    def anything(ack: Ack, action: dict[str, Any]) -> None:
        taken.append(action)
        ack()

    with connected(room, app):
        yield taken


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({"text": "approve"}, {"block_id": "first", "value": "1"}),
        ({"action_id": "approve", "value": "2"}, {"block_id": "second", "value": "2"}),
        ({"text": "Approve", "block_id": "second"}, {"block_id": "second", "value": "2"}),
        ({"text": "assign"}, {"selected_option": {"text": plain("Assign…"), "value": "a"}}),
        ({"action_id": "more", "value": "s"}, {"selected_option": options("Snooze")[0]}),
        ({"action_id": "pick", "value": "Blue"}, {"selected_option": options("Blue")[0]}),
        ({"action_id": "tick", "value": ["o", "Two"]}, {"selected_options": options("One", "Two")}),
        ({"action_id": "words", "value": "shorter"}, {"value": "shorter"}),
    ],
)
def test_everything_that_can_be_pressed_is_found(
    room: PracticeRoom,
    client: WebClient,
    hands: Hands,
    pressed: list[dict[str, Any]],
    how: dict[str, Any],
    expected: dict[str, Any],
) -> None:
    """Buttons, menus and inputs are found by id or words, and say what was chosen."""
    ts = client.chat_postMessage(channel=room.channel_id, text="x", blocks=BLOCKS)["ts"]
    assert hands.post("click", ts=ts, member=room.members[0].id, **how)["acked"]
    action = pressed[0]
    assert {name: action[name] for name in expected} == expected


def test_a_choice_in_a_message_stays_in_its_state(
    room: PracticeRoom, client: WebClient, hands: Hands, pressed: list[dict[str, Any]]
) -> None:
    """What was picked comes with the next press as state.values."""
    ts = client.chat_postMessage(channel=room.channel_id, text="x", blocks=BLOCKS)["ts"]
    member = room.members[0].id
    hands.post("click", ts=ts, member=member, action_id="pick", value="b")
    assert len(pressed) == 1
    (message,) = hands.get("messages")
    chosen = message["values"]["first"]["pick"]["selected_option"]
    assert chosen == options("Blue")[0]


def test_forms_take_values_by_action_by_block_or_both(room: PracticeRoom, hands: Hands) -> None:
    """A submission's values may be named in three ways; wrong names and options are refused."""
    member = room.members[0].id
    select = {"type": "static_select", "action_id": "pick", "options": options("Red", "Blue")}
    blocks = [
        BLOCKS[3],
        {"type": "input", "block_id": "colour", "label": plain("Colour"), "element": select},
    ]
    view = {"type": "modal", "title": plain("T"), "submit": plain("Go"), "blocks": blocks}
    opened = room.slack.views.open(member, view)
    room.slack_settings.ack_seconds = 0.1
    for values in (
        {"words": "a", "pick": "Blue"},
        {"typed": {"words": "a"}, "colour": {"pick": "b"}},
        {"typed": "a", "colour": "blue"},
    ):
        said = hands.post("submit", view_id=opened.id, values=values, member=member)
        # No app is connected, so the submission itself fails, as it does in Slack.
        assert (said["ok"], said["acked"]) == (False, False)
        assert opened.values["typed"]["words"]["value"] == "a"
        assert opened.values["colour"]["pick"]["selected_option"]["value"] == "b"
        opened.values.clear()
    assert (
        "no input 'nothing'"
        in hands.post("submit", view_id=opened.id, values={"nothing": 1}, member=member)["error"]
    )
    assert (
        "no option 'Green'"
        in hands.post("submit", view_id=opened.id, values={"pick": "Green"}, member=member)["error"]
    )
    assert hands.status == 400


def test_a_press_in_a_modal_brings_what_is_typed_beside_it(
    room: PracticeRoom, hands: Hands, pressed: list[dict[str, Any]]
) -> None:
    """Unsent words of a form are in the view's state when a button in it is pressed."""
    member = room.members[0].id
    view = {"type": "modal", "title": plain("T"), "submit": plain("Go"), "blocks": BLOCKS[2:]}
    opened = room.slack.views.open(member, view)
    values = {"words": "half a sentence"}
    hands.post("click", view_id=opened.id, text="Approve", member=member, values=values)
    assert pressed[0]["value"] == "2"
    state = hands.get("views")[0]["view"]["state"]["values"]
    assert state["typed"]["words"]["value"] == "half a sentence"


# --- what is refused ---------------------------------------------------------------------


def test_mistakes_are_answered_with_a_status_and_a_sentence(
    room: PracticeRoom, client: WebClient, hands: Hands
) -> None:
    """Every wrong call gets 400 or 404 and one clear sentence."""
    member = room.members[0].id
    ts = client.chat_postMessage(channel=room.channel_id, text="x", blocks=BLOCKS)["ts"]
    wrong: list[tuple[int, str, dict[str, Any], str]] = [
        (404, "click", {"ts": "1.1", "text": "Approve", "member": member}, "no message 1.1"),
        (404, "click", {"ts": ts, "text": "Delete", "member": member}, "'Delete'"),
        (404, "click", {"ts": ts, "text": "Approve", "member": "U0NOBODY"}, "no member"),
        (404, "click", {"view_id": "V0", "text": "x", "member": member}, "no open view V0"),
        (400, "click", {"ts": ts, "member": member}, "Say what to press"),
        (400, "click", {"text": "Approve", "member": member}, "Say where to press"),
        (400, "click", {"ts": ts, "text": "Approve"}, "member is missing"),
        (400, "click", {"ts": ts, "action_id": "pick", "value": "?", "member": member}, "option"),
        (404, "submit", {"view_id": "V0", "values": {}, "member": member}, "no open view"),
        (404, "close", {"view_id": "V0", "member": member}, "no open view"),
        (400, "say", {"text": " ", "member": member}, "text is missing"),
        (404, "say", {"text": "x", "thread_ts": "1.1", "member": member}, "no message"),
        (404, "say", {"text": "x", "channel": "nowhere", "member": member}, "no channel"),
        (400, "command", {"command": "/a b", "text": "", "member": member}, "one word"),
        (400, "command", {"command": "/a", "thread_ts": ts, "member": member}, "in threads"),
        (400, "posts", {"author": "x y", "text": "Hi"}, "no handle"),
        (400, "posts", {"author": "a", "text": "Hi", "in_reply_to": "1"}, "no post 1"),
        (400, "posts", {"author": "a"}, "text is missing"),
        (400, "trouble", {"where": "slack", "what": "rain"}, "no trouble called 'rain'"),
        (400, "trouble", {"where": "moon", "what": "429"}, "'moon'"),
        (400, "trouble", {"where": "x", "what": "429", "times": "many"}, "many"),
        (400, "model", {"answers": "one"}, "must be a list"),
        (404, "shortcut", {"callback_id": "x", "ts": "1.1", "member": member}, "no message"),
    ]
    for status, path, body, words in wrong:
        said = hands.post(path, **body)
        assert (path, hands.status, said["ok"]) == (path, status, False), said
        assert words in said["error"]
    assert (
        hands.call("POST", "say", ["not an object"])["error"] == "The body must be a JSON object."
    )


def test_another_websites_page_may_not_act(room: PracticeRoom, hands: Hands) -> None:
    """A browser that brings another site's Origin is refused; the room's own page is not."""
    hands.call("POST", "posts", {"author": "a", "text": "x"}, Origin="https://evil.example")
    assert hands.status == 403
    own = room.page_url.rstrip("/")
    hands.call("POST", "posts", {"author": "a", "text": "x"}, Origin=own)
    assert hands.status == 200


# --- lists -------------------------------------------------------------------------------


def test_members_have_their_roles(hands: Hands) -> None:
    """At least two approvers, a guest and an outsider are there, by string ids."""
    roles = [member["role"] for member in hands.get("members")]
    assert roles.count("approver") >= 2
    assert {"guest", "outsider"} <= set(roles)
    assert all(isinstance(member["id"], str) for member in hands.get("members"))


def test_the_state_says_that_this_is_practice(room: PracticeRoom, hands: Hands) -> None:
    """The state names the room's parts and says that nothing leaves this machine."""
    state = hands.get("state")
    assert state["practice"] is True
    assert "nothing leaves this machine" in state["notice"]
    assert state["channel"]["id"] == room.channel_id
    assert f"@{state['account']['handle']}" == room.account
    assert state["bot"]["connected"] is False


def test_calls_are_logged_without_tokens(
    room: PracticeRoom, client: WebClient, hands: Hands
) -> None:
    """The request log counts calls, can be asked for one kind, and holds no token."""
    client.chat_postMessage(channel=room.channel_id, text="x", token=room.slack_bot_token)
    client.auth_test()
    assert [entry["call"] for entry in hands.get("requests?where=slack")] == [
        "chat.postMessage",
        "auth.test",
    ]
    (entry,) = hands.get("requests?call=chat.postMessage")
    assert (entry["status"], entry["body"]["text"]) == (200, "x")
    assert room.slack_bot_token not in json.dumps(hands.get("requests"))


def test_troubles_are_queued_listed_and_cleared(hands: Hands) -> None:
    """What is to go wrong can be seen and taken back; aliases are understood."""
    hands.post("trouble", where="x", what="credits", times=2, on="mentions")
    (waiting,) = hands.get("trouble")
    assert (waiting["what"], waiting["times"], waiting["on"]) == ("402", 2, "mentions")
    hands.call("DELETE", "trouble")
    assert hands.get("trouble") == []


def test_the_models_answers_are_set_and_listed(hands: Hands) -> None:
    """Answers queued by a script are listed as what the model service says next."""
    assert hands.post("model", answers=["Hello", {"suggestions": []}])["queued"] == 2
    assert [answer["content"] for answer in hands.get("model")] == ["Hello", '{"suggestions": []}']


def test_changes_are_told_as_they_happen(room: PracticeRoom, client: WebClient) -> None:
    """The event stream names the lists that changed."""
    heard: set[str] = set()
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"{room.control_url}/changes", timeout=30) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        assert stream.readline().startswith(b":")
        client.chat_postMessage(channel=room.channel_id, text="x")
        room.x.add_post("somebody", "Hi")
        room.trouble.queue("x", "429")
        while heard < {"messages", "posts", "trouble"}:
            line = stream.readline()
            if line.startswith(b"data: "):
                heard |= set(json.loads(line[6:])["changed"])


def test_pictures_and_the_page_are_served(room: PracticeRoom, hands: Hands) -> None:
    """Avatars are PNG pictures; a request under another name is refused."""
    with hands.opener.open(f"{room.base_url}/avatars/maya.okafor.png") as answer:
        assert answer.read().startswith(b"\x89PNG")
    with pytest.raises(json.JSONDecodeError):  # a plain refusal, not the control API's answer
        hands.call("GET", "state", Host="evil.example")
    assert hands.status == 400


# --- stories and words -------------------------------------------------------------------


def test_a_story_furnishes_the_room() -> None:
    """The story's members, channel and week are there, and its ids can be looked up by key."""
    story = load_story()
    with PracticeRoom(story=story) as room:
        hands = Hands(room)
        assert {m["id"] for m in hands.get("members")} == {m.id for m in story.members}
        assert hands.get("state")["channel"]["name"] == story.channel
        posts = hands.get("posts")
        assert {post["id"] for post in posts} == set(room.post_ids.values())
        stamps = [post["created_at"] for post in posts]
        assert stamps == sorted(stamps)


def test_a_lively_room_lets_the_story_go_on() -> None:
    """The first arrival comes by itself, in the story's words."""
    story = load_story()
    room = PracticeRoom(story=story, lively=True)
    assert room.arrivals is not None
    room.arrivals.first_seconds = 0.05
    with room:
        posts = wait_for(lambda: room.x.posts()[len(story.posts) :], "the first arrival")
    assert posts[0].text == story.arrivals[0].text


def test_the_readme_names_every_trouble_and_every_call(room: PracticeRoom) -> None:
    """sandbox/README.md documents each trouble and each control call with an example."""
    text = README.read_text(encoding="utf-8")
    for where, names in KNOWN.items():
        for name in names:
            assert f"`{name}`" in text, f"{where}: {name}"
    for route in control_routes(room):
        path = str(getattr(route, "path", "")).removeprefix("/control/").removesuffix("/{id}")
        for method in set(getattr(route, "methods", None) or ()) - {"HEAD"}:
            assert f"`{method} {path}" in text, f"{method} {path}"
