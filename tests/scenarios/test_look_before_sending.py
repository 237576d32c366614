"""A post is looked at before its reply goes out, however lately it was caught: authors edit for an hour."""

import pytest

from tests.moved_clock import open_at
from tests.stage import Stage, shown, until


def replies_sent(stage: Stage) -> int:
    return len(stage.calls("x", "post"))


def test_what_was_edited_since_the_approval_is_not_answered_with_the_old_text(
    empty_stage: Stage,
) -> None:
    """The approval is taken back, and the card has suggestions for the new words."""
    stage = empty_stage
    post = stage.mention("what time do you open on Sunday?")
    # No poll but the first: nothing else sees the edit.
    hourly = {f"POLL_SECONDS{which}": "3600" for which in ("", "_LEAST", "_MOST")}
    open_at(stage, stage.room.x.clock(), UNDO_SECONDS="1", **hourly)
    stage.press(stage.card_with(post, "Approve"), "Approve")
    stage.card_with(post, "Undo")
    stage.room.x.change_post(post, f"{stage.room.account} do you have oat milk, sorry?")
    card = stage.card_with(post, "have oat milk, sorry")
    until(lambda: "Approve" in shown(stage.card_with(post, "oat milk")), "it waits again")
    assert "changed on X" in shown(card) or "changed on X" in shown(stage.card_with(post, "oat"))
    assert replies_sent(stage) == 0


def test_what_was_deleted_since_the_approval_is_not_answered(empty_stage: Stage) -> None:
    """The card closes, and X is not asked to post."""
    stage = empty_stage
    stage.open(UNDO_SECONDS="1")
    post = stage.mention()
    stage.press(stage.card_with(post, "Approve"), "Approve")
    stage.card_with(post, "Undo")
    stage.room.x.delete_post(post)
    stage.card_with(post, "Gone from X")
    assert replies_sent(stage) == 0


def test_looking_costs_nothing_on_the_same_day(stage: Stage) -> None:
    """It is an owned read that was paid for when the mention was caught; one request."""
    post = stage.mention()
    card = stage.card_with(post, "Approve")
    before = stage.room.x.bill()
    stage.press(card, "Approve")
    stage.reply_to(post)
    after = stage.room.x.bill()
    assert {kind for kind in after if after[kind] != before.get(kind, 0)} == {"reply_created"}
    looks = [
        call
        for call in stage.calls("x", "mentions")
        if call["body"].get("until_id") == str(int(post) + 1)
    ]
    assert len(looks) == 1


@pytest.mark.parametrize("what", ["500", "403_page", "429"])
def test_where_x_cannot_be_asked_what_is_stored_counts(empty_stage: Stage, what: str) -> None:
    """Trouble with reading keeps no approved reply back."""
    stage = empty_stage
    stage.open()
    post = stage.mention()
    card = stage.card_with(post, "Approve")
    stage.trouble("x", what, times=1000, on="mentions")
    stage.trouble("x", what, times=1000, on="posts")
    stage.press(card, "Approve")
    stage.reply_to(post)
