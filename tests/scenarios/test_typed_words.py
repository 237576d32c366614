"""What a member typed is never lost: the window stays with it, or the words are given back."""

import threading
from collections.abc import Callable
from typing import Any

import pytest

from domain import MentionState
from sandbox.slack.people import APP_ID, TEAM_ID
from storage.inbox import mentions
from tests.scenarios.test_people import page_with, press_in
from tests.scenarios.test_voice import command, private, window
from tests.stage import Stage, shown, until
from tests.team import room_of, set_team
from tests.ways_in import Known, submission
from views.blocks.action_ids import ViewId

WORDS = "Eight on Sundays. Want the bench in the sun?"
NOTE = "Loves the greyhound, hates decaf."


def move(stage: Stage, post: str, to: MentionState) -> None:
    """Let a mention end by itself, as a job has it end."""
    room = room_of(stage)
    with room.db.write() as tx:
        assert mentions.move(tx, post, to=to, at=room.now())


def heard(event: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "event_callback",
        "team_id": TEAM_ID,
        "api_app_id": APP_ID,
        "event_id": "Ev0LEFT",
        "event": event,
    }


def skipped(stage: Stage, post: str) -> None:
    stage.press(stage.card_with(post, "Skip"), "Skip", stage.tom)
    stage.card_with(post, "skipped this")


def approved(stage: Stage, post: str) -> None:
    stage.press(stage.card_with(post, "Approve"), "Approve", stage.tom)
    stage.card_with(post, "approved this")


def expired(stage: Stage, post: str) -> None:
    move(stage, post, MentionState.EXPIRED)


def gone(stage: Stage, post: str) -> None:
    move(stage, post, MentionState.GONE)


def answered_by_hand(stage: Stage, post: str) -> None:
    move(stage, post, MentionState.ANSWERED)


def barred(stage: Stage, _post: str) -> None:
    """Take Maya out of the channel."""
    channel = stage.room.channel_id
    stage.room.slack.channels[channel].members.remove(stage.maya)
    left = {"type": "member_left_channel", "user": stage.maya, "channel": channel}
    stage.do("payload", kind="events_api", payload=heard(left))


def unreadable(stage: Stage, post: str) -> None:
    """Let the card's row hold what nobody foresaw."""
    with room_of(stage).db.write() as tx:
        tx.execute("UPDATE mentions SET lane = 'sideways' WHERE id = :id", {"id": post})


def no_room(stage: Stage, _post: str, table: str = "decisions") -> None:
    """Let the database take no more rows of a table."""
    with room_of(stage).db.write() as tx:
        tx.execute(
            f"CREATE TRIGGER no_room BEFORE INSERT ON {table}"
            " BEGIN SELECT RAISE(ABORT, 'no room'); END"
        )


MEANWHILE = [skipped, approved, expired, gone, answered_by_hand, barred, unreadable, no_room]


def open_still(stage: Stage, view: dict[str, Any]) -> bool:
    return view["view_id"] in {each["view_id"] for each in stage.get("views")}


@pytest.mark.parametrize("meanwhile", MEANWHILE)
def test_the_edit_window_stays_with_the_words(
    empty_stage: Stage, meanwhile: Callable[[Stage, str], None]
) -> None:
    """Whatever happened while somebody wrote, the sentence stands at the field, the words above."""
    stage = empty_stage
    stage.open(UNDO_SECONDS="60")
    post = stage.mention()
    stage.press(stage.card_with(post, "Approve"), "Edit…")
    view = stage.view()
    meanwhile(stage, post)
    answer = stage.submit(view, {"edit_text": WORDS})
    assert not answer["ok"], answer
    (sentence,) = answer["errors"].values()
    assert sentence
    assert open_still(stage, view)
    assert [r for r in stage.replies_to(post) if r["text"] == WORDS] == []


@pytest.mark.parametrize("label", ["Other ideas…", "Assign…", "Snooze…"])
@pytest.mark.parametrize("meanwhile", [skipped, no_room, barred])
def test_the_other_windows_of_a_card_stay_too(
    empty_stage: Stage, label: str, meanwhile: Callable[[Stage, str], None]
) -> None:
    """A wish, a word to a colleague, a time: none is thrown away."""
    stage = empty_stage
    stage.open(UNDO_SECONDS="60")
    post = stage.mention()
    stage.press(stage.card_with(post, "Approve"), label)
    view = stage.view()
    values = {"Other ideas…": {"steer": NOTE}, "Assign…": {"who": stage.tom, "note": NOTE}}
    meanwhile(stage, post)
    answer = stage.submit(view, values.get(label, {}))
    assert not answer["ok"], answer
    assert answer["errors"]
    assert open_still(stage, view)


def voice_window(stage: Stage) -> tuple[dict[str, Any], dict[str, Any]]:
    command(stage, "voice edit")
    return window(stage, "Who we are"), {"who": NOTE}


def interview_window(stage: Stage) -> tuple[dict[str, Any], dict[str, Any]]:
    command(stage, "set up voice")
    return window(stage, "How do we talk?"), {"who": NOTE}


