"""What X shows again of what is stored: with other words, gone, or by somebody forgotten.

The room has no worker: each function is called as its job would call it.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from clients.x.client import Page
from commands.wiring.greenroom import Greenroom
from domain import JobKind, MentionState, Person
from jobs.engine.context import JobContext
from jobs.network.recheck_posts import SeenAgain
from jobs.network.reserve import SpendKey
from jobs.upkeep.answered_posts import store_answered
from jobs.upkeep.close_gone import close_gone
from jobs.upkeep.profiles import keep_people, person_called
from jobs.upkeep.recheck_post import changed, take_new_words
from jobs.upkeep.retention import forget_old_words
from jobs.upkeep.sweep import take_over
from settings import read_settings
from storage.db import key_values
from storage.db.database import Transaction
from storage.inbox import filtered, mentions
from storage.posts import people, posts
from storage.posts.erased_people import remember_forgotten
from storage.privacy.erase_person import forget_person
from storage.privacy.erase_words import WORDS_WENT, words_went
from storage.queue import claims
from storage.queue.enqueue import enqueue
from tests.stage import QUICK, Stage, practice_settings
from tests.storage.made import ACCOUNT, ANN, NOW, a_mention, a_post, caught, later

_S = MentionState


@pytest.fixture
def room(empty_stage: Stage) -> Iterator[JobContext]:
    """A room whose jobs nobody runs."""
    settings = read_settings(practice_settings(empty_stage.room, empty_stage.folder))
    greenroom = Greenroom(settings, timings=QUICK)
    try:
        yield greenroom.open()
    finally:
        greenroom.stop()


def asked(tx: Transaction, kind: JobKind) -> list[str | None]:
    """Return what the jobs of a kind are about, in the order in which they were written."""
    rows = tx.query("SELECT subject FROM jobs WHERE kind = :kind ORDER BY rowid", {"kind": kind})
    return [row["subject"] for row in rows]


@pytest.mark.parametrize("text", ["a\x00b", "x\ud83dy", "\ud83d\ude00"])
def test_what_no_database_can_hold_is_no_change(room: JobContext, text: str) -> None:
    """X's words are compared with what could be stored of them; read again they write nothing."""
    post = a_post(text=text)
    with room.db.write() as tx:
        posts.save_post(tx, post)
        assert not changed(tx, post)
        assert changed(tx, replace(post, text=text + "!"))
    with room.db.read() as tx:
        assert posts.save_post(tx, post), "a read refuses every write"


def test_where_a_name_was_blanked_other_words_are_a_change(room: JobContext) -> None:
    """The blank alone is none, whoever else is named; a wish that turned round is one."""
    asks = a_post("1002", text="@annreads @dee open?", mentioned_ids=(ANN.id, "77"))
    asks = replace(asks, author=Person("12", "ben", "Ben"))
    with room.db.write() as tx:
        remember_forgotten(tx, ANN.id, later(hours=1))
        people.name_person(tx, Person("77", "dee", "dee"))
        caught(tx, "1002", post=asks)
        tx.execute("DELETE FROM people WHERE id = '77'")
        assert not changed(tx, asks)
        other = replace(asks, text="@annreads @dee closed?")
        assert changed(tx, other)
        take_new_words(tx, room, other)
        kept = posts.post(tx, "1002")
    assert kept is not None
    assert kept.text.endswith("closed?")
    assert "annreads" not in kept.text


@pytest.mark.parametrize(
    ("state", "folded", "drafted"),
    [
        (_S.NEW, False, True),
        (_S.WAITING, False, True),
        (_S.HANDED_OVER, False, True),
        (_S.NEW, True, False),
        (_S.SET_ASIDE, False, False),
        (_S.BY_HAND, False, False),
        (_S.ANSWERED, False, False),
    ],
)
def test_new_words_are_drafted_for_where_somebody_waits_for_a_draft(
    room: JobContext, state: MentionState, folded: bool, drafted: bool
) -> None:
    """What is folded or set aside has its new words and stays where it is."""
    with room.db.write() as tx:
        caught(tx, state=state, folded=folded)
        take_new_words(tx, room, a_post(text="open on Monday?"))
        found = mentions.mention(tx, "1001")
        assert asked(tx, JobKind.SUGGEST) == (["1001"] if drafted else [])
    assert found is not None
    assert (found.post.text, found.state, found.folded) == ("open on Monday?", state, folded)


def test_the_list_of_what_was_set_aside_shows_the_new_words(room: JobContext) -> None:
    """Its line is drawn again, from the words as they are now."""
    with room.db.write() as tx:
        caught(tx, state=_S.SET_ASIDE)
        filtered.remember(tx, a_mention(), rule="r", why="w", at=NOW)
        take_new_words(tx, room, a_post(text="open on Monday?"))
        hour = filtered.hour_of(NOW)
        assert asked(tx, JobKind.ASIDE_LINE) == [hour]
        assert [line.mention.post.text for line in filtered.set_aside_in(tx, hour)] == [
            "open on Monday?"
        ]


