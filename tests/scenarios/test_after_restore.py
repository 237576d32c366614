"""After a start with stored approvals our own posts on X are read before anything goes.

Each scene copies the database while an approved reply waits in its undo window, lets something else
happen, and starts again on the copy: what a restore does.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from domain import MentionState
from jobs.sending.own_posts_first import OWN_POSTS_FIRST
from storage.db import key_values
from storage.db.database import Database, Transaction
from storage.db.values import time_text
from storage.inbox import mentions, replies
from storage.money import ledger
from storage.open import open_database
from tests.stage import Stage, practice_settings, quick, shown, until
from tests.storm.process import Process, environment
from tests.test_commands import bot

#: So long that nothing goes by itself while the scene is set.
_WINDOW = "600"


def approved_and_copied(stage: Stage, text: str = "are you open on Sunday?") -> str:
    """Have a reply approved, and its database copied in the undo window; return the post."""
    stage.open(UNDO_SECONDS=_WINDOW)
    post = stage.mention(text)
    stage.press(stage.card_with(post, "Approve"), "Approve")
    stage.card_with(post, "Undo")
    with closing(sqlite3.connect(file_of(stage))) as here, closing(copy_of(stage)) as there:
        here.backup(there)
        there.execute("PRAGMA journal_mode=DELETE")
    return post


def file_of(stage: Stage) -> Path:
    return stage.folder / "stage.db"


def copy_of(stage: Stage) -> sqlite3.Connection:
    return sqlite3.connect(stage.folder / "copy.db")


def stop(stage: Stage) -> None:
    assert stage.greenroom is not None
    stage.greenroom.stop()
    stage.greenroom = None


def put_back(stage: Stage, *, due: timedelta = timedelta()) -> None:
    """Stop, and put the copy in place; its reply is due so long from now."""
    stop(stage)
    for beside in stage.folder.glob("stage.db*"):
        beside.unlink()
    (stage.folder / "copy.db").rename(file_of(stage))
    due_now(stage, due)


def restore(stage: Stage) -> None:
    """Stop, and go back to the copy by the command; its reply is due now, and not late."""
    stop(stage)
    settings = practice_settings(stage.room, stage.folder)
    ended = bot("restore", "copy.db", folder=stage.folder, environment=settings)
    assert ended.returncode == 0, ended.stderr
    due_now(stage)


def due_now(stage: Stage, due: timedelta = timedelta()) -> None:
    at = datetime.now(UTC) + due
    with changing(stage) as tx:
        tx.execute("UPDATE replies SET due_at = :at WHERE state = 'approved'", {"at": at})
        tx.execute("UPDATE jobs SET due_at = :at WHERE kind = 'send'", {"at": at})


@contextmanager
def stored(stage: Stage) -> Iterator[Database]:
    db = open_database(f"sqlite:///{file_of(stage)}")
    try:
        yield db
    finally:
        db.close()


@contextmanager
def changing(stage: Stage) -> Iterator[Transaction]:
    with stored(stage) as db, db.write() as tx:
        yield tx


def state_of(stage: Stage, post: str) -> tuple[str, str]:
    """Return how the mention and its last reply stand."""
    with stored(stage) as db, db.read() as tx:
        mention, reply = mentions.mention(tx, post), replies.last_reply(tx, post)
    assert mention is not None
    assert reply is not None
    return mention.state, reply.state


def ours(stage: Stage, post: str, text: str) -> str:
    """Answer a post on X by hand; return the reply's id."""
    x = stage.room.x
    return x.add_post(x.account.handle, text, in_reply_to=post).id


def sends(stage: Stage) -> list[dict[str, Any]]:
    return stage.calls("x", "post")


def test_a_withdrawn_reply_does_not_go_when_another_went(empty_stage: Stage) -> None:
    """Undone, another text sent, the copy restored: X holds the other text alone, and the card it."""
    stage = empty_stage
    post = approved_and_copied(stage)
    stage.press(stage.card_with(post, "Undo"), "Undo")
    stage.card_with(post, "Edit…")
    stop(stage)
    stage.open()
    stage.press(stage.card_with(post, "Edit…"), "Edit…")
    stage.submit(stage.view(), {"edit_text": "Yes, come by on Sunday."})
    stage.reply_to(post)
    put_back(stage)
    stage.open()
    card = stage.card_with(post, "Answered on X already")
    assert "come by on Sunday" in shown(card)
    assert [reply["text"] for reply in stage.replies_to(post)] == ["Yes, come by on Sunday."]
    assert len(sends(stage)) == 1
    assert state_of(stage, post) == ("answered", "withdrawn")


