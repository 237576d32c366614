"""The words that somebody posted by hand are an edit of the suggestion that they took."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from domain import DecisionKind as K
from domain import MentionState, ReplyState
from jobs.reports.learn import note_words_posted
from storage.db.database import Database, Transaction
from storage.inbox import decisions, edits, mentions, replies, suggestions
from storage.open import open_database
from storage.posts import posts
from tests.storage.made import ACCOUNT, NOW, a_decision, a_draft, a_post, a_reply, caught

SUGGESTED = "From nine on Sundays & later in winter!"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    database = open_database(f"sqlite:///{tmp_path}/words.db")
    yield database
    database.close()


def taken(tx: Transaction, kind: K = K.USE, text: str = SUGGESTED) -> None:
    """Catch a mention whose suggestion somebody took to post it by hand."""
    caught(tx, state=MentionState.BY_HAND)
    (source,) = suggestions.add_round(tx, "1001", [(a_draft(SUGGESTED), ())], NOW)
    decisions.record(tx, a_decision(kind=kind, text=text, suggestion_id=source.id))


def posted(tx: Transaction, text: str, post_id: str = "2001") -> list[edits.Edit]:
    """See our own post on the timeline; return the mention's edits."""
    own = a_post(post_id, text=text, author=ACCOUNT, in_reply_to_id="1001")
    posts.save_post(tx, own)
    mention = mentions.mention(tx, "1001")
    assert mention is not None
    note_words_posted(tx, mention, own)
    return edits.edits_of(tx, "1001")


def test_other_words_are_an_edit(db: Database) -> None:
    """Without the handle that X puts in front."""
    with db.write() as tx:
        taken(tx)
        (edit,) = posted(tx, "@AnnReads From nine on Sundays &amp; later in winter.")
    assert (edit.before, edit.after) == (SUGGESTED, "From nine on Sundays & later in winter.")
    assert edit.traits == {"no_exclamation"}


@pytest.mark.parametrize(
    "text",
    [
        SUGGESTED,
        "@AnnReads From nine on Sundays &amp; later in winter!",
        "From  nine on Sundays\n& later in winter! https://t.co/abc",
    ],
)
def test_what_x_does_to_a_text_is_no_edit(db: Database, text: str) -> None:
    """Handles in front, entities, its own addresses and blanks are nobody's choice."""
    with db.write() as tx:
        taken(tx)
        assert posted(tx, text) == []


def test_what_is_said_afterwards_is_no_edit(db: Database) -> None:
    """The first answer is the answer; seeing it again changes nothing."""
    with db.write() as tx:
        taken(tx)
        first = posted(tx, "From nine.")
        assert posted(tx, "And bring the dog.", "2002") == first
        assert posted(tx, "From nine.") == first
    assert [edit.after for edit in first] == ["From nine."]


def test_an_edit_in_slack_and_another_on_x_are_one(db: Database) -> None:
    """What stands on X is what was made of the suggestion."""
    with db.write() as tx:
        taken(tx, K.EDIT, "From nine on Sundays.")
        (edit,) = posted(tx, "Nine on Sundays.")
    assert (edit.before, edit.after) == (SUGGESTED, "Nine on Sundays.")


def test_nothing_is_noted_without_a_taken_suggestion(db: Database) -> None:
    """After Back nobody took one; what Greenroom sent is known word for word."""
    with db.write() as tx:
        taken(tx)
        decisions.record(tx, a_decision(kind=K.UNDO))
        assert posted(tx, "My own words.") == []
        again = a_decision(kind=K.EDIT, text="Sent.", suggestion_id=None)
        decisions.record(tx, again)
        replies.add_reply(tx, a_reply(again, state=ReplyState.SENT))
        assert posted(tx, "My own words.") == []
