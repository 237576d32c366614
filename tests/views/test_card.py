"""The card: what a person reads and can press in each state."""

from dataclasses import replace
from typing import Any

import pytest

from domain import (
    Check,
    CheckLevel,
    DecisionKind,
    Lane,
    MentionKind,
    MentionState,
    Person,
    Post,
    Source,
)
from tests.views.cards import (
    HOSTILE,
    NOW,
    assert_slack_takes,
    button,
    decision,
    facts,
    history,
    labels,
    mind,
    reply,
    seen,
    walk,
)
from views.cards.card import card

_S = MentionState


@pytest.mark.parametrize("state", list(MentionState))
@pytest.mark.parametrize("lane", list(Lane))
def test_every_state_is_something_slack_takes(state: MentionState, lane: Lane) -> None:
    """Each state renders, with and without a decision and a reply, as Slack's models allow."""
    extras: list[dict[str, Any]] = [{}, {"decision": decision(text="Yes."), "reply": reply()}]
    for extra in extras:
        made = card(facts(state, lane=lane, **extra), now=NOW)
        assert_slack_takes(made.text, made.blocks)


@pytest.mark.parametrize("state", list(MentionState))
def test_hostile_words_stay_words_in_every_field(state: MentionState) -> None:
    """Markup from X, from members and from errors renders as characters only."""
    above = Post("1", HOSTILE, Person("2", HOSTILE, HOSTILE), NOW)
    hostile = facts(
        state,
        words=HOSTILE,
        name=HOSTILE,
        handle=HOSTILE,
        suggested=(HOSTILE, HOSTILE),
        checks=(mind(HOSTILE),),
        kind=MentionKind.KEYWORD,
        reason=HOSTILE,
        note=HOSTILE,
        assignee=HOSTILE,
        above=(above,),
        account_handle=HOSTILE,
        decision=decision(name=HOSTILE, text=HOSTILE),
        reply=reply(HOSTILE, reason=HOSTILE, post_id=HOSTILE, looks=9),
    )
    made = card(hostile, now=NOW)
    assert_slack_takes(made.text, made.blocks)


def test_waiting_card_reads_person_words_why_then_suggestions_then_one_row() -> None:
    """On an open card the person and their words come first, our buttons in blocks apart."""
    made = card(facts(history=history()), now=NOW)
    kinds = [block["type"] for block in made.blocks]
    assert kinds[:3] == ["section", "rich_text", "context"]
    assert kinds[-1] == "actions"
    row = ["Edit…", "Other ideas…", "Skip", "Snooze…"]
    assert labels(made.blocks) == ["Approve", "Approve", *row]
    person = made.blocks[0]
    assert "Ann Lee" in person["text"]["text"]
    assert "1,204 followers" in person["text"]["text"]
    assert "We have talked 3 times, last " in person["text"]["text"]
    assert "see you Sunday" in person["text"]["text"]
    assert person["accessory"]["type"] == "image"
    assert person["accessory"]["alt_text"] == "Picture of Ann Lee"
    assert "View on X" in seen(made.blocks[2:3])
    assert "Wrote to @copperkettle" in seen(made.blocks[2:3])
    assert "is the new ethiopian any good?" in made.text
    assert "It is! Bright, a bit of peach." in made.text


def test_post_is_shown_unaltered() -> None:
    """The post's characters reach the screen exactly, line breaks and markup included."""
    words = "a  b\n\n*c* <d> &amp; \u202eשלום :smile: <!here>"
    made = card(facts(words=words), now=NOW)
    quote = made.blocks[1]["elements"][0]
    assert quote["type"] == "rich_text_quote"
    assert quote["elements"] == [{"type": "text", "text": words}]


def test_each_button_says_which_suggestion_it_takes() -> None:
    """A press names mention and suggestion, so that the text approved is the text seen."""
    made = card(facts(), now=NOW)
    values = [p["value"] for p in walk(made.blocks) if p.get("action_id") == "approve"]
    assert values == ["1900|s0", "1900|s1"]


def test_by_hand_lane_offers_use_this() -> None:
    """Where X takes no reply from the app, nothing can be approved."""
    made = card(facts(lane=Lane.BY_HAND, kind=MentionKind.KEYWORD), now=NOW)
    assert labels(made.blocks)[:2] == ["Use this", "Use this"]
    assert "Approve" not in labels(made.blocks)
    assert "Found by the watch “coffee nearby”, to be answered by hand" in seen(made.blocks)


def test_rarer_choices_stand_behind_one_menu() -> None:
    """The overflow menu offers what is wanted seldom; pausing a watch only for keywords."""

    def options(kind: MentionKind) -> list[tuple[str, str]]:
        blocks = card(facts(kind=kind), now=NOW).blocks
        menu = next(part for part in walk(blocks) if part.get("type") == "overflow")
        return [(o["text"]["text"], o["value"]) for o in menu["options"]]

    assert options(MentionKind.MENTION) == [
        ("Assign…", "assign|1900"),
        ("Use a saved answer…", "saved_answer|1900"),
        ("Show in another channel…", "elsewhere|1900"),
        ("About @annlee…", "see_person|1900"),
    ]
    assert options(MentionKind.KEYWORD)[-1] == ("Pause this watch", "pause_watch|1900")


