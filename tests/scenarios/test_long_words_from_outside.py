"""Very long messages from people who may not decide: quickly put by, and nothing comes of them."""

import time
from collections.abc import Iterator

import pytest
import requests

from bench.judgement import fillings
from commands.health_port import WatchPort
from sandbox.slack.people import BOT_USER_ID
from tests.scenarios.test_permissions import a_card, everything_stored, settled, watched_stage
from tests.stage import Stage, until
from tests.ways_in import Known, command, message, press, submission
from views.blocks.action_ids import ActionId, ViewId

LENGTH = 40_000
PUMPS = ["_", "a ", "reply ", "letters and signs", "mixed signs 0"]
#: An acknowledgement that Slack waits for: it takes three seconds for a failure.
SLACK_WAITS = 3.0


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with watched_stage(tmp_path_factory.mktemp("stage")) as stage:
        yield stage


@pytest.fixture(scope="module")
def known(stage: Stage) -> Known:
    return a_card(stage)


@pytest.mark.parametrize("pump", PUMPS)
def test_forty_thousand_characters_from_outside_hold_nothing_up(
    stage: Stage, known: Known, pump: str
) -> None:
    """In a thread, a direct message, a command and a window: health and presses answer at once."""
    until(lambda: settled(stage), "nothing is on its way")
    before = everything_stored(stage)
    unit = fillings()[pump]
    words = f"<@{BOT_USER_ID}> {unit * (LENGTH // len(unit) + 1)}"[:LENGTH]
    assert stage.greenroom is not None
    port = WatchPort("127.0.0.1", 0, problem=stage.greenroom.problem, readings=list)
    began = time.process_time()
    try:
        for member in (stage.guest, stage.outsider):
            stage.do(
                "payload",
                kind="events_api",
                payload=message(known, member, words, thread_ts=known.card_ts),
            )
            direct = message(known, member, words, channel="D0X", channel_type="im")
            stage.do("payload", kind="events_api", payload=direct)
            for kind, payload in (
                ("slash_commands", command(known, member, words)),
                (
                    "interactive",
                    submission(known, member, ViewId.EDIT)
                    | {"view": _typed(submission(known, member, ViewId.EDIT)["view"], words)},
                ),
            ):
                assert stage.do("payload", kind=kind, payload=payload)["acked"] == [True]
            health = requests.get(f"http://127.0.0.1:{port.port}/healthz", timeout=60)
            assert health.text == "ok"
            pressed = press(known, stage.maya, ActionId.OPEN_ON_X)
            assert stage.do("payload", kind="interactive", payload=pressed)["acked"] == [True]
    finally:
        port.close()
    until(lambda: settled(stage), "nothing is on its way")
    assert time.process_time() - began < 2 * SLACK_WAITS
    assert everything_stored(stage) == before


def _typed(view: dict[str, object], words: str) -> dict[str, object]:
    typed = {"text:d": {"edit_text": {"type": "plain_text_input", "value": words}}}
    return {**view, "state": {"values": typed}}
