"""After a restore each card shows what the database knows."""

from pathlib import Path

from storage.backup import back_up
from storage.restore import restore
from tests.stage import Stage


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
