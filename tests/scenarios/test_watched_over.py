"""Health and metrics for whoever watches over Greenroom, JSON logs, and error reports."""

import json
import logging
import re
from collections.abc import Iterator

import pytest
import requests

from commands.error_reports import bare
from commands.health_port import WatchPort
from commands.logs import JsonLine
from errors import StorageError
from jobs.gauges import readings
from tests.stage import Stage, until
from tests.team import room_of


@pytest.fixture
def port(stage: Stage) -> Iterator[str]:
    """Serve the port beside the stage's Greenroom; return its address."""
    assert stage.greenroom is not None
    served = WatchPort(
        "127.0.0.1",
        0,
        problem=stage.greenroom.problem,
        readings=lambda: readings(room_of(stage)),
    )
    yield f"http://127.0.0.1:{served.port}"
    served.close()


def meters(port: str) -> dict[str, float]:
    """Return what /metrics says: each line's name with its labels, and its value."""
    answer = requests.get(f"{port}/metrics", timeout=30)
    assert answer.status_code == 200, answer.text
    lines = [line for line in answer.text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def test_the_numbers_follow_what_happens(stage: Stage, port: str) -> None:
    """A mention, an approval and a reply are counted; nothing names a person or a post."""
    post = stage.mention("do you have oat milk?", author="ruth")
    stage.press(stage.card_with(post, "Approve"), "Approve")
    stage.card_with(post, "Answered by")

    def sent() -> dict[str, float] | None:
        now = meters(port)
        return now if now.get('greenroom_replies{state="sent"}') == 1 else None

    told = until(sent, "it is sent")
    assert told['greenroom_mentions{state="answered"}'] == 1
    assert told["greenroom_lag_seconds"] >= 0
    assert 0 < told['greenroom_budget_left_dollars{service="x"}'] < 50
    assert told["greenroom_handler_seconds_count"] >= 1
    assert told['greenroom_job_seconds_count{kind="send"}'] >= 1
    assert told["greenroom_paused"] == 0
    text = requests.get(f"{port}/metrics", timeout=30).text
    assert not re.search(rf"{post}|ruth|oat milk", text)


def test_health_says_what_is_wrong(stage: Stage, port: str) -> None:
    """200 while everything runs; 503 and one sentence once Slack is gone."""
    healthy = requests.get(f"{port}/healthz", timeout=30)
    assert (healthy.status_code, healthy.text) == (200, "ok")
    assert requests.get(f"{port}/other", timeout=30).status_code == 404
    assert stage.greenroom is not None
    stage.greenroom.stop()
    ill = requests.get(f"{port}/healthz", timeout=30)
    assert ill.status_code == 503
    assert ill.text.endswith(".")


def test_a_database_that_fails_is_told_without_its_details() -> None:
    """The sentence, no trace."""

    def ill() -> str:
        raise StorageError("The disk is full.")

    served = WatchPort("127.0.0.1", 0, problem=ill, readings=list)
    answer = requests.get(f"http://127.0.0.1:{served.port}/healthz", timeout=30)
    served.close()
    assert (answer.status_code, answer.text) == (503, "The disk is full.")


def test_json_lines_carry_ids_and_stay_one_line() -> None:
    """Hostile text cannot forge a record; `mention=` is a field of its own."""
    record = logging.LogRecord(
        "greenroom.send", logging.INFO, "", 1, "mention=%s said %s", ("12", "a\n{}\u2028\x00"), None
    )
    line = JsonLine().format(record)
    assert "\n" not in line
    assert line.isascii()
    read = json.loads(line)
    assert (read["mention"], read["level"], read["logger"]) == ("12", "INFO", "greenroom.send")


def test_an_error_report_holds_no_words_and_no_secret() -> None:
    """Only where it happened and of what kind it was leaves the machine."""
    event = {
        "event_id": "1",
        "level": "error",
        "server_name": "shop-laptop",
        "user": {"id": "maya"},
        "request": {"headers": {"Authorization": "Bearer xoxb-secret"}},
        "breadcrumbs": {"values": [{"message": "xoxb-secret"}]},
        "extra": {"sys.argv": ["xoxb-secret"]},
        "contexts": {"trace": {"data": "xoxb-secret"}},
        "logentry": {"message": "job=%s failed", "params": ["xoxb-secret"]},
        "exception": {"values": [{"type": "ValueError", "value": "no such token xoxb-secret"}]},
    }
    sent = json.dumps(bare(event))
    assert "xoxb-secret" not in sent
    assert "shop-laptop" not in sent
    assert "ValueError" in sent
    assert "job=%s failed" in sent


class Kept(logging.Handler):
    """Keeps what is logged, whatever other tests did to the root logger."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


@pytest.fixture
def our_log() -> Iterator[Kept]:
    """What Greenroom's own loggers say at INFO."""
    logger, kept = logging.getLogger("greenroom"), Kept()
    before, off = logger.level, logger.manager.disable
    logging.disable(logging.NOTSET)
    logger.setLevel(logging.INFO)
    logger.addHandler(kept)
    yield kept
    logger.removeHandler(kept)
    logger.setLevel(before)
    logging.disable(off)


def test_the_log_tells_a_mentions_way_by_its_own_id(stage: Stage, our_log: Kept) -> None:
    """From X to the reply: each step one line, all with the id that the post has on X."""
    post = stage.mention("do you have oat milk?")
    way = re.compile(rf"mention={post} step=(\w+)")

    def steps() -> list[str]:
        return [found[1] for line in our_log.lines if (found := way.match(line))]

    until(lambda: "shown" in steps(), "the log says that it is shown")
    stage.press(stage.card_with(post, "Approve"), "Approve")
    stage.card_with(post, "Answered by")
    assert steps() == ["caught", "drafted", "shown", "approved", "sent"]
    assert "oat milk" not in "".join(our_log.lines)
