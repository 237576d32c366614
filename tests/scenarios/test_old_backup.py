"""A backup from days ago: what was answered since then is not answered again by a fresh press."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

from storage.db.restored import RESTORED
from storage.db.values import time_text
from tests.scenarios.test_after_restore import file_of, sends, stop
from tests.stage import Stage, quick

_AGO = timedelta(days=4)
_ANSWERED = "From nine to four on Sundays."
#: The ordinary reading of our timeline does not come first.
_LATER = quick(timeline_fresh=timedelta(hours=1), timeline_quiet=timedelta(hours=1))


def waiting_in_an_old_copy(stage: Stage) -> str:
    """Have a card wait in a copy of four days ago; a day after it was answered on X."""
    now = datetime.now(UTC)
    x = stage.room.x
    asked = "@juniperstcoffee what time do you open on Sunday?"
    post = x.add_post("nell", asked, created_at=now - _AGO - timedelta(hours=1)).id
    stage.open(_LATER, FIRST_LOOK_BACK_HOURS="168", UNDO_SECONDS="0.2")
    stage.card_with(post, "Approve")
    stop(stage)
    x.add_post(x.account.handle, _ANSWERED, post, created_at=now - _AGO + timedelta(days=1))
    with closing(sqlite3.connect(file_of(stage))) as copy, copy:
        noted = [RESTORED, time_text(now - _AGO)]
        copy.execute("INSERT OR REPLACE INTO marks (name, value) VALUES (?, ?)", noted)
    return post


def test_a_fresh_approval_in_an_old_copy_is_not_a_second_answer(empty_stage: Stage) -> None:
    """The card waits as it did; pressed at once, our answer of days ago is found first."""
    stage = empty_stage
    post = waiting_in_an_old_copy(stage)
    stage.open(_LATER, UNDO_SECONDS="0.2")
    stage.press(stage.card_with(post, "Approve"), "Approve")
    stage.card_with(post, "Answered on X already")
    assert sends(stage) == []
    assert [reply["text"] for reply in stage.replies_to(post)] == [_ANSWERED]