def test_the_profile_of_somebody_forgotten_does_not_come_back(room: JobContext) -> None:
    """With what they wrote before it is left; with what they wrote since they are known anew."""
    page = Page(posts=(a_post(),), people_ids=(ANN.id,))
    with room.db.write() as tx:
        remember_forgotten(tx, ANN.id, later(hours=1))
        keep_people(tx, page, at=NOW)
        assert people.person(tx, ANN.id) is None
        since = a_post("1002", created_at=later(hours=2))
        keep_people(tx, replace(page, posts=(*page.posts, since)), at=NOW)
        assert people.person(tx, ANN.id) is not None


def test_of_who_is_left_alone_a_question_brings_no_profile_back(
    room: JobContext, empty_stage: Stage
) -> None:
    """Muted and then forgotten: the id stays, and their handle is not stored by asking for them."""
    them = empty_stage.room.x.add_person("ruth_b")
    with room.db.write() as tx:
        people.save_person(tx, Person(them.id, "ruth_b", "Ruth"))
        people.mute_person(tx, them.id)
    known = person_called(room, "ruth_b")
    assert known is not None
    with room.db.write() as tx:
        forget_person(tx, known, room.account.id)
        remember_forgotten(tx, them.id, room.now())
    found = person_called(room, "ruth_b")
    assert found is not None
    assert (found.id, found.muted, found.seen) == (them.id, True, False)
    with room.db.read() as tx:
        assert people.person_by_handle(tx, "ruth_b") is None


def test_an_answered_post_that_is_gone_is_asked_for_once(room: JobContext) -> None:
    """It would be asked for every day, and leave no place for the others."""
    with room.db.write() as tx:
        for own, above in (("21", "11"), ("22", "12"), ("23", "13")):
            posts.save_post(tx, a_post(own, author=ACCOUNT, in_reply_to_id=above))
        assert len(posts.unknown_above(tx, ACCOUNT.id, NOW, 9)) == 3
        remember_forgotten(tx, ANN.id, later(hours=1))
        page = Page(posts=(a_post("12"),), gone=("11",))
        store_answered(tx, room, page, SpendKey("p", "p"), at=NOW)
        assert posts.unknown_above(tx, ACCOUNT.id, NOW, 9) == ["13"]


def test_posts_are_closed_and_changed_in_the_order_of_their_ids(room: JobContext) -> None:
    """Two writers that lock in one order do not wait for each other for ever."""
    ids = ("100", "9", "10")
    with room.db.write() as tx:
        caught(tx, *ids, state=_S.WAITING)
        close_gone(tx, ids, at=NOW)
        assert asked(tx, JobKind.CARD) == ["9", "10", "100"]
        tx.execute("DELETE FROM jobs")
        caught(tx, "200", "19", "20", state=_S.SET_ASIDE)
        found = tuple(a_post(each, text="other words") for each in ("200", "19", "20"))
        take_over(tx, room, found, ())
        assert asked(tx, JobKind.CARD) == ["19", "20", "200"]


def test_where_somebody_reads_the_file_is_overwritten_minutes_later(
    room: JobContext, empty_stage: Stage
) -> None:
    """What went while it was overwritten is not forgotten about."""
    with room.db.write() as tx:
        words_went(tx)
    with closing(sqlite3.connect(empty_stage.folder / "stage.db", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT COUNT(*) FROM marks").fetchone()
        assert retain(room) <= timedelta(minutes=5)
        reader.execute("COMMIT")
    with room.db.read() as tx:
        assert key_values.value(tx, WORDS_WENT), "there still is something to do"
    assert retain(room) > timedelta(hours=23)
    with room.db.read() as tx:
        assert not key_values.value(tx, WORDS_WENT)


def retain(room: JobContext) -> timedelta:
    """Run the job once; return in how long it comes back."""
    with room.db.write() as tx:
        tx.execute("DELETE FROM jobs")
        enqueue(tx, JobKind.RETENTION, at=room.now())
        (job,) = claims.claim(
            tx, now=room.now(), lease=timedelta(seconds=90), owner="me", kinds=["retention"]
        )
    forget_old_words(job, room)
    with room.db.read() as tx:
        due = claims.next_due(tx, room.now(), ["retention"])
    assert due is not None
    return due - room.now()


def test_what_was_asked_for_by_id_counts() -> None:
    """Where our mentions show an old edition, the words that its id leads to are the post's."""
    old, new = a_post("7", text="a red one?"), a_post("7", text="a blue one?")
    seen = SeenAgain((Page(posts=(old, a_post("8"))),), Page(posts=(new,), gone=("9",)))
    assert {post.id: post.text for post in seen.posts} == {"7": new.text, "8": a_post("8").text}
    assert seen.gone == ("9",)
