"""Old cards, windows from before a decision, and what arrives twice: only what was shown is sent."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from domain import MentionState, ReplyState
from storage.inbox import decisions, mentions, replies
from storage.inbox.suggestions import latest_round
from storage.privacy.erase_words import forget_words
from tests.scenarios.test_forged import asked_again
from tests.scenarios.test_permissions import a_card
from tests.stage import Stage, open_stage, until
from tests.team import room_of, set_team
from tests.ways_in import Known, press, submission
from views.blocks.action_ids import ActionId, ViewId, button_value


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with open_stage(tmp_path_factory.mktemp("stage")) as stage:
        stage.open()
        yield stage


def test_a_suggestion_of_another_mention_is_not_approved(stage: Stage) -> None:
    """Neither by the button, nor as what an edited text was made of."""
    one, other = a_card(stage), a_card(stage)
    for action in (ActionId.APPROVE, ActionId.USE):
        payload = press(one, stage.maya, action)
        payload["actions"][0]["value"] = button_value(one.mention, other.suggestion)
        stage.do("payload", kind="interactive", payload=payload)
    until(
        lambda: sum("not there any more" in w for w in stage.whispers(stage.maya)) >= 2, "refused"
    )
    kept = {"mention": one.mention, "suggestion": other.suggestion, "draft": "d"}
    payload = submission(one, stage.maya, ViewId.EDIT, private_metadata=json.dumps(kept))
    stage.do("payload", kind="interactive", payload=payload)
    stage.reply_to(one.mention)
    with room_of(stage).db.read() as tx:
        (decided,) = [d for d in decisions.decisions(tx, one.mention) if d.text]
    assert decided.suggestion_id is None
    assert stage.replies_to(other.mention) == []


def test_the_same_envelope_many_times_sends_once(stage: Stage) -> None:
    """Slack may deliver again, and people press twice."""
    known = a_card(stage)
    payload = press(known, stage.maya, ActionId.APPROVE)
    stage.do("payload", kind="interactive", payload=payload, times=20)
    stage.reply_to(known.mention)
    stage.do("payload", kind="interactive", payload=payload, times=5)
    asked_again(stage)
    assert len(stage.replies_to(known.mention)) == 1


def test_a_window_submitted_many_times_sends_once(stage: Stage) -> None:
    """The first one counts."""
    known = a_card(stage)
    payload = edited(known, stage.maya, "On Sundays it is 8 to 4, see you then!")
    stage.do("payload", kind="interactive", payload=payload, times=10)
    stage.reply_to(known.mention)
    stage.do("payload", kind="interactive", payload=payload, times=2)
    asked_again(stage)
    assert len(stage.replies_to(known.mention)) == 1


def test_a_window_from_before_the_decision_changes_nothing_after_it(stage: Stage) -> None:
    """It was opened while the mention waited; meanwhile somebody skipped it."""
    known = a_card(stage)
    stage.press(stage.card_with(known.mention, "Approve"), "Skip", stage.tom)
    stage.card_with(known.mention, "skipped")
    for view in (ViewId.EDIT, ViewId.OTHER_IDEAS, ViewId.HAND_OVER, ViewId.SNOOZE):
        stage.do("payload", kind="interactive", payload=submission(known, stage.maya, view))
    asked_again(stage)
    with room_of(stage).db.read() as tx:
        mention = mentions.mention(tx, known.mention)
    assert mention is not None
    assert mention.state == "skipped"
    assert stage.replies_to(known.mention) == []


def test_an_old_card_approves_the_words_that_it_shows_and_no_others(stage: Stage) -> None:
    """Other suggestions came since: what is sent is what stood beside the pressed button."""
    known = a_card(stage)
    with room_of(stage).db.read() as tx:
        shown = {s.id: s.text for s in latest_round(tx, known.mention)}[known.suggestion]
    stage.do(
        "payload", kind="interactive", payload=submission(known, stage.maya, ViewId.OTHER_IDEAS)
    )

    def other_round() -> bool:
        with room_of(stage).db.read() as tx:
            return known.suggestion not in {s.id for s in latest_round(tx, known.mention)}

    until(other_round, "another round stands on the card")
    stage.do("payload", kind="interactive", payload=press(known, stage.maya, ActionId.APPROVE))
    assert stage.reply_to(known.mention)["text"].endswith(shown)


def test_trying_again_from_an_old_card_sends_no_other_words(stage: Stage) -> None:
    """A reply failed, other words failed after it: the first card's button approves neither."""
    known = a_card(stage)
    set_team(stage, undo=timedelta(minutes=5))
    first = failed_reply(stage, known, "The first words, which are shown on the old card.")
    second = failed_reply(stage, known, "The second words, which nobody saw on that card.")
    for value in (button_value(known.mention, first), button_value(known.mention)):
        payload = press(known, stage.maya, ActionId.RETRY)
        payload["actions"][0]["value"] = value
        stage.do("payload", kind="interactive", payload=payload)
    until(lambda: sum("Other words" in w for w in stage.whispers(stage.maya)) >= 2, "refused twice")
    assert stage.replies_to(known.mention) == []
    set_team(stage, undo=timedelta(0))
    payload["actions"][0]["value"] = button_value(known.mention, second)
    stage.do("payload", kind="interactive", payload=payload)
    assert "second words" in stage.reply_to(known.mention)["text"]


def edited(known: Known, member: str, text: str) -> dict[str, Any]:
    """Make the submission of an edited text."""
    typed = {"text:d": {"edit_text": {"type": "plain_text_input", "value": text}}}
    return submission(known, member, ViewId.EDIT, state={"values": typed})


def failed_reply(stage: Stage, known: Known, text: str) -> str:
    """Have a text approved that X refuses for good; return its reply's id."""
    stage.do("payload", kind="interactive", payload=edited(known, stage.maya, text))
    room = room_of(stage)

    def approved() -> str:
        with room.db.read() as tx:
            reply = replies.reply_of(tx, known.mention)
        return reply.id if reply is not None and reply.text == text else ""

    reply_id = until(approved, "it is approved")
    with room.db.write() as tx:
        assert replies.move_reply(
            tx, reply_id, before={ReplyState.APPROVED}, to=ReplyState.FAILED, reason="X said no."
        )
        failed = MentionState.FAILED
        assert mentions.move(
            tx, known.mention, to=failed, at=room.now(), before={MentionState.APPROVED}
        )
    return reply_id


def test_words_that_were_forgotten_are_not_approved(stage: Stage) -> None:
    """The card still shows them; nothing wordless is sent in their place."""
    known = a_card(stage)
    with room_of(stage).db.write() as tx:
        forget_words(tx, [known.mention])
    stage.do("payload", kind="interactive", payload=press(known, stage.maya, ActionId.APPROVE))
    until(lambda: any("no words in" in w for w in stage.whispers(stage.maya)), "refused")
    assert stage.replies_to(known.mention) == []


def test_nothing_is_sent_where_only_a_person_may_answer(stage: Stage) -> None:
    """A forged *Approve* on a card of the by-hand lane is refused."""
    known = a_card(stage)
    with room_of(stage).db.write() as tx:
        tx.execute("UPDATE mentions SET lane = 'by_hand' WHERE id = :id", {"id": known.mention})
    stage.do("payload", kind="interactive", payload=press(known, stage.maya, ActionId.APPROVE))
    until(lambda: any("only a person" in w for w in stage.whispers(stage.maya)), "refused")
    assert stage.replies_to(known.mention) == []