def test_the_same_reply_is_recorded_as_sent(empty_stage: Stage) -> None:
    """It went out after the copy was made: stored as sent with X's id, and not sent again."""
    stage = empty_stage
    post = approved_and_copied(stage)
    stop(stage)
    due_now(stage)
    stage.open()
    reply = stage.reply_to(post)
    put_back(stage)
    stage.open()
    until(lambda: state_of(stage, post) == ("answered", "sent"), "it is known to be out")
    with stored(stage) as db, db.read() as tx:
        sent = replies.reply_of(tx, post)
    assert sent is not None
    assert (sent.state, sent.post_id) == ("sent", reply["id"])
    assert len(sends(stage)) == 1


def test_what_nobody_answered_goes(empty_stage: Stage) -> None:
    """A copy whose reply is due and not late: it goes after the reading, once."""
    stage = empty_stage
    post = approved_and_copied(stage)
    put_back(stage)
    stage.open()
    stage.reply_to(post)
    stage.card_with(post, "replied")
    read, sent = stage.calls("x", "timeline"), sends(stage)
    assert len(sent) == 1
    assert read[0]["at"] <= sent[0]["at"]
    with stored(stage) as db, db.read() as tx:
        assert key_values.value(tx, OWN_POSTS_FIRST) is None


def test_what_is_late_is_asked_about_with_its_very_words(empty_stage: Stage) -> None:
    """More than 15 minutes late: nothing goes; the card names who approved, and a press sends it."""
    stage = empty_stage
    post = approved_and_copied(stage)
    put_back(stage, due=-timedelta(minutes=16))
    stage.open()
    card = stage.card_with(post, "Try again")
    words = shown(card)
    with stored(stage) as db, db.read() as tx:
        failed = replies.last_reply(tx, post)
    assert failed is not None
    assert failed.member_name in words
    assert "still fits" in words
    assert failed.text in words
    assert state_of(stage, post) == ("failed", "failed")
    assert not stage.replies_to(post)
    stage.press(card, "Try again", stage.tom)
    assert stage.reply_to(post)["text"] == failed.text
    assert len(sends(stage)) == 1


def test_what_is_late_and_answered_is_closed(empty_stage: Stage) -> None:
    """Nobody is asked about what somebody answered by hand meanwhile."""
    stage = empty_stage
    post = approved_and_copied(stage)
    stop(stage)
    ours(stage, post, "Yes, from ten!")
    stage.open()
    put_back(stage, due=-timedelta(hours=1))
    stage.open()
    stage.card_with(post, "Answered on X already")
    assert state_of(stage, post) == ("answered", "withdrawn")
    assert not sends(stage)


def test_what_was_undone_since_the_backup_is_asked_about(empty_stage: Stage) -> None:
    """Undone and nothing else, restored at once: X shows nothing of it, and nothing goes unasked."""
    stage = empty_stage
    post = approved_and_copied(stage)
    stage.press(stage.card_with(post, "Undo"), "Undo")
    stage.card_with(post, "Approve")
    restore(stage)
    stage.open()
    card = stage.card_with(post, "Try again")
    assert state_of(stage, post) == ("failed", "failed")
    assert not sends(stage)
    stage.press(card, "Try again")
    stage.reply_to(post)
    assert len(sends(stage)) == 1


def test_it_is_still_asked_about_after_another_start(empty_stage: Stage) -> None:
    """The first start had no way to look at X: the second knows of the restore, too."""
    stage = empty_stage
    post = approved_and_copied(stage)
    restore(stage)
    stage.trouble("x", "500", times=200, on="timeline")
    before = len(stage.calls("x", "timeline"))
    stage.open()
    until(lambda: len(stage.calls("x", "timeline")) > before, "the timeline is asked for")
    stop(stage)
    stage.forget_trouble()
    due_now(stage)
    stage.open()
    stage.card_with(post, "Try again")
    assert not sends(stage)


def test_what_was_answered_since_the_backup_asks_nobody(empty_stage: Stage) -> None:
    """Our own post answers it: the card is closed."""
    stage = empty_stage
    post = approved_and_copied(stage)
    ours(stage, post, "Yes, from ten!")
    restore(stage)
    stage.open()
    stage.card_with(post, "Answered on X already")
    assert state_of(stage, post) == ("answered", "withdrawn")
    assert not sends(stage)


def test_a_backup_put_back_by_hand_is_asked_about_too(empty_stage: Stage) -> None:
    """Where the log of a killed Greenroom beside it gives it away."""
    stage = empty_stage
    with (stage.folder / "log").open("wb") as log:
        process = Process(environment(stage, UNDO_SECONDS=_WINDOW), log)
        assert process.wait_until_ready()
        post = stage.mention()
        stage.press(stage.card_with(post, "Approve"), "Approve")
        stage.card_with(post, "Undo")
        settings = practice_settings(stage.room, stage.folder)
        copied = bot("backup", "copy.db", folder=stage.folder, environment=settings)
        assert copied.returncode == 0, copied.stderr
        stage.press(stage.card_with(post, "Undo"), "Undo")
        stage.card_with(post, "Approve")
        process.kill()
    shutil.copyfile(stage.folder / "copy.db", file_of(stage))
    stage.open()
    due_now(stage)
    stage.card_with(post, "Try again")
    assert not sends(stage)


