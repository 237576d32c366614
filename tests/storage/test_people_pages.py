from datetime import timedelta

import pytest

from domain import MentionState, Person, PersonNote, Post
from storage.db import key_values
from storage.db.database import Database, Transaction
from storage.inbox import mentions, people_pages
from storage.posts import opt_outs, people, person_notes, posts
from storage.privacy.erase_words import forget_gone
from tests.storage.made import ACCOUNT, ANN, NOW, a_mention, a_post, caught, later

BOB = Person(id="12", handle="bob_brews", name="Bob")
NINETY = NOW - timedelta(days=89)


@pytest.fixture
def ours(db: Database) -> Database:
    """A database that knows which account is ours; the figures' tables follow it."""
    with db.write() as tx:
        key_values.set_value(tx, key_values.ACCOUNT_ID, ACCOUNT.id)
        people.save_person(tx, ACCOUNT)
    return db


def asked(tx: Transaction, post_id: str, *, author: Person = ANN, **after: float) -> None:
    post = a_post(post_id, author=author, created_at=later(**after), conversation_id=post_id)
    mentions.catch(tx, a_mention(post_id, post=post, caught_at=later(**after)))


def answered(tx: Transaction, post_id: str, above: str, **after: float) -> None:
    posts.save_post(
        tx,
        Post(
            id=post_id,
            text="Yes!",
            author=ACCOUNT,
            created_at=later(**after),
            in_reply_to_id=above,
        ),
    )


def test_a_page_tells_how_we_stand(ours: Database) -> None:
    """First met, last spoke, how often each spoke; twice on different days is a connection."""
    with ours.write() as tx:
        asked(tx, "100", days=-9)
        answered(tx, "101", "100", days=-9, hours=1)
        once = people_pages.met(tx, ANN.id, ACCOUNT.id, ninety=NINETY)
        asked(tx, "200", days=-3)
        answered(tx, "201", "200", days=-3, hours=2)
        twice = people_pages.met(tx, ANN.id, ACCOUNT.id, ninety=NINETY)
    assert (once.their_posts, once.answered, once.connection) == (1, 1, False)
    assert (twice.their_posts, twice.answered, twice.connection) == (2, 2, True)
    assert twice.first_at == later(days=-9)
    assert twice.last_at is not None
    assert abs(twice.last_at - later(days=-3, hours=2)) < timedelta(seconds=1)


def test_somebody_unknown_has_not_been_met(ours: Database) -> None:
    """Nothing is made up for a person without posts."""
    with ours.read() as tx:
        nobody = people_pages.met(tx, "404", ACCOUNT.id, ninety=NINETY)
    assert (nobody.first_at, nobody.last_at, nobody.their_posts, nobody.connection) == (
        None,
        None,
        0,
        False,
    )


def test_what_was_said_is_what_the_two_said_to_each_other(ours: Database) -> None:
    """Other people's posts and our words to others do not stand on the page."""
    with ours.write() as tx:
        asked(tx, "100", days=-2)
        answered(tx, "101", "100", days=-2, hours=1)
        asked(tx, "300", author=BOB, days=-1)
        answered(tx, "301", "300", days=-1, hours=1)
        said = people_pages.said_with(tx, ANN.id, ACCOUNT.id)
        forget_gone(tx, ["100"])
        after = people_pages.said_with(tx, ANN.id, ACCOUNT.id)
    assert {post.id for post in said} == {"100", "101"}
    assert {post.id for post in after} == {"101"}


def test_the_list_has_connections_first_and_says_who_waits(ours: Database) -> None:
    """Whom we really talk with stands before whom we answered once, newest first."""
    with ours.write() as tx:
        asked(tx, "100", days=-9)
        answered(tx, "101", "100", days=-9)
        asked(tx, "200", days=-3)
        answered(tx, "201", "200", days=-3)
        asked(tx, "300", author=BOB, days=-1)
        answered(tx, "301", "300", days=-1)
        asked(tx, "302", author=BOB, hours=-1)
        for state in (MentionState.DRAFTING, MentionState.WAITING):
            mentions.move(tx, "302", to=state, at=NOW)
        listed = people_pages.talked_with(tx, ninety=NINETY, limit=10)
    assert [(line.person.id, line.met.connection, line.waits) for line in listed] == [
        (ANN.id, True, False),
        (BOB.id, False, True),
    ]


def test_a_new_face_wrote_for_the_first_time_lately(ours: Database) -> None:
    """Regulars are none, nor is what was set aside."""
    with ours.write() as tx:
        asked(tx, "100", days=-40)
        asked(tx, "200", days=-3)
        asked(tx, "300", author=BOB, days=-2)
        spam = Person(id="13", handle="deals", name="Deals")
        asked(tx, "400", author=spam, days=-1)
        for post_id in ("200", "300"):
            mentions.move(tx, post_id, to=MentionState.DRAFTING, at=NOW)
        mentions.move(tx, "400", to=MentionState.SET_ASIDE, at=NOW)
        new = people_pages.new_faces(tx, since=later(days=-14), limit=5)
        besides = people_pages.new_faces(tx, since=later(days=-14), limit=5, besides=[BOB.id])
    assert [line.person.id for line in new] == [BOB.id]
    assert besides == []


def test_notes_are_kept_newest_first_and_removed(db: Database) -> None:
    """A note knows who wrote it; removed, it is gone with its words."""

    def note(number: int) -> PersonNote:
        return PersonNote(f"n{number}", ANN.id, f"Note {number}", "U1", "Mia", later(hours=number))

    with db.write() as tx:
        people.save_person(tx, ANN)
        person_notes.add_note(tx, note(1))
        person_notes.add_note(tx, note(2))
        assert person_notes.notes_on(tx, ANN.id) == [note(2), note(1)]
        assert person_notes.remove_note(tx, "n2") == ANN.id
        assert person_notes.remove_note(tx, "n2") is None
        assert person_notes.notes_on(tx, ANN.id) == [note(1)]


def test_an_opt_out_holds_until_somebody_lifts_it(db: Database) -> None:
    """Lifted, the same post does not bring it back; another post does."""
    with db.write() as tx:
        caught(tx, "1001")
        assert opt_outs.opted_out(tx, ANN.id) is None
        assert opt_outs.opt_out(tx, ANN.id, post_id="1001", at=NOW)
        assert not opt_outs.opt_out(tx, ANN.id, post_id="1001", at=later(hours=1))
        held = opt_outs.opted_out(tx, ANN.id)
        assert held is not None
        assert held.at == NOW
        assert opt_outs.lift(tx, ANN.id, by="U1", at=later(hours=2))
        assert not opt_outs.lift(tx, ANN.id, by="U1", at=later(hours=2))
        assert opt_outs.opted_out(tx, ANN.id) is None
        assert not opt_outs.opt_out(tx, ANN.id, post_id="1001", at=later(hours=3))
        assert opt_outs.opt_out(tx, ANN.id, post_id="1002", at=later(hours=4))
        assert opt_outs.opted_out(tx, ANN.id) is not None
