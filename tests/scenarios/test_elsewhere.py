"""A card shown in another channel: once a press, refused where strangers read, and kept true."""

from typing import Any

import pytest

from sandbox.slack.people import BOT_USER_ID
from sandbox.slack.state import OTHER_CHANNEL_ID
from tests.stage import Stage, shown, until
from tests.team import set_team


@pytest.fixture
def with_channel(stage: Stage) -> Stage:
    """Return a stage whose team chose another channel, with the bot in it."""
    stage.room.slack.join(OTHER_CHANNEL_ID, BOT_USER_ID)
    set_team(stage, escalate_to=OTHER_CHANNEL_ID)
    return stage


def copies(stage: Stage) -> list[dict[str, Any]]:
    """Return what stands in the other channel."""
    return [m for m in stage.messages() if m["channel"] == OTHER_CHANNEL_ID]


def show(stage: Stage, post: str, why: str = "") -> dict[str, Any]:
    """Press *Show in another channel…* and submit; return the card that was pressed."""
    card = stage.card_with(post, "Approve")
    stage.press(card, "Show in another channel…")
    answer = stage.submit(stage.view(), {"words": why})
    assert answer["ok"], answer
    return card


def told(stage: Stage, words: str) -> None:
    stage.answer_to(stage.maya, words)


def test_a_copy_says_who_why_and_where_the_card_is(with_channel: Stage) -> None:
    """The other channel sees the post and the way to the card; the card says so."""
    stage = with_channel
    post = stage.mention("is there wifi?")
    show(stage, post, "is this about the lease? <!channel>")
    card = stage.card_with(post, "showed this in")
    assert f"<#{OTHER_CHANNEL_ID}>" in shown(card)
    (copy,) = until(lambda: copies(stage), "the copy is there")
    words = shown(copy)
    assert "is there wifi?" in words
    assert "*Maya Okafor* shows you this" in words
    assert "is this about the lease? &lt;!channel&gt;" in words
    assert "Open the card" in words
    assert "Approve" not in words
    stage.press(card, "Approve")
    until(lambda: "Answered meanwhile" in shown(copies(stage)[0]) or None, "the copy is kept true")
    assert len(copies(stage)) == 1


def test_a_copy_whose_answer_was_lost_is_not_posted_twice(with_channel: Stage) -> None:
    """Slack posted it and did not say so: it is found by its metadata."""
    stage = with_channel
    post = stage.mention()
    stage.card_with(post, "Approve")
    stage.press(stage.card_with(post, "Approve"), "Show in another channel…")
    view = stage.view()
    stage.trouble("slack", "posted_but_lost")
    stage.submit(view, {"words": ""})
    stage.card_with(post, "showed this in")
    assert len(copies(stage)) == 1


def test_each_press_makes_a_copy_and_the_window_tells_of_the_last(with_channel: Stage) -> None:
    """Twice pressed is twice meant; whoever presses second knows of the first."""
    stage = with_channel
    post = stage.mention()
    show(stage, post)
    card = stage.card_with(post, "showed this in")
    stage.press(card, "Show in another channel…")
    assert "showed it there" in str(stage.view()["view"])
    stage.submit(stage.view(), {"words": "again"})
    until(lambda: len(copies(stage)) == 2, "the second copy")


def test_without_a_channel_the_menu_says_how_to_choose_one(stage: Stage) -> None:
    """Nothing opens; one sentence tells where."""
    post = stage.mention()
    stage.press(stage.card_with(post, "Approve"), "Show in another channel…")
    told(stage, "Home tab")


def test_where_the_bot_is_not_the_presser_is_told_plainly(stage: Stage) -> None:
    """Nothing is posted or recorded, and the sentence says what helps."""
    set_team(stage, escalate_to=OTHER_CHANNEL_ID)
    post = stage.mention()
    card = show(stage, post)
    told(stage, "Invite me")
    assert copies(stage) == []
    assert "showed this" not in shown(stage.card(post) or card)


def test_nothing_is_shown_where_another_company_reads(with_channel: Stage) -> None:
    """A shared channel is refused, whatever the settings say."""
    stage = with_channel
    stage.room.slack.channels[OTHER_CHANNEL_ID].is_ext_shared = True
    post = stage.mention()
    show(stage, post)
    told(stage, "shared with another company")
    assert copies(stage) == []
