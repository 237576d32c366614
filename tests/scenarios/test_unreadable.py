"""X's answers lack a field: nothing is passed over, it is told, and read again."""

from datetime import timedelta

import pytest

from storage.inbox import mentions
from storage.posts import watches
from storage.team import health
from tests.moved_clock import MovedDatabase, open_at
from tests.stage import Stage, until
from tests.streaming import open_streaming, streaming, told
from tests.team import room_of

_CANNOT = "that cannot be read"
_AGAIN = "can be read again; nothing was passed over"


def known(stage: Stage, post_id: str) -> bool:
    with room_of(stage).db.read() as tx:
        return mentions.mention(tx, post_id) is not None


def x_fails(stage: Stage) -> bool:
    with room_of(stage).db.read() as tx:
        return health.health_of(tx, health.X).fails


def seen(stage: Stage) -> str | None:
    with room_of(stage).db.read() as tx:
        watch = watches.watch(tx, "mentions")
    return watch.seen_id if watch else None


def polled(stage: Stage, of: str = "mentions") -> None:
    before = len(stage.calls("x", of))
    until(lambda: len(stage.calls("x", of)) > before + 2, "it is polled")


@pytest.mark.parametrize("field", ["author_id", "text", "id"])
def test_a_field_that_every_row_lacks_holds_the_place(empty_stage: Stage, field: str) -> None:
    """Told once, shown as failing; when X's answers are whole each post has one card."""
    stage = empty_stage
    stage.open()
    first = stage.mention("do you have oat milk?")
    stage.card_with(first, "Approve")
    stage.room.x.leave_out([field])
    second = stage.mention("do you have rye bread?", author="ruth")
    third = stage.mention("is the dog in?", author="sam")
    until(lambda: told(stage, _CANNOT), "it is told")
    assert field in told(stage, _CANNOT)[0]
    place = seen(stage)
    until(lambda: x_fails(stage), "health shows it")
    polled(stage)
    assert not known(stage, second)
    assert seen(stage) == place
    stage.room.x.leave_out([])
    stage.card_with(second, "Approve")
    stage.card_with(third, "Approve")
    until(lambda: told(stage, _AGAIN), "it is over")
    until(lambda: not x_fails(stage), "health is fine")
    assert len(told(stage, _CANNOT)) == 1
    assert stage.room.x.bill()["owned_read"] == 3_000


@pytest.mark.parametrize("field", ["author_id", "text", "id"])
def test_a_single_row_holds_the_place_and_the_others_have_cards(
    empty_stage: Stage, field: str
) -> None:
    """What came after it is caught meanwhile, and once."""
    stage = empty_stage
    stage.open()
    stage.card_with(stage.mention("do you have oat milk?"), "Approve")
    torn = stage.room.x.add_post("ruth", f"{stage.room.account} is the oak bench free?").id
    stage.room.x.leave_out([field], torn)
    until(lambda: told(stage, _CANNOT) or known(stage, torn), "it is read")
    after = stage.mention("is the dog in?", author="sam")
    stage.card_with(after, "Approve")
    stage.room.x.leave_out([], torn)
    stage.card_with(torn, "oak bench")


def test_a_first_look_that_cannot_be_read_is_made_later(empty_stage: Stage) -> None:
    """All that it finds is folded as on any first look, once it can be read."""
    stage = empty_stage
    posts = [stage.mention(f"hello number {n}, open?", author=f"p{n}") for n in range(8)]
    stage.room.x.leave_out(["author_id"])
    stage.open()
    until(lambda: told(stage, _CANNOT), "it is told")
    assert seen(stage) is None
    stage.room.x.leave_out([])
    until(lambda: all(known(stage, post) for post in posts), "all are caught")
    with room_of(stage).db.read() as tx:
        assert any((found := mentions.mention(tx, p)) and found.folded for p in posts)


