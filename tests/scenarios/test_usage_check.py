"""X's own count of the posts that were read yesterday is compared with our ledger."""

from datetime import UTC, datetime, timedelta

import pytest

from domain import JobKind
from sandbox.x.bill import Bill
from storage.money import ledger
from storage.queue import jobs
from tests.stage import Stage, until
from tests.team import hurry, room_of

_YESTERDAY = datetime.now(UTC) - timedelta(days=1)


@pytest.fixture
def compared(empty_stage: Stage) -> Stage:
    """A Greenroom whose app was used yesterday: 210 posts were read through it."""
    read_through_the_app(empty_stage, 210)
    empty_stage.open(X_BEARER_TOKEN=empty_stage.room.x_bearer_token)
    return empty_stage


def read_through_the_app(stage: Stage, number: int) -> None:
    """Let the practice X have billed so many posts yesterday, whoever read them."""
    day_before = Bill(lambda: _YESTERDAY)
    for post_id in range(number):
        day_before.read("post_read", str(post_id))
    stage.room.x.costs = day_before


def booked(stage: Stage, number: int) -> None:
    """Let our ledger know of so many posts of yesterday."""
    room = room_of(stage)
    with room.db.write() as tx:
        ledger.bill_reads(
            tx,
            kind="post",
            ids=[f"9{n}" for n in range(number)],
            price_micro=5_000,
            purpose="watch:gone",
            at=_YESTERDAY,
        )


def compare(stage: Stage) -> None:
    """Have the comparison run, and wait until it has."""
    hurry(stage, JobKind.USAGE_CHECK, "usage_check")
    room = room_of(stage)

    def ran() -> bool:
        with room.db.read() as tx:
            job = jobs.job(tx, "usage_check")
        return job is None or job.due_at > room.now()

    until(ran, "the comparison has run")


def told(stage: Stage) -> list[str]:
    return [m["text"] for m in stage.messages() if "X counted" in m["text"]]


def budget(stage: Stage) -> str:
    """Return what `/greenroom budget` answers, whole."""
    stage.do("command", command="/greenroom", text="budget", member=stage.maya)
    return str(stage.answer_to(stage.maya, "Greenroom's own count")["blocks"])


def test_nothing_is_said_while_both_count_alike(compared: Stage) -> None:
    """A few posts apart are no news; the budget's answer shows both numbers all the same."""
    booked(compared, 195)
    compare(compared)
    assert "X counted 210 posts read, Greenroom 195" in budget(compared)
    assert told(compared) == []


def test_another_program_on_the_same_app_is_told_once(compared: Stage) -> None:
    """With both numbers and what to do; and that it is over, when it is."""
    booked(compared, 30)
    compare(compared)
    until(lambda: told(compared), "the channel hears of it")
    compare(compared)
    (words,) = told(compared)
    assert "X counted 210 posts read" in words
    assert "Greenroom 30" in words
    assert "another program" in words
    booked(compared, 200)
    compare(compared)
    until(
        lambda: [m for m in compared.messages() if "agree again" in m["text"]],
        "the channel hears that it is over",
    )


def test_small_days_say_nothing(empty_stage: Stage) -> None:
    """Twenty posts of a new account are far more than a tenth, and nobody's concern."""
    read_through_the_app(empty_stage, 20)
    empty_stage.open(X_BEARER_TOKEN=empty_stage.room.x_bearer_token)
    compare(empty_stage)
    assert "X counted 20 posts read, Greenroom 0" in budget(empty_stage)
    assert told(empty_stage) == []


def test_a_refusal_of_x_is_a_line_in_the_log(
    compared: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    """Nobody is troubled; it is tried again the next day."""
    compared.trouble("x", "403_not_enrolled", on="usage")
    compare(compared)
    until(lambda: "X's count of posts was not read" in caplog.text, "the log says so")
    assert told(compared) == []


def test_without_a_bearer_token_x_is_not_asked(empty_stage: Stage) -> None:
    """X takes no other key for it."""
    empty_stage.open()
    compare(empty_stage)
    assert not empty_stage.calls("x", "usage")
