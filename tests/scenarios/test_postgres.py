"""The main job on PostgreSQL: the same bot, the other engine."""

from collections.abc import Iterator

import pytest

from storage.inbox import mentions
from storage.posts import people
from tests.forgetting import bot
from tests.stage import Stage, shown, until
from tests.storage.conftest import migrated_template, postgres
from tests.storage.postgres_server import TestServer
from tests.streaming import open_streaming, streaming
from tests.team import room_of

__all__ = ["migrated_template", "postgres"]

_DATABASE = "on_stage"


@pytest.fixture
def database_url(postgres: TestServer, migrated_template: str) -> Iterator[str]:
    """An empty database on the server."""
    postgres.run(f"CREATE DATABASE {_DATABASE} TEMPLATE {migrated_template}")
    yield postgres.url(_DATABASE)
    postgres.run(f"DROP DATABASE {_DATABASE} WITH (FORCE)")


@pytest.fixture
def on_postgres(database_url: str, empty_stage: Stage) -> Stage:
    """A stage with a Greenroom that keeps everything in PostgreSQL."""
    empty_stage.open(DATABASE_URL=database_url)
    return empty_stage


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
    stage.press(stage.card_with(skipped, "Write a reply…"), "Skip")
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


def test_of_two_on_one_database_one_has_the_stream(database_url: str, empty_stage: Stage) -> None:
    """The other takes it over when the first one stops; each post has one card."""
    stage = empty_stage
    open_streaming(stage, DATABASE_URL=database_url)
    streaming(stage, "oat")
    first = stage.greenroom
    assert first is not None
    open_streaming(stage, DATABASE_URL=database_url)
    try:
        stage.card_with(stage.post("ruth", "oat milk for the first?"), "for the first")
        assert len(stage.calls("x", "stream")) == 1
    finally:
        first.stop()
    until(lambda: len(stage.calls("x", "stream")) > 1, "the other one opens a line")
    streaming(stage, "oat")
    stage.card_with(stage.post("sam", "oat milk for the other?"), "for the other")
    cards = [m for m in stage.messages() if "oat milk" in shown(m) and not m["thread_ts"]]
    assert len(cards) == 2


def test_a_person_is_forgotten_on_postgres(on_postgres: Stage, database_url: str) -> None:
    """While Greenroom works: the card goes, and no row names them."""
    stage = on_postgres
    post = stage.mention("is the walnut bench free?", author="ruth_b")
    stage.press(stage.card_with(post, "Approve"), "Approve")
    stage.card_with(post, "replied")
    done = bot(stage, "forget", "@ruth_b", DATABASE_URL=database_url)
    assert done.returncode == 0, done.stderr
    assert stage.card(post) is None
    room = room_of(stage)
    with room.db.read() as tx:
        assert people.person_by_handle(tx, "ruth_b") is None
        assert mentions.mention(tx, post) is None
        assert not tx.query("SELECT id FROM posts WHERE lower(text) LIKE '%walnut%'")
