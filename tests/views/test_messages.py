"""Welcome, fold line, notices, notes and private words."""

from datetime import UTC, datetime

import pytest

from domain import DecisionKind
from handlers.entry.context import Press
from tests.views.cards import (
    HOSTILE,
    assert_markup_is_ours,
    assert_slack_takes,
    labels,
    reply,
    seen,
)
from views.blocks.action_ids import OverflowChoice, button_value, option_value, read_option
from views.blocks.formatting import count, one_line, shorten, without_dates
from views.talking import private_texts
from views.talking.notices import fold_line, handed_over_note, notice, sent_note, welcome


def test_welcome_says_the_promise_and_has_three_steps() -> None:
    """The first message promises that nothing is sent without a person, and has three buttons."""
    made = welcome("copperkettle", model_on=False, approvers_line="Everybody here.")
    assert labels(made.blocks) == ["Say how we talk", "Add a watch", "Who approves"]
    assert "Nothing goes out without" in made.text
    assert "no model is set up" in seen(made.blocks).lower()
    assert_slack_takes(made.text, made.blocks)


def test_fold_line_counts_and_offers_more() -> None:
    """Many older mentions are one line with one button, in correct English."""
    assert "1,204 older mentions wait" in fold_line(1204).text
    assert "1 older mention waits" in fold_line(1).text
    assert labels(fold_line(2).blocks) == ["Show more"]
    assert labels(fold_line(0).blocks) == []


def test_messages_hold_hostile_words() -> None:
    """Reasons and names from outside stay words in every message."""
    for made in (
        welcome(HOSTILE, model_on=True, approvers_line=HOSTILE, practice=True),
        notice(HOSTILE, HOSTILE),
        sent_note(reply(HOSTILE, post_id="9"), account_handle=HOSTILE),
        handed_over_note(HOSTILE, by=HOSTILE, note=HOSTILE),
    ):
        assert_slack_takes(made.text, made.blocks)


def test_private_words_name_who_was_first() -> None:
    """The second of two hears who was first and when."""
    at = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
    first = private_texts.already_decided(DecisionKind.APPROVE, by="Tom", at=at)
    assert first.startswith("Tom approved this at <!date^")
    plain = without_dates(first)
    assert plain == "Tom approved this at 24 Nov 2026, 09:30 UTC. The card shows it."


@pytest.mark.parametrize("kind", list(DecisionKind))
def test_every_decision_has_words(kind: DecisionKind) -> None:
    """Whatever somebody did first, the second person can be told."""
    said = private_texts.already_decided(kind, by=HOSTILE, at=datetime.now(tz=UTC))
    assert_markup_is_ours(said)


def test_values_of_buttons_and_options_come_back() -> None:
    """What a press carries is read as it was written."""
    for beside in ("s1", None):
        press = Press("U1", button_value("1900", beside), "", None, None)
        assert (press.mention_id, press.suggestion_id) == ("1900", beside)
    for choice in OverflowChoice:
        read = read_option(option_value(choice, "1900"))
        assert (read.choice, read.mention_id) == (choice, "1900")
    with pytest.raises(ValueError, match="nonsense"):
        read_option("nonsense|1900")


def test_words_are_kept_short_and_plain() -> None:
    """Numbers have separators, cuts happen at words, lines lose turning marks."""
    assert count(1, "post") == "1 post"
    assert count(1204, "follower") == "1,204 followers"
    assert shorten("one two three four five", 16) == "one two three…"
    assert shorten("x" * 20, 10) == "x" * 9 + "…"
    assert one_line("a\u202eb\n\nc\x00d") == "ab c d"
