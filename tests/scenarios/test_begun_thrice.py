"""Work of which the process died three times is set apart, told once, and its mention is not lost.

A death is played in storage: a job that is due and was begun, by processes that are no more.
"""

from datetime import UTC, datetime, timedelta

import pytest

from domain import MentionState, ReplyState
from storage.db.database import Transaction
from storage.db.ids import new_id
from storage.inbox import mentions, replies
from storage.open import open_database
from storage.queue import claims, jobs, suspects
from tests.scenarios.test_after_restore import changing, file_of, sends, stop, stored
from tests.stage import Stage, practice_settings, shown, until
from tests.storm.process import Process, environment
from tests.test_commands import bot

_LEASE = timedelta(seconds=90)


def dead(tx: Transaction, key: str, times: int = 3) -> None:
    """Have a job begun so often by processes that died of it."""
    for _ in range(times):
        now = datetime.now(UTC)
        tx.execute("UPDATE jobs SET due_at = :now WHERE key = :key", {"now": now, "key": key})
        owner = new_id()
        for alone in (False, True):
            for job in claims.claim(
                tx, now=now, lease=_LEASE, owner=owner, limit=99, suspects=alone
            ):
                if job.key != key:
                    jobs.put_back(tx, job, due_at=job.due_at)
        claims.release_all(tx)


def dies_of(stage: Stage, key: str, times: int = 3) -> None:
    """Stop, and let a job's processes die."""
    stop(stage)
    with changing(stage) as tx:
        dead(tx, key, times)


def drafting(stage: Stage, asked: int) -> None:
    """Wait until the model was asked once more."""
    until(lambda: len(stage.calls("model", "chat")) > asked, "it drafts")


def told(stage: Stage, words: str) -> list[str]:
    return [message["text"] for message in stage.messages() if words in message["text"]]


def test_a_post_that_kills_comes_without_ideas(empty_stage: Stage) -> None:
    """Its card is there and says why; the channel hears it once; “Other ideas…” tries once more."""
    stage = empty_stage
    stage.open()
    post = stage.mention("do you have oat milk?")
    stage.card_with(post, "Approve")
    stop(stage)
    with changing(stage) as tx:
        # As if it had never been drafted for.
        tx.execute("DELETE FROM suggestions WHERE mention_id = :id", {"id": post})
        tx.execute("UPDATE mentions SET state = 'drafting' WHERE id = :id", {"id": post})
        jobs.add_job(tx, "suggest", key=f"suggest:{post}", subject=post, due_at=datetime.now(UTC))
        dead(tx, f"suggest:{post}")
    stage.open()
    card = stage.card_with(post, "comes without ideas")
    assert "Write a reply…" in shown(card)
    until(lambda: told(stage, "stopped three times"), "the channel is told")
    with stored(stage) as db, db.read() as tx:
        mention = mentions.mention(tx, post)
        assert suspects.set_apart_count(tx) == 1
    assert mention is not None
    assert mention.state == "waiting"
    doctor = bot(
        "doctor", folder=stage.folder, environment=practice_settings(stage.room, stage.folder)
    )
    assert f"suggest:{post}" in doctor.stdout
    assert doctor.returncode == 0
    stop(stage)
    stage.open()
    # Another mention's way is as ever, and nothing is told a second time.
    stage.card_with(stage.mention("are you open on Sunday?", author="ruth"), "Approve")
    assert len(told(stage, "stopped three times")) == 1
    with changing(stage) as tx:
        jobs.add_job(tx, "suggest", key=f"suggest:{post}", subject=post, due_at=datetime.now(UTC))
    stage.card_with(post, "Approve")
    with stored(stage) as db, db.read() as tx:
        assert suspects.set_apart_count(tx) == 0


def test_a_reply_that_kills_is_asked_about(empty_stage: Stage) -> None:
    """It did not begin to go: nothing is sent by itself, and a press sends it."""
    stage = empty_stage
    stage.open(UNDO_SECONDS="600")
    post = stage.mention()
    stage.press(stage.card_with(post, "Approve"), "Approve")
    stage.card_with(post, "Undo")
    with stored(stage) as db, db.read() as tx:
        reply = replies.reply_of(tx, post)
    assert reply is not None
    dies_of(stage, f"send:{reply.decision_id}")
    stage.open()
    card = stage.card_with(post, "Greenroom stopped three times")
    assert not sends(stage)
    stage.press(card, "Try again")
    assert stage.reply_to(post)["text"] == reply.text


def test_a_reply_that_may_be_out_is_looked_for(empty_stage: Stage) -> None:
    """Sending had begun: it goes the way of every reply of which nobody knows."""
    stage = empty_stage
    stage.open(UNDO_SECONDS="600")
    post = stage.mention()
    stage.press(stage.card_with(post, "Approve"), "Approve")
    stage.card_with(post, "Undo")
    with stored(stage) as db, db.read() as tx:
        reply = replies.reply_of(tx, post)
    assert reply is not None
    dies_of(stage, f"send:{reply.decision_id}")
    with changing(stage) as tx:
        now = datetime.now(UTC)
        replies.move_reply(
            tx, reply.id, before={reply.state}, to=ReplyState.SENDING, attempted_at=now
        )
        mentions.move(tx, post, to=MentionState.SENDING, at=now)
    stage.open()
    stage.card_with(post, "Send anyway")
    assert not sends(stage)


def test_a_look_that_kills_ends_in_the_question(empty_stage: Stage) -> None:
    """Nobody waits for looks that are not made."""
    stage = empty_stage
    stage.open()
    post = stage.mention()
    card = stage.card_with(post, "Approve")
    stage.trouble("x", "timeout", times=1, on="post")
    stage.trouble("x", "500", times=500, on="timeline")
    stage.press(card, "Approve")
    stage.card_with(post, "Unconfirmed")
    with stored(stage) as db, db.read() as tx:
        reply = replies.reply_of(tx, post)
    assert reply is not None
    dies_of(stage, f"look:{reply.id}")
    stage.open()
    stage.card_with(post, "Send anyway")


def test_listening_goes_on_more_seldom(empty_stage: Stage) -> None:
    """A watch's reading that killed is tried again after a while; when it ends, all is as before."""
    stage = empty_stage
    stage.open()
    until(lambda: stage.calls("x", "mentions"), "it listens")
    dies_of(stage, "listen:mentions")
    stage.open()
    until(lambda: told(stage, "Greenroom stopped three times while it read the watch"), "told")
    stage.card_with(stage.mention(), "Approve")
    with stored(stage) as db, db.read() as tx:
        assert suspects.set_apart_count(tx) == 0


@pytest.mark.timeout(180)
def test_a_process_that_is_killed_while_it_drafts(empty_stage: Stage) -> None:
    """Three kills in the middle of the same work, for real: the mention has its card all the same."""
    stage = empty_stage
    settings = environment(
        stage, OPENAI_API_KEY="sk-practice", OPENAI_BASE_URL=stage.room.model_url
    )
    post = ""
    for _ in range(3):
        stage.do("trouble", where="model", what="timeout", times=50, seconds=60)
        asked = len(stage.calls("model", "chat"))
        with (stage.folder / "log").open("ab") as log:
            process = Process(settings, log)
            assert process.wait_until_ready()
            post = post or stage.mention("what do you bake?")
            drafting(stage, asked)
            process.kill()
    db = open_database(f"sqlite:///{file_of(stage)}")
    with db.read() as tx:
        job = jobs.job(tx, f"suggest:{post}")
    db.close()
    assert job is not None
    assert job.begun == 3
    stage.open()
    stage.card_with(post, "comes without ideas")
