"""Answers in a card's thread: what they offer, what they never let through, and Slack's limits."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import (
    Check,
    CheckLevel,
    Lane,
    MentionState,
    Met,
    OptOut,
    PersonNote,
    PersonPage,
    Source,
    Suggestion,
)
from tests.views.cards import HOSTILE, NOW, assert_slack_takes, facts, labels, seen
from tests.views.filling import message_taken
from tests.views.test_card_any import any_words
from views.talking.thread import (
    beyond_rules,
    nobody_known,
    thinking,
    thread_suggestion,
    who_message,
    why_message,
)

FACTS = facts()
MADE = Suggestion("s9", FACTS.mention.id, 0, 0, "We open at 7.", Source.MODEL)
KEY = "thread:C1:2.1"


def test_an_open_answer_can_be_approved_and_edited() -> None:
    """The text stands as it is, with its button, its checks and where it came from."""
    shown = thread_suggestion(FACTS.mention, MADE, key=KEY)
    assert labels(shown.blocks) == ["Approve", "Edit…"]
    assert "nothing to mind" in seen(shown.blocks)
    by_hand = replace(FACTS.mention, lane=Lane.BY_HAND)
    assert labels(thread_suggestion(by_hand, MADE, key=KEY).blocks) == ["Use this", "Edit…"]


def test_what_may_not_go_out_can_only_be_edited() -> None:
    """A hard stop leaves *Edit…* alone."""
    stopped = replace(MADE, checks=(Check("link", CheckLevel.STOP, "“x.example” was not asked."),))
    shown = thread_suggestion(FACTS.mention, stopped, key=KEY)
    assert labels(shown.blocks) == ["Edit…"]
    assert "Not as it is" in seen(shown.blocks)


@pytest.mark.parametrize(
    "state", [MentionState.APPROVED, MentionState.ANSWERED, MentionState.SKIPPED]
)
def test_nothing_can_be_pressed_once_it_is_decided(state: MentionState) -> None:
    """The text stays readable; its buttons are gone."""
    shown = thread_suggestion(replace(FACTS.mention, state=state), MADE, key=KEY)
    assert labels(shown.blocks) == []
    assert "Decided" in seen(shown.blocks)


def test_a_fact_is_offered_then_told() -> None:
    """It is asked once whether a fact should be kept, and then said who decided what."""
    fact = "We open at 7 on Sundays."
    asked = thread_suggestion(FACTS.mention, MADE, key=KEY, fact=fact, fact_state="offered")
    assert labels(asked.blocks)[-2:] == ["Keep as a fact", "Only this once"]
    kept = thread_suggestion(
        FACTS.mention, MADE, key=KEY, fact=fact, fact_state="kept", fact_by="Maya"
    )
    assert "Maya kept" in seen(kept.blocks)
    assert "Keep as a fact" not in labels(kept.blocks)


def test_what_rules_cannot_do_is_told_with_what_they_can() -> None:
    """Honest about the missing model, in one breath with what is possible."""
    words = beyond_rules(["write it in Spanish", "say more"], by_rules=None, model_on=False)
    assert words.startswith("Without a model I cannot write it in Spanish or say more.")
    assert "shorter" in words


def test_what_rules_could_not_do_is_not_offered_in_the_same_breath() -> None:
    """The sentence does not contradict itself."""
    said = "make it shorter than one short sentence"
    words = beyond_rules([said, "find another ready answer"], by_rules=None, model_on=False)
    assert words.count("shorter") == 1
    assert words.count("another ready answer") == 1
    assert "or with a sentence of yours." in words


def test_hostile_words_stay_words() -> None:
    """Nothing from outside or from a note becomes markup."""
    mention = replace(FACTS.mention, reason=HOSTILE)
    person = replace(mention.post.author, name=HOSTILE)
    page = PersonPage(
        person, Met(NOW, NOW, 1, 0), notes=(PersonNote("n", "1", HOSTILE, "U1", HOSTILE, NOW),)
    )
    for shown in (
        thread_suggestion(
            mention, replace(MADE, text=HOSTILE), key=KEY, note=HOSTILE, fact=HOSTILE
        ),
        why_message(replace(FACTS, mention=mention)),
        who_message(page, [replace(mention.post, text=HOSTILE, author=person)], "900"),
    ):
        assert_slack_takes(shown.text, shown.blocks)
        assert "<!channel>" not in shown.text


@settings(max_examples=60, deadline=None)
@given(
    any_words,
    any_words,
    any_words,
    st.sampled_from(["offered", "kept", "left"]),
    st.sampled_from(list(MentionState)),
)
def test_any_words_stay_within_slacks_limits(
    text: str, note: str, fact: str, fact_state: str, state: MentionState
) -> None:
    """Whatever is said, Slack takes it."""
    mention = replace(FACTS.mention, state=state)
    checks = (Check("x", CheckLevel.MIND, note), Check("y", CheckLevel.MIND, fact))
    made = replace(MADE, text=text, checks=checks, member_name=note, source=Source.MEMBER)
    message_taken(
        thread_suggestion(
            mention, made, key=KEY, note=note, fact=fact, fact_state=fact_state, fact_by=text
        ).blocks
    )
    person = replace(mention.post.author, name=text)
    notes = tuple(PersonNote(str(n), "1", note, "U1", fact, NOW) for n in range(9))
    page = PersonPage(person, Met(NOW, NOW, 3, 2), notes=notes, opt_out=OptOut("1", "2", NOW))
    message_taken(who_message(page, [replace(mention.post, text=text)] * 4, "900").blocks)
    message_taken(
        why_message(replace(FACTS, mention=replace(mention, note=note, reason=text))).blocks
    )


def test_small_words_are_taken() -> None:
    """The status, and that nothing is known."""
    message_taken(thinking(practice=True).blocks)
    message_taken(nobody_known().blocks)