def occasion_window(stage: Stage) -> tuple[dict[str, Any], dict[str, Any]]:
    command(stage, "playbook")
    press_in(stage, window(stage, "Playbook"), "Add an occasion")
    view = window(stage, "Words that call for it")
    return view, {"name": "dogs", "cues": "dog", "answers": "Yes, and they get a bowl."}


def note_window(stage: Stage) -> tuple[dict[str, Any], dict[str, Any]]:
    post = stage.mention()
    stage.press(stage.card_with(post, "Approve"), "About @nell…")
    press_in(stage, page_with(stage, "Add a note"), "Add a note…")
    return page_with(stage, "What should we remember"), {"note": NOTE}


def watch_window(stage: Stage) -> tuple[dict[str, Any], dict[str, Any]]:
    command(stage, "watch")
    stage.press(private(stage, "Add a keyword watch"), "Add a keyword watch")
    return stage.view(), {"label": "tea", "query": "oolong", "cap": "10"}


WINDOWS = [
    (voice_window, "voices"),
    (interview_window, "voice_offers"),
    (occasion_window, "playbooks"),
    (note_window, "person_notes"),
]


@pytest.mark.parametrize(("opened", "table"), WINDOWS)
@pytest.mark.parametrize("how", ["database", "barred"])
def test_a_window_stays_when_its_words_cannot_be_stored(
    stage: Stage,
    opened: Callable[[Stage], tuple[dict[str, Any], dict[str, Any]]],
    table: str,
    how: str,
) -> None:
    """The database refuses, or the member may not any more: the window keeps what was typed."""
    view, values = opened(stage)
    if how == "barred":
        barred(stage, "")
    else:
        no_room(stage, "", table)
    answer = stage.submit(view, values)
    assert not answer["ok"], answer
    assert answer["errors"]
    assert open_still(stage, view)


def test_when_the_database_is_slow_slack_keeps_the_window_and_nothing_goes_out_twice(
    empty_stage: Stage,
) -> None:
    """After 3 seconds Slack says so; pressed again, the window closes, and one reply goes out."""
    stage = empty_stage
    stage.open(UNDO_SECONDS="2")
    post = stage.mention()
    stage.press(stage.card_with(post, "Approve"), "Edit…")
    view = stage.view()
    held, let_go = threading.Event(), threading.Event()

    def hold() -> None:
        with room_of(stage).db.write():
            held.set()
            let_go.wait(20)

    other = threading.Thread(target=hold)
    other.start()
    try:
        assert held.wait(5)
        answer = stage.submit(view, {"edit_text": WORDS})
    finally:
        let_go.set()
        other.join()
    assert not answer["ok"]
    assert "trouble connecting" in answer["error"]
    assert open_still(stage, view)
    stage.card_with(post, "approved this")
    assert stage.submit(view, {"edit_text": WORDS})["ok"], "what was taken closes the window"
    assert stage.reply_to(post)["text"] == WORDS


def test_a_window_of_another_greenroom_gives_the_words_back(stage: Stage) -> None:
    """It has no place for a sentence: the words come as plain text, markup and all."""
    known = Known(stage.room.channel_id, "", "", "", "", "", "")
    payload = submission(known, stage.maya, ViewId.EDIT)
    payload["view"]["private_metadata"] = ""
    typed = "Come *all* <!channel> & friends"
    payload["view"]["state"] = {
        "values": {"text:d": {"edit_text": {"type": "plain_text_input", "value": typed}}}
    }
    stage.do("payload", kind="interactive", payload=payload)
    given = private(stage, "What you wrote, so that it is not lost")
    plain = [b["text"] for b in given["blocks"] if (b.get("text") or {}).get("text") == typed]
    assert [each["type"] for each in plain] == ["plain_text"]


@pytest.mark.parametrize(
    "typed",
    ["watch add tea", "vioce edit the whole thing", "voice edti everything", "set up voise again"],
)
def test_a_command_that_is_not_understood_is_given_back(stage: Stage, typed: str) -> None:
    """Slack keeps no command: what was typed stands below the sentence."""
    command(stage, typed)
    given = private(stage, "What you wrote, so that it is not lost")
    assert f"/greenroom {typed}" in shown(given)


def test_words_reach_who_left_the_channel(stage: Stage) -> None:
    """Where Slack shows nothing privately, they come as a direct message."""
    barred(stage, "")
    typed = {"user_id": stage.maya, "channel_id": stage.room.channel_id}
    said = {"command": "/greenroom", **typed, "text": "watch add tea = oolong from the hills"}
    stage.do("payload", kind="slash_commands", payload=said)

    def direct() -> dict[str, Any] | None:
        return next(
            (m for m in stage.messages() if "oolong from the hills" in shown(m)),
            None,
        )

    assert "What you wrote" in shown(until(direct, "the words are given back"))


def test_a_reason_that_was_shown_nowhere_comes_back(stage: Stage) -> None:
    """The other channel went away meanwhile: who typed why has the words again."""
    set_team(stage, escalate_to="C0NOWHERE99")
    post = stage.mention()
    stage.press(stage.card_with(post, "Approve"), "Show in another channel…")
    stage.submit(stage.view(), {"why": NOTE})
    given = private(stage, "What you wrote, so that it is not lost")
    assert NOTE in shown(given)
