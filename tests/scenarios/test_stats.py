"""`/greenroom stats`: true figures as a direct message; charts, else a picture, else words."""

import time
from typing import Any

from tests.stage import Stage, shown, until


def answered(stage: Stage, words: str, author: str) -> None:
    """Have a post answered."""
    post = stage.mention(words, author=author)
    stage.press(stage.card_with(post, "Approve"), "Approve")
    stage.reply_to(post)
    stage.card_with(post, "replied")


def ask(stage: Stage, words: str = "stats") -> None:
    """Type the command once the second is over in which something happened: it counts whole ones."""
    now = int(time.time())
    until(lambda: int(time.time()) > now, "the next second")
    stage.do("command", command="/greenroom", text=words, member=stage.maya)


def figures(stage: Stage, words: str = "the last 7 days", place: str = "D") -> dict[str, Any]:
    """Return the message with the figures."""

    def look() -> dict[str, Any] | None:
        found = [
            m
            for m in stage.messages()
            if words in m["text"] and m["channel"].startswith(place) and not m["ephemeral_to"]
        ]
        return found[-1] if found and "Followers" in shown(found[-1]) else None

    return until(look, f"figures of {words}")


def kinds(message: dict[str, Any]) -> list[str]:
    return [block["type"] for block in message["blocks"]]


def test_the_figures_are_true_and_say_when_they_are_too_few(stage: Stage) -> None:
    """Two people were answered, one waits: counted, and no percentage made of so few."""
    answered(stage, "do you have oat milk?", "ruth")
    answered(stage, "may my dog come in?", "otto")
    stage.card_with(stage.mention("and are you open on Sundays?", author="nell"), "Approve")
    ask(stage)
    words = shown(figures(stage))
    assert "2 of 3 mentions worth an answer got one" in words
    assert "1 still open" in words
    assert "Too few" in words
    assert "%" not in words.split("2 of 3")[1].split(".")[0]
    stage.answer_to(stage.maya, "Counting")


def test_charts_are_slacks_own_with_their_figures_in_the_text(stage: Stage) -> None:
    """A reader without pictures gets the same numbers."""
    answered(stage, "do you have oat milk?", "ruth")
    ask(stage)
    message = figures(stage)
    assert "data_visualization" in kinds(message)
    assert "Replies to people" in message["text"]


def test_where_charts_are_refused_a_picture_is_shown(stage: Stage) -> None:
    """A workspace without charts gets one picture, with its figures as alt text."""
    stage.room.slack_charts = False
    answered(stage, "do you have oat milk?", "ruth")
    ask(stage)
    message = figures(stage)
    (picture,) = [block for block in message["blocks"] if block["type"] == "image"]
    assert "Replies to people" in picture["alt_text"]
    assert "data_visualization" not in kinds(message)


def test_where_pictures_are_refused_too_the_words_come(stage: Stage) -> None:
    """Every figure stands in words in any case."""
    stage.room.slack_charts = False
    stage.room.slack_scopes = [s for s in stage.room.slack_scopes if s != "files:write"]
    answered(stage, "do you have oat milk?", "ruth")
    ask(stage)
    message = figures(stage)
    assert not {"image", "data_visualization"} & set(kinds(message))
    assert "1 of 1 mention worth an answer got one" in message["text"]


def test_public_shows_them_to_the_channel(stage: Stage) -> None:
    """The word `public` takes them into the channel, for the days that were asked."""
    ask(stage, "stats 30d public")
    message = figures(stage, "the last 30 days", place="C")
    assert message["channel"] == stage.room.channel_id


def test_a_wrong_period_is_told(stage: Stage) -> None:
    """Who asks for other days learns which there are."""
    ask(stage, "stats 12d")
    stage.answer_to(stage.maya, "7, 30 or 90 days")
