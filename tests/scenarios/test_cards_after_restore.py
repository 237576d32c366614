"""After a restore each card shows what the database knows, also one that it never heard of."""

from pathlib import Path

from storage.db.backup import back_up
from storage.restore import restore
from tests.stage import Stage, shown


def stop(stage: Stage) -> None:
    assert stage.greenroom is not None
    stage.greenroom.stop()
    stage.greenroom = None


def copied(stage: Stage) -> Path:
    """Copy the database as it is now."""
    copy = stage.folder / "copy.db"
    back_up(url(stage), copy)
    return copy


def url(stage: Stage) -> str:
    return f"sqlite:///{stage.folder / 'stage.db'}"


def test_what_was_skipped_since_the_backup_waits_on_its_card_again(empty_stage: Stage) -> None:
    """The decision is forgotten with the newer database: nobody may think that it still holds."""
    stage = empty_stage
    stage.open()
    post = stage.mention()
    card = stage.card_with(post, "Approve")
    copy = copied(stage)
    stage.press(card, "Skip")
    stage.card_with(post, "skipped")
    stop(stage)
    restore(url(stage), copy)
    stage.open()
    again = stage.card_with(post, "Approve")
    assert again["ts"] == card["ts"]
    stage.press(again, "Approve")
    stage.reply_to(post)


def test_what_was_taken_back_since_the_backup_is_skipped_on_its_card(empty_stage: Stage) -> None:
    """The card that waited again in Slack says what is true now, and how to take it back."""
    stage = empty_stage
    stage.open()
    post = stage.mention()
    stage.press(stage.card_with(post, "Approve"), "Skip")
    skipped = stage.card_with(post, "skipped")
    copy = copied(stage)
    stage.press(skipped, "Bring back")
    stage.card_with(post, "Approve")
    stop(stage)
    restore(url(stage), copy)
    stage.open()
    again = stage.card_with(post, "skipped")
    stage.press(again, "Bring back")
    stage.press(stage.card_with(post, "Approve"), "Approve")
    stage.reply_to(post)


def test_a_card_that_came_after_the_backup_tells_how_it_ended(empty_stage: Stage) -> None:
    """Caught, answered and closed only on X and in Slack: the card that stands there is no riddle."""
    stage = empty_stage
    stage.open()
    stage.card_with(stage.mention(author="abe"), "Approve")
    copy = copied(stage)
    post = stage.mention("do you have oat milk?", author="ruth")
    stage.press(stage.card_with(post, "Approve"), "Approve")
    waiting = stage.card_with(post, "Undo")
    stage.reply_to(post)
    stage.card_with(post, "replied")
    stop(stage)
    # As if the last drawing had been lost with everything else.
    message = stage.room.slack.find(None, waiting["ts"])
    assert message is not None
    message.blocks, message.text = waiting["blocks"], waiting["text"]
    restore(url(stage), copy)
    stage.open()
    ended = stage.card_with(post, "Answered")
    assert ended["ts"] == waiting["ts"]
    assert "Undo" not in shown(ended)