@pytest.mark.parametrize("what", ["500", "429", "402"])
def test_while_x_does_not_show_our_posts_nothing_goes(empty_stage: Stage, what: str) -> None:
    """Whatever keeps the timeline from being read; once X shows it, it is seen what stands there."""
    stage = empty_stage
    post = approved_and_copied(stage)
    stop(stage)
    ours(stage, post, "Yes, from ten!")
    stage.open(UNDO_SECONDS=_WINDOW)
    put_back(stage)
    stage.trouble("x", what, times=200, on="timeline")
    before = len(stage.calls("x", "timeline"))
    stage.open()
    until(lambda: len(stage.calls("x", "timeline")) > before + 2, "the timeline is asked for again")
    assert not sends(stage)
    assert state_of(stage, post)[1] == "approved"
    stage.forget_trouble()
    stage.card_with(post, "Answered on X already")
    assert not sends(stage)


def test_without_money_for_looking_nothing_goes(empty_stage: Stage) -> None:
    """The approved reply waits, says why, and goes when there is money again."""
    stage = empty_stage
    post = approved_and_copied(stage)
    put_back(stage)
    with changing(stage) as tx:
        ledger.note_cost(
            tx,
            service="x",
            kind="post",
            purpose="timeline",
            units=1,
            micro_dollars=50_000_000,
            at=datetime.now(UTC),
        )
    stage.open()
    stage.card_with(post, "does not pay for looking")
    assert not sends(stage)
    stop(stage)
    with changing(stage) as tx:
        tx.execute("DELETE FROM costs")
    due_now(stage)
    stage.open()
    stage.reply_to(post)


def test_a_restart_while_x_is_out_asks_nobody(empty_stage: Stage) -> None:
    """What waits because X said no is not late: it was put off, and goes when X takes it."""
    stage = empty_stage
    timings = quick(late=timedelta(seconds=6))
    stage.open(timings)
    post = stage.mention()
    card = stage.card_with(post, "Approve")
    stage.trouble("x", "402", times=500, on="post")
    stage.press(card, "Approve")
    stage.card_with(post, "goes out when X takes it")
    with stored(stage) as db, db.read() as tx:
        approved = replies.reply_of(tx, post)
    assert approved is not None
    until(lambda: datetime.now(UTC) > approved.due_at + timings.late, "it would be late")
    stop(stage)
    stage.open(timings)
    stage.forget_trouble()
    stage.reply_to(post)
    until(lambda: state_of(stage, post) == ("answered", "sent"), "it is known to be out")


def test_a_machine_that_slept_looks_before_it_sends(empty_stage: Stage) -> None:
    """No start is needed: what is overdue in a running Greenroom is looked for too, and then goes."""
    stage = empty_stage
    stage.open(UNDO_SECONDS=_WINDOW)
    posts = [stage.mention(), stage.mention("do you open on Monday?", author="ruth")]
    for post in posts:
        stage.press(stage.card_with(post, "Approve"), "Approve")
        stage.card_with(post, "Undo")
    ours(stage, posts[0], "Yes, from ten!")
    due_now(stage, -timedelta(hours=1))
    stage.card_with(posts[0], "Answered on X already")
    stage.reply_to(posts[1])
    assert len(sends(stage)) == 1


def test_after_long_silence_a_fresh_approval_is_looked_for_too(empty_stage: Stage) -> None:
    """A card of an older copy may show what was answered since: it is read before the reply goes."""
    stage = empty_stage
    stage.open()
    post = stage.mention()
    card = stage.card_with(post, "Approve")
    stop(stage)
    ours(stage, post, "Yes, from ten!")
    with changing(stage) as tx:
        key_values.set_value(tx, "clock_seen", time_text(datetime.now(UTC) - timedelta(hours=1)))
        tx.execute("DELETE FROM jobs WHERE kind = 'timeline'")
    # Nobody else reads the timeline so soon.
    stage.open(quick(timeline_fresh=timedelta(hours=1), timeline_quiet=timedelta(hours=1)))
    stage.press(card, "Approve")
    stage.card_with(post, "Answered on X already")
    assert not sends(stage)
    with stored(stage) as db, db.read() as tx:
        mention = mentions.mention(tx, post)
    assert mention is not None
    assert mention.state is MentionState.ANSWERED