def test_a_keyword_watch_holds_its_place_too(empty_stage: Stage) -> None:
    """The mentions go on meanwhile, and it is not over before the search is whole."""
    stage = empty_stage
    stage.open(X_WATCHES="oat = oat milk")
    polled(stage, "search")
    stage.trouble("x", "no_author_id", times=6, on="search")
    post = stage.post("ruth", "oat milk, anyone?")
    stage.card_with(stage.mention(), "Approve")
    stage.card_with(post, "oat milk", seconds=30)
    until(lambda: told(stage, _AGAIN), "it is over")
    assert len(told(stage, _CANNOT)) == 1


def test_a_row_that_stays_unreadable_is_told_with_its_link_and_let_go(empty_stage: Stage) -> None:
    """After six hours, where others can be read; it is told once, and never silently gone."""
    stage = empty_stage
    clock = open_at(stage, stage.room.x.clock()).room.db
    assert isinstance(clock, MovedDatabase)
    stage.card_with(stage.mention("do you have oat milk?"), "Approve")
    torn = stage.room.x.add_post("ruth", f"{stage.room.account} is the oak bench free?")
    stage.room.x.leave_out(["text"], torn.id)
    until(lambda: told(stage, _CANNOT) or known(stage, torn.id), "it is read")
    if known(stage, torn.id):
        pytest.skip("the poll was faster than the field went")
    stage.card_with(stage.mention("is the dog in?", author="sam"), "Approve")
    place = seen(stage)
    clock.set_clock(ahead=timedelta(hours=5, minutes=50))
    polled(stage)
    assert seen(stage) == place
    assert told(stage, f"status/{torn.id}") == []
    clock.set_clock(ahead=timedelta(hours=6, minutes=10))
    until(lambda: told(stage, f"https://x.com/i/web/status/{torn.id}"), "its link is told")
    until(lambda: seen(stage) != place, "the watch goes on")
    polled(stage)
    until(lambda: not x_fails(stage), "health is fine")
    assert len(told(stage, f"status/{torn.id}")) == 1
    stage.room.x.leave_out([], torn.id)
    later = stage.mention("any scones left?", author="uma")
    stage.card_with(later, "Skip")


def test_a_missing_time_is_no_loss_and_is_told(empty_stage: Stage) -> None:
    """X's ids hold the time: the post has its card, and the field that went is named once."""
    stage = empty_stage
    stage.open()
    stage.room.x.leave_out(["created_at"])
    stage.card_with(stage.mention(), "Approve")
    until(lambda: told(stage, "X leaves out of every post"), "it is told")
    stage.room.x.leave_out([])
    stage.card_with(stage.mention("is the dog in?", author="sam"), "Approve")
    until(lambda: told(stage, "X's posts are whole again"), "it is over")


def test_what_the_stream_brings_torn_is_searched_for(empty_stage: Stage) -> None:
    """A line without its author is no lost post."""
    stage = empty_stage
    open_streaming(stage)
    streaming(stage, "oat")
    stage.room.x.leave_out(["author_id"])
    post = stage.post("ruth", "oat milk, anyone?")
    until(lambda: told(stage, _CANNOT), "the search holds it")
    stage.room.x.leave_out([])
    with room_of(stage).db.write() as tx:
        tx.execute("UPDATE jobs SET due_at = '2020-01-01T00:00:00.000000Z' WHERE kind = 'listen'")
    room_of(stage).nudge()
    stage.card_with(post, "oat milk")


def test_a_reply_of_unknown_end_is_not_called_lost_while_our_posts_cannot_be_read(
    stage: Stage,
) -> None:
    """The look does not count: what cannot be read may be the reply itself."""
    post = stage.mention()
    card = stage.card_with(post, "Approve")
    stage.trouble("x", "posted_but_lost", on="post")
    stage.room.x.leave_out(["text"])
    stage.press(card, "Approve")
    until(lambda: stage.replies_to(post), "it stands on X")
    looks = len(stage.calls("x", "timeline"))
    until(lambda: len(stage.calls("x", "timeline")) > looks + 4, "it is looked for")
    stage.room.x.leave_out([])
    stage.card_with(post, "replied")
    assert len(stage.calls("x", "post")) == 1
