"""Our own posts are read around what is stored of them, and no post is passed over."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from commands.wiring.greenroom import Greenroom
from domain import JobKind, MentionState, Post
from jobs.engine.context import JobContext
from jobs.upkeep.timeline import LEAST, watch_timeline
from settings import read_settings
from storage.money import ledger
from storage.posts import posts
from storage.queue import claims, jobs
from storage.reports.stats_record import posts_read_at, set_posts_read
from tests.stage import QUICK, Stage, practice_settings
from tests.storage.made import caught

_MINUTE = timedelta(minutes=1)


@pytest.fixture
def room(empty_stage: Stage) -> Iterator[JobContext]:
    """A room whose jobs nobody runs; its own posts were read until a quarter of an hour ago."""
    settings = read_settings(practice_settings(empty_stage.room, empty_stage.folder))
    greenroom = Greenroom(settings, timings=QUICK)
    try:
        room = greenroom.open()
        with room.db.write() as tx:
            until = room.now() - 15 * _MINUTE
            set_posts_read(tx, since=until - timedelta(days=90), until=until, whole=True)
        yield room
    finally:
        greenroom.stop()


def our_post(stage: Stage, text: str, at: datetime) -> str:
    account = stage.room.x.account.handle
    return stage.room.x.add_post(account, text, created_at=at).id


def keep(room: JobContext, post_id: str, at: datetime) -> None:
    """Store one of our own posts, as sending does: with our own clock's time."""
    own = Post(id=post_id, text="sent", author=room.account, created_at=at)
    with room.db.write() as tx:
        posts.save_post(tx, own)


def read(room: JobContext) -> None:
    """Run the timeline's job once."""
    with room.db.write() as tx:
        tx.execute("DELETE FROM jobs")
        jobs.add_job(tx, JobKind.TIMELINE, key="timeline", due_at=room.now())
        (job,) = claims.claim(
            tx, now=room.now(), lease=90 * timedelta(seconds=1), owner="me", kinds=["timeline"]
        )
    watch_timeline(job, room)


def stored(room: JobContext, post_id: str) -> bool:
    with room.db.read() as tx:
        return posts.post(tx, post_id) is not None


def leave(room: JobContext, micro: int) -> None:
    """Let the day's money for reading be spent but for so many micro-dollars."""
    budget = room.team.settings.x_budget_micro
    reading = budget - room.prices.kept_for_replies(budget)
    with room.db.write() as tx:
        spent = ledger.spent(tx, "x", room.now().date())
        ledger.note_cost(
            tx,
            service="x",
            kind="post",
            purpose="timeline",
            units=1,
            micro_dollars=reading - spent - micro,
            at=room.now(),
        )


def test_what_the_money_did_not_reach_is_read_later(room: JobContext, empty_stage: Stage) -> None:
    """A reading that ends before its last range does not count as read until now."""
    now = room.now()
    first = our_post(empty_stage, "one by hand", now - 9 * _MINUTE)
    keep(room, our_post(empty_stage, "sent", now - 6 * _MINUTE), now - 6 * _MINUTE)
    last = our_post(empty_stage, "another by hand", now - 3 * _MINUTE)
    with room.db.read() as tx:
        until = posts_read_at(tx)
    # The smallest page, of which one post is there: then the next one does not fit any more.
    leave(room, LEAST * room.prices.owned_read)
    read(room)
    assert stored(room, first)
    assert not stored(room, last)
    with room.db.read() as tx:
        assert posts_read_at(tx) == until
    with room.db.write() as tx:
        tx.execute("DELETE FROM costs")
    read(room)
    assert stored(room, last)
    with room.db.read() as tx:
        assert posts_read_at(tx) != until


def test_a_post_whose_id_is_older_than_its_time_is_no_edge(
    room: JobContext, empty_stage: Stage
) -> None:
    """Our clock may be ahead of X's: no range ends before it begins."""
    now = room.now()
    sent = our_post(empty_stage, "sent", now - 60 * _MINUTE)
    keep(room, sent, now - 20 * _MINUTE)
    by_hand = our_post(empty_stage, "by hand", now - 5 * _MINUTE)
    before = len(empty_stage.calls("x", "timeline"))
    read(room)
    assert stored(room, by_hand)
    (asked,) = [call["body"] for call in empty_stage.calls("x", "timeline")[before:]]
    assert "until_id" not in asked


def test_around_many_the_timeline_is_read_as_a_whole(room: JobContext, empty_stage: Stage) -> None:
    """More requests than X's limit bears are not made."""
    now = room.now()
    for number in range(QUICK.around + 1):
        at = now - 10 * _MINUTE + number * timedelta(seconds=1)
        keep(room, our_post(empty_stage, f"sent {number}", at), at)
    by_hand = our_post(empty_stage, "by hand", now - 5 * _MINUTE)
    before = len(empty_stage.calls("x", "timeline"))
    read(room)
    assert stored(room, by_hand)
    assert len(empty_stage.calls("x", "timeline")) == before + 1


def test_what_was_read_before_draws_no_card_again(room: JobContext, empty_stage: Stage) -> None:
    """A reading goes back half an hour each time: only what is new in it is news."""
    now = room.now()
    x = empty_stage.room.x
    asked = x.add_post("nell", "open on Sunday?", created_at=now - 9 * _MINUTE).id
    with room.db.write() as tx:
        caught(tx, asked, state=MentionState.ANSWERED)
    answer = x.add_post(
        x.account.handle, "From nine.", in_reply_to=asked, created_at=now - 8 * _MINUTE
    ).id
    read(room)
    assert stored(room, answer)
    assert cards_asked(room) == [asked], "the card can show where it stands"
    read(room)
    assert cards_asked(room) == []


def cards_asked(room: JobContext) -> list[str]:
    """Return whose cards are to be drawn."""
    with room.db.read() as tx:
        rows = tx.query("SELECT subject FROM jobs WHERE kind = :kind", {"kind": JobKind.CARD})
    return [row["subject"] for row in rows]
