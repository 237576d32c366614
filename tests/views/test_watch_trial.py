"""A tried query on the screen, and X's complaints in plain words."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import Person, Post
from tests.views.cards import HOSTILE, NOW, assert_slack_takes, button, labels, seen
from tests.views.test_card_any import long_words
from views.listening.query_complaints import in_plain_words
from views.listening.watch_trial import (
    Trial,
    TriedPost,
    WatchWish,
    refused_message,
    trial_message,
    untried_message,
)

WISH = WatchWish("Harbor", "harbor coffee", 50)


def tried(words: str, aside: str = "") -> TriedPost:
    return TriedPost(Post("12", words, Person("3", "tess", "Tess"), NOW), aside)


TRIAL = Trial(WISH, (tried("coffee by the harbor?"),), 10, 30, False, 150_000, 450_000, 60_000)


def test_a_trial_tells_posts_a_day_and_dollars_a_day() -> None:
    """The two figures that decide stand in the first sentence, and in the plain text."""
    made = trial_message(TRIAL)
    assert "about 30 posts a day" in seen(made.blocks)
    assert "$0.15 to $0.45 a day" in seen(made.blocks)
    assert "This trial cost $0.06" in seen(made.blocks)
    assert "about 30 posts a day" in made.text
    assert labels(made.blocks) == ["Start listening", "Change the query"]
    assert WatchWish.from_value(button(made.blocks, "Start listening")["value"]) == WISH


def test_more_than_the_limit_is_said() -> None:
    """Whoever would miss posts hears so."""
    assert "more than its limit of 50 posts a day" in seen(
        trial_message(replace(TRIAL, a_day=400)).blocks
    )
    assert "limit" not in seen(trial_message(TRIAL).blocks)


def test_a_cost_is_never_rounded_down_to_nothing() -> None:
    """A tenth of a cent is no zero."""
    made = trial_message(replace(TRIAL, a_day=1, least_micro=5_000, most_micro=15_000))
    assert "less than $0.01 to $0.02 a day" in seen(made.blocks)


@pytest.mark.parametrize(
    ("complaint", "plain"),
    [
        ("missing ')' at '<EOF>' (at position 3)", "add a “)”"),
        ("extraneous input ')' expecting <EOF>", "take the “)” away"),
        ("no viable alternative at input '\"' (at position 9)", "second one"),
        ("Ambiguous use of and as a keyword. Use a space", "Leave the “and” away"),
        ("Ambiguous use of or as a keyword. Use OR", "OR in capitals"),
        ("Reference to invalid operator 'near' (at position 2)", "no operator “near:”"),
        ("Rule must contain at least one positive, non-stopword clause", "what to look for"),
        ("is/has/lang cannot be used as a standalone operator", "need a word"),
        ("Something that X never said before", ""),
    ],
)
def test_known_complaints_say_what_to_do(complaint: str, plain: str) -> None:
    """And unknown ones leave it to X's own words."""
    assert plain in in_plain_words(complaint)
    assert bool(plain) == bool(in_plain_words(complaint))
    assert complaint.split(" ", maxsplit=1)[0] in seen(refused_message(WISH, complaint).blocks)


@settings(max_examples=80, deadline=None)
@given(
    words=long_words,
    label=st.text(max_size=60),
    query=st.text(max_size=512),
    numbers=st.tuples(*[st.integers(0, 10**9)] * 5),
    counted=st.booleans(),
    posts=st.integers(0, 100),
)
def test_any_words_and_counts_make_messages_that_slack_takes(
    words: str, label: str, query: str, numbers: tuple[int, ...], counted: bool, posts: int
) -> None:
    """Posts, queries and X's complaints are strangers' words."""
    wish = WatchWish(label, query, 50)
    found, a_day, least, most, paid = numbers
    trial = Trial(wish, (tried(words, words),) * posts, found, a_day, counted, least, most, paid)
    for made in (
        trial_message(trial),
        refused_message(wish, words),
        untried_message(wish, words, HOSTILE),
    ):
        assert_slack_takes(made.text, made.blocks)
