"""Payloads that no card of ours makes: rubbish in every button, behind every window."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from clients.net.bounded import LONGEST_SLACK_PAYLOAD
from tests.scenarios.test_permissions import a_card, everything_stored, settled
from tests.stage import Stage, open_stage, until
from tests.ways_in import Known, press, submission
from views.blocks.action_ids import ActionId, ViewId

RUBBISH = [
    "",
    "|",
    "||||",
    "0",
    "9" * 4000,
    "²",
    "-1",
    "null",
    "[]",
    '["a", "b", 1e999]',
    '["a", "b", 99999999999999999999999]',
    "' OR 1=1 --",
    "%s :x \x00 \ud800",
    "mute_person|",
    "nonsense|1",
    "{}",
    "[" * 3000,
    "<!channel>",
]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with open_stage(tmp_path_factory.mktemp("stage")) as stage:
        stage.open()
        yield stage


@pytest.fixture(scope="module")
def known(stage: Stage) -> Known:
    return a_card(stage)


@contextmanager
def nothing_unforeseen(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Hold that every trouble meanwhile was a plain sentence, and no line a traceback."""
    caplog.clear()
    with caplog.at_level(logging.WARNING):
        yield
    faults = [record for record in caplog.records if record.exc_info]
    assert not faults, [record.getMessage() for record in faults]


@contextmanager
def unheard(stage: Stage) -> Iterator[None]:
    """Wait but a moment for an acknowledgement that never comes."""
    settings = stage.room.slack_settings
    usual, settings.ack_seconds = settings.ack_seconds, 0.5
    yield
    settings.ack_seconds = usual


def asked_again(stage: Stage) -> None:
    """Let a command be answered: what came before it has been taken up."""
    before = len(stage.calls("slack", "chat.postEphemeral"))
    said = {"user_id": stage.maya, "channel_id": stage.room.channel_id, "text": "nonsense"}
    stage.do("payload", kind="slash_commands", payload={"command": "/greenroom", **said})
    until(lambda: len(stage.calls("slack", "chat.postEphemeral")) > before, "an answer")


@pytest.mark.parametrize("value", RUBBISH)
def test_a_value_that_is_none_of_ours_does_nothing(
    stage: Stage, known: Known, value: str, caplog: pytest.LogCaptureFixture
) -> None:
    """For every button and menu: a sentence, or a window that stands on nothing of others."""
    until(lambda: settled(stage), "nothing is on its way")
    before = everything_stored(stage)
    with nothing_unforeseen(caplog):
        for action in ActionId:
            if action in _TAKES_NO_VALUE:
                continue
            payload = press(known, stage.maya, action)
            payload["actions"][0]["value"] = value
            answer = stage.do("payload", kind="interactive", payload=payload)
            assert answer["acked"] == [True], action
        asked_again(stage)
    assert everything_stored(stage) == before


#: Buttons that act on the whole; what they do is meant, whatever their value is.
_TAKES_NO_VALUE = {
    ActionId.SHOW_MORE,
    ActionId.VOICE_FROM_PAST,
    ActionId.PAUSE_LISTENING,
    ActionId.RESUME_LISTENING,
}


@pytest.mark.parametrize(
    "metadata", ["", "{", "[]", "null", "7", '"x"', "[" * 3000, '{"mention": 3}']
)
def test_a_window_with_rubbish_behind_it_is_refused(
    stage: Stage, known: Known, metadata: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Its submission stores nothing about any mention, and crashes nothing."""
    until(lambda: settled(stage), "nothing is on its way")
    before = everything_stored(stage)
    with nothing_unforeseen(caplog):
        for view in (ViewId.EDIT, ViewId.OTHER_IDEAS, ViewId.HAND_OVER, ViewId.SNOOZE):
            for broken in (
                {"private_metadata": metadata},
                {"state": metadata},
                {"state": {"values": {"x": 1}}},
            ):
                more = {"private_metadata": metadata, **broken}
                payload = submission(known, stage.maya, view, **more)
                answer = stage.do("payload", kind="interactive", payload=payload)
                assert answer["acked"] == [True], view
        for view in (ViewId.PERSON_NOTE, ViewId.ELSEWHERE):
            payload = submission(known, stage.maya, view, private_metadata=metadata)
            assert stage.do("payload", kind="interactive", payload=payload)["acked"] == [True]
        asked_again(stage)
    assert everything_stored(stage) == before


@pytest.mark.parametrize(
    "body",
    [
        {"type": "block_actions", "actions": [{"action_id": "approve", "type": "button"}]},
        {"type": "block_actions", "user": [], "actions": [{"action_id": "edit_text"}], "view": 1},
        {"type": "view_submission", "view": {"callback_id": "edit_reply"}},
        {"type": "view_submission", "user": {}, "view": {"callback_id": "voice", "state": []}},
        {"type": "view_submission", "user": {"id": 7}, "view": {"callback_id": "team_settings"}},
    ],
)
def test_half_a_payload_decides_nothing(stage: Stage, body: dict[str, Any]) -> None:
    """Nobody is named in it, and nobody may do nothing."""
    until(lambda: settled(stage), "nothing is on its way")
    before = everything_stored(stage)
    with unheard(stage):
        stage.do("payload", kind="interactive", payload=body)
    asked_again(stage)
    assert everything_stored(stage) == before


def test_a_payload_larger_than_any_of_slacks_is_left_out(stage: Stage, known: Known) -> None:
    """It is neither acknowledged nor read; the next one is taken as ever."""
    payload = press(known, stage.maya, ActionId.SKIP)
    payload["message"] = {"text": "x" * (LONGEST_SLACK_PAYLOAD + 1)}
    with unheard(stage):
        answer = stage.do("payload", kind="interactive", payload=payload)
    assert answer["acked"] == [False]
    asked_again(stage)
    stage.card_with(known.mention, "Approve")
