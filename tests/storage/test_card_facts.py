import pytest

from domain import CardFacts, DecisionKind, ReplyState
from storage.db import key_values
from storage.db.database import Database, Transaction
from storage.inbox import decisions, mentions, replies, suggestions
from storage.inbox.card_facts import card_facts
from storage.posts import posts
from tests.storage.made import (
    ACCOUNT,
    NOW,
    a_decision,
    a_draft,
    a_mention,
    a_post,
    approve,
    caught,
    later,
)

K = DecisionKind


def facts_of(tx: Transaction, mention_id: str = "1001") -> CardFacts:
    found = card_facts(tx, mention_id)
    assert found is not None
    return found


def test_everything_a_card_shows_is_read_in_one_go(db: Database) -> None:
    """The mention, the last round, the conversation above, our history, decision and reply."""
    with db.write() as tx:
        key_values.set_value(tx, key_values.ACCOUNT_ID, ACCOUNT.id)
        key_values.set_value(tx, key_values.ACCOUNT_HANDLE, ACCOUNT.handle)
        posts.save_post(tx, a_post("999", created_at=later(days=-1)))
        posts.save_post(
            tx, a_post("1000", author=ACCOUNT, in_reply_to_id="999", created_at=later(hours=-1))
        )
        mentions.catch(tx, a_mention(post=a_post(in_reply_to_id="1000")))
        suggestions.add_round(tx, "1001", [(a_draft("first"), ())], NOW)
        last_round = suggestions.add_round(tx, "1001", [(a_draft("second"), ())], NOW)
        reply = approve(tx)
        facts = facts_of(tx)
        assert card_facts(tx, "404") is None
        shorter = card_facts(tx, "1001", above_limit=1)
    assert facts.mention.id == "1001"
    assert facts.suggestions == last_round
    assert [post.id for post in facts.above] == ["999", "1000"]
    assert (facts.history.their_posts, facts.history.our_replies) == (1, 1)
    assert facts.decision is not None
    assert facts.decision.kind is K.APPROVE
    assert facts.reply == reply
    assert facts.account_handle == "BeanBarn"
    assert shorter is not None
    assert [post.id for post in shorter.above] == ["1000"]


@pytest.mark.parametrize("beside", [K.STEER, K.MUTE, K.CHECK_AGAIN])
def test_what_decides_nothing_is_not_told(db: Database, beside: DecisionKind) -> None:
    """Who asked for other ideas, muted or looked again did not decide about the reply."""
    with db.write() as tx:
        caught(tx)
        decisions.record(tx, a_decision(kind=K.HAND_OVER))
        decisions.record(tx, a_decision(kind=beside, member_name="Max"))
        decision = facts_of(tx).decision
    assert decision is not None
    assert (decision.kind, decision.member_name) == (K.HAND_OVER, "Mia")


def test_a_reply_that_was_taken_back_is_not_shown(db: Database) -> None:
    """After an undo the card has no chosen text."""
    with db.write() as tx:
        caught(tx)
        approve(tx, state=ReplyState.WITHDRAWN)
        decisions.record(tx, a_decision(kind=K.UNDO))
        assert facts_of(tx).reply is None


def test_a_failed_reply_gives_way_to_the_next_chosen_text(db: Database) -> None:
    """It is shown with its reason until a member picks another text by hand."""
    with db.write() as tx:
        caught(tx)
        failed = approve(tx)
        replies.move_reply(
            tx, failed.id, before={ReplyState.APPROVED}, to=ReplyState.FAILED, reason="No."
        )
        shown = facts_of(tx).reply
        assert shown is not None
        assert (shown.id, shown.reason) == (failed.id, "No.")
        decisions.record(tx, a_decision(kind=K.USE, text="Another"))
        facts = facts_of(tx)
    assert facts.reply is None
    assert facts.decision is not None
    assert facts.decision.text == "Another"
