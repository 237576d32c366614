"""What X's people delete, hide or change is gone or changed here, too; whoever asks is forgotten."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlite_utils

from domain import MentionState
from storage import jobs, mentions
from storage.database import open_database
from tests.moved_clock import open_at
from tests.stage import Stage, practice_settings, shown, until
from tests.storm.process import ROOT
from tests.team import room_of

WORDS = "is the walnut bench by the window still free on Sundays?"


def sweep_now(stage: Stage) -> None:
    """Have the daily sweep begin."""
    room = room_of(stage)
    with room.db.write() as tx:
        jobs.make_due(tx, ["sweep", "retention"], room.now())
    room.nudge()


def state(stage: Stage, post: str) -> MentionState | None:
    with room_of(stage).db.read() as tx:
        found = mentions.mention(tx, post)
    return found.state if found else None


def everything(path: Path) -> str:
    """Return every value of every table, as a thief of the file would read it."""
    with closing(sqlite3.connect(path)) as db:
        return "\n".join(line for line in db.iterdump() if not line.startswith("CREATE"))


def bot(stage: Stage, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command of bot.py with the stage's settings."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, str(ROOT / "bot.py"), *arguments],
        cwd=stage.folder,
        env={**kept, "PYTHONPATH": str(ROOT), **practice_settings(stage.room, stage.folder)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("how", ["deleted", "protected"])
def test_a_post_that_is_gone_leaves_storage_card_and_thread(stage: Stage, how: str) -> None:
    """The next sweep closes the card; no word of the post is in the database or in Slack."""
    post = stage.mention(WORDS, author="ruth")
    card = stage.card_with(post, "Approve")
    stage.do("say", text="who is this?", thread_ts=card["ts"], member=stage.maya)
    until(
        lambda: [
            m for m in stage.messages() if m["thread_ts"] == card["ts"] and m["author"] == "bot"
        ],
        "it is answered in the thread",
    )
    if how == "deleted":
        stage.room.x.delete_post(post)
    else:
        stage.room.x.add_person("ruth", protected=True)
    sweep_now(stage)
    until(lambda: state(stage, post) is MentionState.GONE, "the mention is closed")
    stage.card_with(post, "Gone from X")
    until(lambda: "walnut" not in str(stage.messages()), "Slack holds no word of it")
    until(
        lambda: (
            not [
                m for m in stage.messages() if m["thread_ts"] == card["ts"] and m["author"] == "bot"
            ]
        ),
        "what we wrote below the card is gone",
    )
    assert "walnut" not in everything(stage.folder / "stage.db")


def test_a_post_that_was_changed_is_shown_and_drafted_anew(stage: Stage) -> None:
    """The card shows the new words and says so."""
    post = stage.mention("do you have oat milk?", author="ruth")
    stage.card_with(post, "Approve")
    stage.room.x.change_post(post, f"{stage.room.account} do you have goat milk, sorry?")
    sweep_now(stage)
    card = stage.card_with(post, "goat milk")
    stage.card_with(post, "changed on X")
    assert "Approve" in shown(card)


def test_before_an_old_post_is_answered_it_is_looked_at_again(empty_stage: Stage) -> None:
    """Approved two hours after it was caught and then deleted: nothing is sent."""
    stage = empty_stage
    open_at(stage, datetime.now(UTC), UNDO_SECONDS="1")
    post = stage.mention(WORDS, author="ruth")
    stage.card_with(post, "Approve")
    open_at(stage, datetime.now(UTC) + timedelta(hours=2), UNDO_SECONDS="1")
    stage.press(stage.card_with(post, "Approve"), "Approve")
    stage.card_with(post, "Undo")
    stage.room.x.delete_post(post)
    stage.card_with(post, "Gone from X")
    assert stage.replies_to(post) == []
    assert not stage.calls("x", "post")


def test_a_changed_post_is_not_answered_with_what_was_approved_before(empty_stage: Stage) -> None:
    """The approval is taken back, and the card asks anew."""
    stage = empty_stage
    open_at(stage, datetime.now(UTC), UNDO_SECONDS="1")
    post = stage.mention("do you have oat milk?", author="ruth")
    stage.card_with(post, "Approve")
    open_at(stage, datetime.now(UTC) + timedelta(hours=2), UNDO_SECONDS="1")
    stage.press(stage.card_with(post, "Approve"), "Approve")
    stage.card_with(post, "Undo")
    stage.room.x.change_post(post, f"{stage.room.account} do you hate oat milk?")
    card = stage.card_with(post, "changed on X")
    assert "hate oat milk" in shown(card)
    assert stage.replies_to(post) == []


def test_old_words_go_and_the_figures_stay(empty_stage: Stage) -> None:
    """After the retention time no word of others is stored; who was answered is still counted."""
    stage = empty_stage
    open_at(stage, datetime.now(UTC), RETENTION_DAYS="30")
    answered, waits = stage.mention(WORDS, author="ruth"), stage.mention("oat milk?", author="tess")
    stage.press(stage.card_with(answered, "Approve"), "Approve")
    stage.card_with(answered, "Answered by")
    stage.card_with(waits, "Approve")
    room = room_of(stage)
    with room.db.write() as tx:
        # What nobody took is closed after two weeks; what somebody took stays open.
        assert mentions.move(tx, waits, to=MentionState.HANDED_OVER, at=room.now())
    before = counted(stage)
    open_at(stage, datetime.now(UTC) + timedelta(days=40), RETENTION_DAYS="30")
    sweep_now(stage)
    path = stage.folder / "stage.db"
    until(lambda: "walnut" not in everything(path), "the words are forgotten")
    assert "oat milk?" in everything(path), "what waits keeps its words"
    assert counted(stage) == before


def counted(stage: Stage) -> list[tuple[object, ...]]:
    """Return the rows that figures are counted from."""
    with closing(sqlite3.connect(stage.folder / "stage.db")) as db:
        talk = db.execute("SELECT * FROM talk ORDER BY post_id").fetchall()
        waited = db.execute("SELECT mention_id, outcome, choice FROM waits ORDER BY 1").fetchall()
    return [*talk, *waited]


def test_a_person_is_forgotten_everywhere(stage: Stage) -> None:
    """Neither handle nor id nor words are left, in the database or in Slack, and it is counted."""
    post = stage.mention(WORDS, author="ruth_b")
    stage.press(stage.card_with(post, "Approve"), "Approve")
    stage.card_with(post, "Answered by")
    other = stage.post("tess", f"{stage.room.account} I agree with @ruth_b about oat milk")
    stage.card_with(other, "Approve")
    person = stage.room.x.person_by_handle("ruth_b")
    assert person is not None
    done = bot(stage, "forget", "@ruth_b")
    assert done.returncode == 0, done.stderr
    assert "mentions" in done.stdout
    assert "messages in Slack" in done.stdout
    left = everything(stage.folder / "stage.db")
    for word in ("ruth_b", person.id, "walnut"):
        assert word not in left, [line for line in left.splitlines() if word in line]
    assert "walnut" not in str(stage.messages())


def test_who_asked_to_be_left_alone_stays_left_alone(stage: Stage) -> None:
    """Forgotten but for the id: what they write later is still set aside."""
    post = stage.mention("please never reply to me again, leave me alone", author="ruth_b")
    stage.card_with(post, "set aside")
    assert bot(stage, "forget", "ruth_b").returncode == 0
    # X tells the time of a post in whole seconds: this one is of a later one.
    now = datetime.now(UTC)
    until(
        lambda: datetime.now(UTC) >= now.replace(microsecond=0) + timedelta(seconds=1), "a second"
    )
    later = stage.mention("do you have oat milk?", author="ruth_b")
    until(lambda: state(stage, later) is MentionState.SET_ASIDE, "they are left alone")


def test_nobody_of_that_name(stage: Stage) -> None:
    """A handle that is not stored is said, and nothing is removed."""
    done = bot(stage, "forget", "@nobody_here")
    assert done.returncode == 1
    assert "Nobody called @nobody_here is stored" in done.stderr


def test_the_export_opens_as_a_database(stage: Stage) -> None:
    """One SQLite file with plain tables and links between them; only its owner may read it."""
    post = stage.mention(WORDS, author="ruth")
    stage.press(stage.card_with(post, "Approve"), "Approve")
    stage.card_with(post, "Answered by")
    done = bot(stage, "export", "out.db")
    assert done.returncode == 0, done.stderr
    path = stage.folder / "out.db"
    assert path.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(path)) as connection:
        out = sqlite_utils.Database(connection)
        assert WORDS in str(out.table("posts").get(post))
        assert [row["member_id"] for row in out.table("decisions").rows] == [stage.maya]
        assert {key.other_table for key in out.table("decisions").foreign_keys} == {"mentions"}
    again = bot(stage, "export", "out.db")
    assert again.returncode == 1
    assert "is there already" in again.stderr
    assert bot(stage, "export", "lines").returncode == 0
    assert WORDS in (stage.folder / "lines" / "posts.jsonl").read_text()
    open_database(f"sqlite:///{stage.folder / 'stage.db'}").close()
