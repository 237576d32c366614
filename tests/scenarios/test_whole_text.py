"""Nobody approves a text whose end they could not see: card, window, thread and every button."""

from typing import Any

import pytest

from domain import Draft, MentionState, ReplyState, Source
from storage.db.ids import new_id
from storage.inbox import decisions, mentions, replies, suggestions
from storage.queue.enqueue import enqueue_card
from tests.stage import Stage, shown, until
from tests.storage.made import a_decision, a_reply
from tests.team import room_of
from tests.ways_in import Known, press
from views.blocks.action_ids import ActionId, button_value

ADDRESS = "https://juniper.com/menu?" + "a=1&" * 170 + "b"
PITCH = "Come in and buy one today, 20% off everything!"
ENDLESS = f"{ADDRESS} {ADDRESS} {ADDRESS} {ADDRESS} {ADDRESS} {PITCH}"
#: More than a card shows, and still within a window.
LONG = f"{ADDRESS} {ADDRESS} {ADDRESS} {ADDRESS} {PITCH} {PITCH}"
SUNK = "Thank you!" + "\n" * 20 + PITCH


def offered(stage: Stage, text: str) -> tuple[str, str]:
    """Have a text on a card as an earlier Greenroom stored it, unchecked; return post and id."""
    post = stage.mention()
    stage.card_with(post, "Approve")
    room = room_of(stage)
    with room.db.write() as tx:
        draft = Draft(text, Source.MODEL, words_of=frozenset())
        (stored,) = suggestions.add_round(tx, post, [(draft, ())], room.now())
        enqueue_card(tx, post, at=room.now())
    room.nudge()
    return post, stored.id


def press_forged(stage: Stage, card: dict[str, Any], action: ActionId, value: str) -> None:
    """Press a button that a card had once, or never, with a payload of one's own."""
    known = Known(stage.room.channel_id, card["ts"], "", "", "", "", "")
    payload = press(known, stage.maya, action, value=value)
    answer = stage.do("payload", kind="interactive", payload=payload)
    assert "error" not in answer, answer


@pytest.mark.parametrize(("text", "why"), [(ENDLESS, "a card shows"), (SUNK, "empty lines")])
def test_what_a_card_cannot_show_cannot_be_approved_from_it(
    stage: Stage, text: str, why: str
) -> None:
    """No button, a plain sentence, and a press that comes all the same is refused."""
    post, suggestion_id = offered(stage, text)
    card = stage.card_with(post, why)
    assert "Approve" not in shown(card).split(" | ")
    press_forged(stage, card, ActionId.APPROVE, button_value(post, suggestion_id))
    until(lambda: [w for w in stage.whispers(stage.maya) if why in w], "she is told why")
    assert stage.replies_to(post) == []


@pytest.mark.parametrize(("text", "why"), [(LONG, "a card shows"), (SUNK, "empty lines")])
def test_the_window_keeps_such_a_text_and_says_why(stage: Stage, text: str, why: str) -> None:
    """At the field, with the words where they were."""
    post = stage.mention()
    stage.press(stage.card_with(post, "Approve"), "Edit…")
    answer = stage.submit(stage.view(), {"edit_text": text})
    assert not answer["ok"]
    assert why in str(answer["errors"])


def test_an_address_of_700_characters_hides_no_pitch(stage: Stage) -> None:
    """The check minds what stands behind it, the card shows it unfolded, and all of it goes out."""
    post = stage.mention()
    stage.press(stage.card_with(post, "Approve"), "Edit…")
    text = f"{ADDRESS} {PITCH}"
    assert stage.submit(stage.view(), {"edit_text": text})["ok"]
    assert "Look twice" in str(stage.view()["view"])
    assert stage.replies_to(post) == []
    assert stage.submit(stage.view(), {"edit_text": text})["ok"], "the second press counts"
    assert stage.reply_to(post)["text"] == text


def test_a_text_to_approve_is_shown_unfolded(stage: Stage) -> None:
    """Slack folds long sections behind “see more” unless it is told not to."""
    post = stage.mention()
    text = f"{ADDRESS} See you on Sunday?"
    offered_post, _ = offered(stage, text)
    card = stage.card_with(offered_post, "See you on Sunday?")
    section = next(b for b in card["blocks"] if text in str(b.get("text")))
    assert section["expand"] is True
    assert section["accessory"]["text"]["text"] == "Approve"
    assert stage.card_with(post, "Approve")


def test_no_second_try_sends_what_the_card_cannot_show(stage: Stage) -> None:
    """*Try again* is not there, and pressed all the same it sends nothing."""
    post = stage.mention()
    stage.card_with(post, "Approve")
    room = room_of(stage)
    with room.db.write() as tx:
        decision = a_decision(post, id=new_id(), text=SUNK)
        decisions.record(tx, decision)
        failed = a_reply(decision, id=new_id(), text=SUNK, state=ReplyState.FAILED)
        replies.add_reply(tx, failed)
        for state in (MentionState.APPROVED, MentionState.FAILED):
            mentions.move(tx, post, to=state, at=room.now())
        enqueue_card(tx, post, at=room.now())
    room.nudge()
    card = stage.card_with(post, "This did not go out")
    assert "Try again" not in shown(card)
    assert "empty lines" in shown(card)
    press_forged(stage, card, ActionId.RETRY, button_value(post, failed.id))
    until(lambda: [w for w in stage.whispers(stage.maya) if "empty lines" in w], "she is told")
    assert stage.replies_to(post) == []


def test_a_very_long_post_says_that_it_goes_on(stage: Stage) -> None:
    """What Slack does not hold of it is one press away on X."""
    post = stage.mention("what do you think? " + "so many words " * 600)
    card = stage.card_with(post, "Cut here: the post goes on.")
    assert f"/status/{post}|Read all of it on X>" in shown(card)


def test_a_text_in_the_thread_is_held_to_the_same(stage: Stage) -> None:
    """What a member dictates over sixty lines has no button either."""
    post = stage.mention()
    card = stage.card_with(post, "Approve")
    words = f"say that {ADDRESS} {ADDRESS} {ADDRESS} {ADDRESS} {ADDRESS} dogs are welcome"
    stage.do("say", text=words, thread_ts=card["ts"], member=stage.maya)

    def made() -> dict[str, Any] | None:
        return next(
            (
                m
                for m in stage.messages()
                if m["thread_ts"] == card["ts"] and "nobody would see its end" in shown(m)
            ),
            None,
        )

    message = until(made, "the thread says why")
    assert "Approve" not in shown(message).split(" | ")
