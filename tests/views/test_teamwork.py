"""Screens of working together, under any words whatever: Slack takes them, nothing is smuggled."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import Advice, CardFacts, DecisionKind, MentionState, Source
from tests.views.cards import (
    HOSTILE,
    NOW,
    assert_markup_is_ours,
    assert_slack_takes,
    decision,
    facts,
    labels,
    seen,
    walk,
)
from tests.views.filling import message_taken, sent_back, taken_by_slack
from tests.views.test_card_any import any_words, long_words
from views.cards.card import card
from views.cards.escalate_modal import elsewhere_modal, read_elsewhere
from views.cards.escalated_copy import elsewhere_copy
from views.cards.reminders import last_reminder, reminder, woken
from views.cards.saved_modal import MOST_SHOWN, ShownAnswer, saved_modal
from views.cards.snooze_modal import SnoozeFor, read_snooze, snooze_modal
from views.talking.private_texts import (
    gave_back,
    muted,
    not_in_channel,
    not_theirs_to_give_back,
    paused_watch,
    shared_channel,
    showing_failed,
)

_S = MentionState
TOMORROW = NOW + timedelta(hours=20)
OFFERED = NOW + timedelta(hours=3)


def written(name: str = "Maya", words: str = "Come by!", **more: Any) -> CardFacts:
    """Return facts whose latest round is a member's own text."""
    made = facts(suggested=(words,), **more)
    text = replace(made.suggestions[0], source=Source.MEMBER, member_id="U1", member_name=name)
    return replace(made, suggestions=(text,), second_approver=True)


def test_the_card_says_that_somebody_else_approves() -> None:
    """Who wrote it stands above the text; without the rule only who wrote it."""
    made = written()
    assert "*Maya* wrote this; somebody else approves." in seen(card(made, now=NOW).blocks)
    off = card(replace(made, second_approver=False), now=NOW)
    assert "*Maya* wrote this." in seen(off.blocks)


@pytest.mark.parametrize("advice", list(Advice))
def test_what_a_person_wrote_is_shown_whatever_is_advised(advice: Advice) -> None:
    """Where nothing is drafted, a member's own words still wait for approval on the card."""
    made = card(written(advice=advice, advice_why="a refund"), now=NOW)
    assert "Come by!" in seen(made.blocks)
    assert "Approve" in labels(made.blocks)


def test_to_whom_one_gave_it_oneself_nobody_asked() -> None:
    """Taking it oneself is told without "asked"."""
    own = decision(DecisionKind.HAND_OVER)
    made = card(facts(_S.HANDED_OVER, assignee="U07TOM", decision=own), now=NOW)
    assert "<@U07TOM> has this" in seen(made.blocks)
    assert "asked" not in seen(made.blocks)


def test_the_card_names_channel_and_person_of_a_copy() -> None:
    """Where it was shown, by whom and why."""
    shown = decision(DecisionKind.ESCALATE, text="he asks for the lease", change="C0OFFICE1")
    made = card(facts(escalated=shown), now=NOW)
    assert "*Tom* showed this in <#C0OFFICE1>" in seen(made.blocks)
    assert "he asks for the lease" in seen(made.blocks)


def test_snooze_reads_what_was_chosen() -> None:
    """The marked choice counts; a time that was picked counts whatever is marked."""
    window = snooze_modal(facts().mention, tomorrow=TOMORROW, offered=OFFERED)
    assert read_snooze(sent_back(window)).choice is SnoozeFor.HOUR
    assert read_snooze(sent_back(window, **{"for": "tomorrow"})).choice is SnoozeFor.TOMORROW
    own = read_snooze(sent_back(window, **{"for": "picked"}))
    assert own.choice is SnoozeFor.PICKED
    assert own.until == OFFERED
    picked = int((NOW + timedelta(days=2)).timestamp())
    forgot_to_mark = read_snooze(sent_back(window, until=picked))
    assert forgot_to_mark.choice is SnoozeFor.PICKED
    assert forgot_to_mark.until == NOW + timedelta(days=2)
    assert forgot_to_mark.mention_id == "1900"


@settings(max_examples=80, deadline=None)
@given(words=long_words, name=long_words, handle=any_words, other=long_words)
def test_any_words_make_cards_and_copies_that_slack_takes(
    words: str, name: str, handle: str, other: str
) -> None:
    """Hostile names, notes and reasons stay words in every message of teamwork."""
    shown = decision(DecisionKind.ESCALATE, name=name, text=other, change=handle)
    for state in (_S.WAITING, _S.HANDED_OVER):
        made = written(name=name, words=words, handle=handle)
        open_card = replace(
            made,
            escalated=shown,
            mention=replace(made.mention, state=state, reason=other, assignee=handle),
            decision=decision(DecisionKind.HAND_OVER, name=name, text=other),
        )
        message = card(open_card, now=NOW)
        assert_slack_takes(message.text, message.blocks)
    for state in _S:
        mention = facts(state, words=words, name=name, handle=handle).mention
        copy = elsewhere_copy(mention, by=name, why=other, card_url="https://x.com/a")
        assert_slack_takes(copy.text, copy.blocks)
        message_taken(copy.blocks)
    for said in (
        reminder(handle, name, since=NOW),
        last_reminder(handle, name, asked_by=other, since=NOW),
        woken(handle),
    ):
        assert_slack_takes(said.text, said.blocks)


@settings(max_examples=60, deadline=None)
@given(
    words=long_words,
    name=long_words,
    answers=st.lists(st.tuples(any_words, long_words, st.booleans()), max_size=60),
)
def test_any_words_make_windows_that_slack_takes(
    words: str, name: str, answers: list[tuple[str, str, bool]]
) -> None:
    """Any playbook and any post; what does not fit is counted."""
    mention = facts(words=words, name=name, handle=name[:30]).mention
    taken_by_slack(snooze_modal(mention, tomorrow=TOMORROW, offered=OFFERED))
    window = elsewhere_modal(mention, name[:20], shown=(name, NOW))
    assert read_elsewhere(sent_back(window, why="so that you know")).why == "so that you know"
    given_answers = [
        ShownAnswer(f"k{number}", occasion, text, fits)
        for number, (occasion, text, fits) in enumerate(answers)
    ]
    saved = saved_modal(mention, given_answers)
    taken_by_slack(saved)
    for part in walk(saved["blocks"]):
        if part.get("type") == "mrkdwn":
            assert_markup_is_ours(part["text"])
    shown = [p["value"] for p in walk(saved["blocks"]) if p.get("action_id") == "use_saved"]
    assert len(shown) == min(len(answers), MOST_SHOWN)


@settings(max_examples=80, deadline=None)
@given(words=long_words)
def test_private_words_hold_any_name(words: str) -> None:
    """What one member is told renders no markup of others."""
    for said in (
        muted(words),
        paused_watch(words),
        not_theirs_to_give_back(words),
        not_in_channel(words),
        shared_channel(words),
        showing_failed(words, words),
    ):
        assert_markup_is_ours(said)
        assert len(said) < 1500


def test_what_was_given_back_is_escaped_on_the_card() -> None:
    """The sentence is stored as it is and shown without markup."""
    made = card(facts(reason=gave_back(HOSTILE)), now=NOW)
    assert_slack_takes(made.text, made.blocks)
    assert "gave this back" in seen(made.blocks)