def test_checks_speak_only_when_they_mind() -> None:
    """A fine check is silent; one that minds is one line; one that stops takes Approve away."""
    fine = Check("length", CheckLevel.FINE, "fits")
    assert "fits" not in seen(card(facts(checks=(fine,)), now=NOW).blocks)
    assert "Look twice: It sells" in seen(card(facts(checks=(mind(),)), now=NOW).blocks)
    stop = Check("length", CheckLevel.STOP, "It is 301 long, X takes 280.")
    made = card(facts(checks=(stop,)), now=NOW)
    assert "Approve" not in labels(made.blocks)
    assert button(made.blocks, "Edit…")["value"] == "1900|s0"


def test_card_says_where_suggestions_come_from() -> None:
    """Without a model the card says so; a note of the drafter has the word before that."""
    made = facts()
    playbook = replace(
        made, suggestions=tuple(replace(s, source=Source.PLAYBOOK) for s in made.suggestions)
    )
    assert "From the playbook: no model is set up." in seen(card(playbook, now=NOW).blocks)
    noted = facts(note="From the playbook: the model did not answer.")
    assert "the model did not answer" in seen(card(noted, now=NOW).blocks)
    assert "playbook" not in seen(card(made, now=NOW).blocks)


@pytest.mark.parametrize("lane", list(Lane))
@pytest.mark.parametrize("note", [None, "No other ideas came. The model did not answer."])
def test_where_nothing_fits_the_card_says_so_and_leaves_a_way(lane: Lane, note: str | None) -> None:
    """What happened and why, a window for one's own words and the saved answers; no Approve."""
    made = card(facts(suggested=(), lane=lane, note=note), now=NOW)
    assert_slack_takes(made.text, made.blocks)
    assert "No ready answer fits" in seen(made.blocks)
    assert (note or "") in seen(made.blocks)
    assert labels(made.blocks)[:3] == ["Write a reply…", "Saved answers…", "Skip"]
    assert not {"Approve", "Use this", "Edit…", "Other ideas…"} & set(labels(made.blocks))
    assert labels(made.blocks).count("Write a reply…") == 1
    assert "saved answer…" not in str(made.blocks), "the menu repeats no button"
    assert made.text.endswith("write your own, or skip it.")
    with_model = card(facts(suggested=(), model_on=True), now=NOW)
    assert "Other ideas…" in labels(with_model.blocks)


def test_conversation_above_is_older_first_and_at_most_three() -> None:
    """The last three posts above stand between person and post, oldest first."""
    above = tuple(Post(str(n), f"said {n}", Person("5", "bo", "Bo"), NOW) for n in range(5))
    blocks = card(facts(above=above), now=NOW).blocks
    lines = [seen([b]) for b in blocks[1:4]]
    assert ["said 2" in lines[0], "said 3" in lines[1], "said 4" in lines[2]] == [True] * 3
    assert blocks[4]["type"] == "rich_text"


def test_new_person_and_practice_are_named() -> None:
    """Somebody we never met is new to us; a practice mention says so."""
    made = card(facts(practice=True), now=NOW)
    assert "New to us" in seen(made.blocks[:1])
    assert "Practice · " in seen(made.blocks)
    assert made.text.startswith("Practice: ")


def test_thinking_before_suggestions() -> None:
    """A new mention is shown at once, with only Skip to press."""
    made = card(facts(_S.DRAFTING, suggested=()), now=NOW)
    assert "Thinking of replies…" in seen(made.blocks)
    assert labels(made.blocks) == ["Skip"]


def test_handed_over_names_who_has_it_and_stays_decidable() -> None:
    """Everybody who may decide can still decide on a mention that was handed over."""
    handed = facts(_S.HANDED_OVER, assignee="U07MAYA", decision=decision(DecisionKind.HAND_OVER))
    made = card(handed, now=NOW)
    assert "<@U07MAYA> has this · *Tom* asked" in seen(made.blocks)
    assert {"Approve", "Give back"} <= set(labels(made.blocks))


def test_pictures_can_be_left_out() -> None:
    """When Slack cannot fetch a picture the card goes without; odd addresses never go in."""
    assert "accessory" not in card(facts(), now=NOW, pictures=False).blocks[0]


def test_long_and_right_to_left_texts_hold() -> None:
    """A 4,000-character post is shown whole; long names are cut; Hebrew is untouched."""
    words = "שלום עולם " * 400
    made = card(facts(words=words, name="ש" * 500, suggested=("ב" * 5000,)), now=NOW)
    assert_slack_takes(made.text, made.blocks)
    assert made.blocks[1]["elements"][0]["elements"][0]["text"] == words
