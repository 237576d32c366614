"""The main job on PostgreSQL: the same bot, the other engine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stage import Stage, open_stage, shown
from tests.storage.conftest import migrated_template, postgres
from tests.storage.postgres_server import TestServer

__all__ = ["migrated_template", "postgres"]

_DATABASE = "on_stage"


@pytest.fixture
def on_postgres(
    postgres: TestServer,
    migrated_template: str,
    tmp_path: Path,
) -> Iterator[Stage]:
    """A stage with a Greenroom that keeps everything in PostgreSQL."""
    postgres.run(f"CREATE DATABASE {_DATABASE} TEMPLATE {migrated_template}")
    with open_stage(tmp_path) as stage:
        stage.open(DATABASE_URL=postgres.url(_DATABASE))
        yield stage
    postgres.run(f"DROP DATABASE {_DATABASE} WITH (FORCE)")


def test_approve_edit_and_skip_on_postgres(on_postgres: Stage) -> None:
    """A card, an approval, an edit and a skip end as they do on SQLite."""
    stage = on_postgres
    approved = stage.mention("do you have oat milk?")
    stage.press(stage.card_with(approved, "Approve"), "Approve")
    stage.reply_to(approved)
    stage.card_with(approved, "replied")

    edited = stage.mention("is the bench free?", author="ruth")
    stage.press(stage.card_with(edited, "Approve"), "Edit…")
    stage.submit(stage.view(), {"edit_text": "It is, and it's in the sun."})
    assert stage.reply_to(edited)["text"] == "It is, and it's in the sun."

    skipped = stage.mention("who built the counter?", author="wes")
    stage.press(stage.card_with(skipped, "Approve"), "Skip")
    stage.card_with(skipped, "skipped")


def test_what_was_just_said_is_not_suggested_again_on_postgres(on_postgres: Stage) -> None:
    """The next person with the same question does not get the same words."""
    stage = on_postgres
    first = stage.mention("do you have oat milk today?")
    stage.press(stage.card_with(first, "Approve"), "Edit…")
    stage.submit(stage.view(), {"edit_text": "Oat and soy both. Which one are you?"})
    stage.reply_to(first)
    second = stage.mention("do you have oat milk here?", author="ruth")
    assert "Oat and soy both" not in shown(stage.card_with(second, "Approve"))
