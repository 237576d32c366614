"""What nobody took for very long is closed, says why, and can be brought back."""

from datetime import timedelta

from domain import JobKind, MentionState
from storage.inbox import mentions
from storage.queue import jobs
from tests.stage import Stage, shown
from tests.team import room_of


def age(stage: Stage, post: str, days: float) -> None:
    """Make a mention look as if it had waited for days, and have the old ones closed."""
    room = room_of(stage)
    with room.db.write() as tx:
        tx.execute(
            "UPDATE mentions SET changed_at = :at WHERE id = :id",
            {"id": post, "at": room.now() - timedelta(days=days)},
        )
        jobs.add_job(tx, JobKind.EXPIRE, key="expire", due_at=room.now())
    room.nudge()


def test_a_mention_is_closed_after_two_weeks_and_comes_back(stage: Stage) -> None:
    """The card folds to one line with the reason; *Bring back* puts it on the table again."""
    old, young = stage.mention(), stage.mention("is the bench free?", author="ruth")
    stage.card_with(old, "Approve")
    stage.card_with(young, "Approve")
    age(stage, young, 13.9)
    age(stage, old, 14.1)
    closed = stage.card_with(old, "nobody took it for 14 days")
    assert "Approve" not in shown(closed)
    with room_of(stage).db.read() as tx:
        there = mentions.mention(tx, young)
        past = mentions.history(tx, old)
    assert there is not None
    assert there.state is MentionState.WAITING
    assert past[-1]["to_state"] == "expired"
    stage.press(closed, "Bring back")
    stage.card_with(old, "Approve")


def test_what_somebody_has_never_expires(stage: Stage) -> None:
    """Handed over, it stays with whoever has it, however long."""
    taken, other = stage.mention(), stage.mention("is the bench free?", author="ruth")
    stage.card_with(other, "Approve")
    stage.press(stage.card_with(taken, "Approve"), "Assign…")
    stage.submit(stage.view(), {"member": stage.tom})
    card = stage.card_with(taken, "has this")
    age(stage, taken, 90)
    stage.press(card, "Give back", stage.tom)
    stage.card_with(taken, "gave this back")
    age(stage, taken, 90)
    age(stage, other, 90)
    stage.card_with(other, "Too old")
    with room_of(stage).db.read() as tx:
        there = mentions.mention(tx, taken)
    assert there is not None
    assert there.state is MentionState.WAITING
