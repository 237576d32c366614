from dataclasses import replace

import pytest

from domain import Person, Post, SharedHistory
from storage.db.database import Database
from storage.posts import people, posts
from tests.storage.made import ACCOUNT, ANN, NOW, a_post, later

BOB = Person(id="12", handle="bob_brews", name="Bob")


def test_what_is_known_of_a_person_is_brought_up_to_date(db: Database) -> None:
    """A new name and handle replace the old; what X left out this time stays."""
    with db.write() as tx:
        people.save_person(tx, ANN)
        people.save_person(tx, Person(id=ANN.id, handle="AnnWrites", name="Ann W."))
        known = people.person(tx, ANN.id)
    assert known == replace(ANN, handle="AnnWrites", name="Ann W.")


def test_a_muted_person_stays_muted(db: Database) -> None:
    """Seeing them again on X changes nothing about it; only the team unmutes."""
    with db.write() as tx:
        people.save_person(tx, ANN)
        assert people.mute_person(tx, ANN.id, muted=True)
        people.save_person(tx, ANN)
        assert (people.person(tx, ANN.id) or ANN).muted
        assert people.mute_person(tx, ANN.id, muted=False)
        assert people.person(tx, ANN.id) == ANN
        assert not people.mute_person(tx, "nobody", muted=True)


@pytest.mark.parametrize("handle", ["AnnReads", "@annreads", "ANNREADS"])
def test_a_handle_is_found_in_any_spelling(db: Database, handle: str) -> None:
    """X's handles are the same in upper and lower case."""
    with db.write() as tx:
        people.save_person(tx, ANN)
        assert people.person_by_handle(tx, handle) == ANN
        assert people.person_by_handle(tx, "@somebody") is None
        assert people.person(tx, "404") is None


def _ours(post_id: str, above: str, text: str, **after: float) -> Post:
    """Return our own reply as it is stored right after sending: little is known of it."""
    return Post(
        id=post_id, text=text, author=ACCOUNT, created_at=later(**after), in_reply_to_id=above
    )


def test_shared_history_counts_both_sides_before_the_post_at_hand(db: Database) -> None:
    """Posts that answer, name or quote us count, and our replies; others and later ones do not."""
    with db.write() as tx:
        for post in (
            a_post("1", created_at=later(days=-9)),
            _ours("2", "1", "Yes!", days=-8),
            a_post("3", created_at=later(days=-7), mentioned_ids=(), in_reply_to_author_id="900"),
            a_post("4", created_at=later(days=-6), mentioned_ids=(), quoted_author_id="900"),
            a_post("5", created_at=later(days=-5), mentioned_ids=("9001",)),
            a_post("6", created_at=later(days=-4), author=BOB),
            _ours("7", "6", "Hi Bob", days=-3),
            a_post("8"),
            a_post("9", created_at=later(days=1)),
        ):
            posts.save_post(tx, post)
        history = people.shared_history(tx, ANN.id, ACCOUNT.id, NOW)
        nothing = people.shared_history(tx, "404", ACCOUNT.id, NOW)
    assert history == SharedHistory(
        their_posts=3, our_replies=1, last_at=later(days=-6), last_words=a_post().text
    )
    assert nothing == SharedHistory()


def test_our_own_last_words_may_be_the_last(db: Database) -> None:
    """The last words are whoever's came last."""
    with db.write() as tx:
        posts.save_post(tx, a_post("1", created_at=later(days=-2)))
        posts.save_post(tx, _ours("2", "1", "See you on Sunday", days=-1))
        history = people.shared_history(tx, ANN.id, ACCOUNT.id, NOW)
    assert (history.last_words, history.last_at) == ("See you on Sunday", later(days=-1))
