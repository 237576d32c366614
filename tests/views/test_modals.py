"""The modals: that Slack takes them, and that what a person filled in is read back."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import Check, CheckLevel, Lane
from tests.views.cards import HOSTILE, assert_slack_takes, facts, mind, seen, walk
from views.listening.watch_trial import WatchWish
from views.modals import (
    edit_errors,
    edit_modal,
    hand_over_modal,
    other_ideas_modal,
    read_edit,
    read_hand_over,
    read_other_ideas,
    read_watch,
    watch_errors,
    watch_modal,
)


def filled(view: dict[str, Any], **answers: str) -> dict[str, Any]:
    """Return a view as Slack sends it, with what stands in its inputs; `answers` by action."""
    values: dict[str, Any] = {}
    for block in view["blocks"]:
        if block["type"] != "input":
            continue
        element = block["element"]
        action = element["action_id"]
        given_here = answers.get(block["block_id"], answers.get(action))
        state: dict[str, Any] = {"type": element["type"]}
        if element["type"] == "static_select":
            picked = given_here or element.get("initial_option", {}).get("value")
            state["selected_option"] = {"value": picked} if picked else None
        elif element["type"] == "users_select":
            state["selected_user"] = given_here or element.get("initial_user")
        else:
            state["value"] = given_here or element.get("initial_value")
        values[block["block_id"]] = {action: state}
    return {**view, "state": {"values": values}}


def edit(**more: Any) -> dict[str, Any]:
    made = facts()
    given_here: dict[str, Any] = {
        "suggestions": made.suggestions,
        "chosen_id": "s1",
        "text": "Come and taste it?",
        "length": 18,
        "draft_key": "k1",
        **more,
    }
    return edit_modal(made.mention, **given_here)


def test_edit_gives_back_what_was_typed() -> None:
    """The window carries mention and suggestion, and its text is read from the live input."""
    values = read_edit(filled(edit(), edit_text="Come by on Sunday?"))
    assert (values.mention_id, values.suggestion_id) == ("1900", "s1")
    assert values.text == "Come by on Sunday?"
    assert edit_errors(values, "Too long.") == {"text:k1": "Too long."}


def test_edit_reports_typing_and_shows_length() -> None:
    """Typing is reported as it happens, and the length line counts against 280."""
    made = edit(length=214)
    block = next(b for b in made["blocks"] if b.get("block_id") == "text:k1")
    assert block["dispatch_action"] is True
    config = block["element"]["dispatch_action_config"]
    assert config == {"trigger_actions_on": ["on_character_entered"]}
    assert "214 of 280" in seen(made["blocks"])
    assert "21 too many" in seen(edit(length=301)["blocks"])


def test_edit_keeps_typed_words_unless_the_draft_key_changes() -> None:
    """Slack keeps typed words as long as the block keeps its id, so only a new key replaces."""
    ids = [b["block_id"] for b in edit(draft_key="k2")["blocks"] if b["type"] == "input"]
    assert "text:k2" in ids


def test_edit_offers_start_from_only_with_several_suggestions() -> None:
    """With one suggestion there is nothing to pick from."""
    assert any(part.get("type") == "static_select" for part in walk(edit()["blocks"]))
    one = edit(suggestions=facts().suggestions[:1])
    assert not any(part.get("type") == "static_select" for part in walk(one["blocks"]))
    assert read_edit(filled(edit(), edit_from="s0")).suggestion_id == "s0"


def test_edit_shows_checks_and_remembers_that_it_warned() -> None:
    """A minded text can be sent by pressing again; a stopped one gets no such promise."""
    warned = edit(checks=(mind(),), warned=True)
    assert "Press the button again" in seen(warned["blocks"])
    assert read_edit(filled(warned)).was_warned
    assert not read_edit(filled(edit())).was_warned
    stopped = edit(checks=(Check("length", CheckLevel.STOP, "Too long."),))
    assert "Press the button again" not in seen(stopped["blocks"])


def test_edit_button_names_the_lane() -> None:
    """Where only a person may post, the window does not speak of approving."""
    made = facts(lane=Lane.BY_HAND)
    view = edit_modal(
        made.mention, suggestions=(), chosen_id=None, text="", length=0, draft_key="k"
    )
    assert view["submit"]["text"] == "Use this text"
    assert read_edit(filled(view)).suggestion_id is None


def test_other_ideas_reads_the_steer_and_is_honest_without_a_model() -> None:
    """Free words come back stripped; without a model the window says so."""
    view = other_ideas_modal(facts().mention, model_on=False)
    assert "No model is set up: only a plain question" in seen(view["blocks"])
    values = read_other_ideas(filled(view, steer="  shorter "))
    assert (values.mention_id, values.steer) == ("1900", "shorter")


def test_hand_over_reads_member_and_note() -> None:
    """Who takes it and the word to them come back."""
    values = read_hand_over(filled(hand_over_modal(facts().mention), member="U1", note="yours"))
    assert (values.mention_id, values.member_id, values.note) == ("1900", "U1", "yours")


def test_watch_is_read_and_its_gaps_named() -> None:
    """A whole watch has no errors; each gap is named at its own block."""
    values = read_watch(filled(watch_modal(WatchWish("Coffee", "flat white lang:en", 40))))
    assert (values.label, values.query, values.cap) == ("Coffee", "flat white lang:en", 40)
    assert watch_errors(values) == {}
    bad = read_watch(filled(watch_modal(), label="x" * 99, query="y" * 600, cap="-3"))
    assert set(watch_errors(bad)) == {"label", "query", "cap"}


@pytest.mark.parametrize("cap", ["0", "ten", "١٢", "99999999999999999999", "1.5", "²"])
def test_odd_caps_are_refused_kindly(cap: str) -> None:
    """Whatever stands in the number's place, there is a sentence and no crash."""
    values = read_watch(filled(watch_modal(), label="x", query="y", cap=cap))
    assert set(watch_errors(values)) == {"cap"}


@settings(max_examples=80, deadline=None)
@given(words=st.one_of(st.text(max_size=400), st.just(HOSTILE * 200)))
def test_any_words_make_modals_that_slack_takes(words: str) -> None:
    """No text breaks a modal's limits or smuggles markup in."""
    made = facts(words=words, name=words, handle=words, suggested=(words, words))
    for view in (
        edit_modal(
            made.mention,
            suggestions=made.suggestions,
            chosen_id="s0",
            text=words,
            checks=(mind(words),),
            length=len(words),
            draft_key="k",
            warned=True,
        ),
        other_ideas_modal(made.mention, model_on=True),
        hand_over_modal(made.mention),
        watch_modal(WatchWish(words, words, 40)),
    ):
        assert_slack_takes("a modal", view["blocks"], most=100)
        assert len(view.get("private_metadata", "")) <= 3000
