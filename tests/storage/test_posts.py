from dataclasses import replace

import pytest

from domain import Person, Post
from errors import StorageError
from storage.db.database import Database
from storage.inbox import mentions
from storage.money import ledger
from storage.posts import people, posts, similar_answers
from storage.privacy.erase_words import forget_gone
from tests.storage.made import ACCOUNT, ANN, NOW, a_post, approve, caught, later


def test_a_post_comes_back_as_it_was(db: Database) -> None:
    """Every part of it, its author too."""
    whole = a_post(
        "1844000000000000001",
        conversation_id="5",
        in_reply_to_id="6",
        in_reply_to_author_id="7",
        quoted_id="8",
        quoted_author_id="9",
        repost=True,
        mentioned_ids=("900", "901"),
        language="en",
        text="Two\nlines & <b>signs</b> ☕",
    )
    with db.write() as tx:
        posts.save_post(tx, whole)
        assert posts.post(tx, whole.id) == whole
        assert posts.post(tx, "404") is None


def test_a_look_that_knows_less_forgets_nothing(db: Database) -> None:
    """After a full look, a stub of the same post keeps what the stub does not tell."""
    whole = a_post("1", conversation_id="5", in_reply_to_id="6", in_reply_to_author_id="7")
    stub = Post(id="1", text="other words", author=ANN, created_at=later(seconds=1))
    with db.write() as tx:
        posts.save_post(tx, whole)
        posts.save_post(tx, stub)
        now_known = posts.post(tx, "1")
    assert now_known == replace(whole, text="other words", created_at=later(seconds=1))


def _above(post_id: str, above: str | None) -> Post:
    return a_post(post_id, in_reply_to_id=above)


def test_the_chain_above_is_told_oldest_first(db: Database) -> None:
    """Up to the limit, nearest posts kept, and only as far as posts are stored."""
    with db.write() as tx:
        for post in (_above("8", "7"), _above("9", "8"), _above("10", "9"), _above("11", "10")):
            posts.save_post(tx, post)
        assert [p.id for p in posts.post_chain(tx, "11", 5)] == ["8", "9", "10"]
        assert [p.id for p in posts.post_chain(tx, "11", 2)] == ["9", "10"]
        assert posts.post_chain(tx, "11", 0) == []
        assert posts.post_chain(tx, "8", 3) == []
        assert posts.post_chain(tx, "404", 3) == []


def test_a_circle_of_posts_ends(db: Database) -> None:
    """Made-up posts that answer each other do not hang the reader or repeat themselves."""
    with db.write() as tx:
        for post in (_above("1", "2"), _above("2", "3"), _above("3", "1")):
            posts.save_post(tx, post)
        assert sorted(p.id for p in posts.post_chain(tx, "1", 50)) == ["2", "3"]


def test_our_answer_to_a_post_is_found(db: Database) -> None:
    """Only ours, and the first of several."""
    with db.write() as tx:
        posts.save_post(tx, a_post("1"))
        posts.save_post(tx, a_post("2", in_reply_to_id="1"))
        assert posts.reply_by(tx, ACCOUNT.id, "1") is None
        for own in ("10", "9"):
            posts.save_post(tx, a_post(own, author=ACCOUNT, in_reply_to_id="1"))
        found = posts.reply_by(tx, ACCOUNT.id, "1")
        assert found is not None
        assert found.id == "9"


def test_the_newest_post_is_the_one_with_the_largest_number(db: Database) -> None:
    """Ids are numbers held as text: 10 comes after 9."""
    with db.write() as tx:
        assert posts.newest_by(tx, ANN.id) is None
        for post_id in ("9", "10", "8"):
            posts.save_post(tx, a_post(post_id))
        posts.save_post(tx, a_post("11", author=ACCOUNT))
        newest = posts.newest_by(tx, ANN.id)
    assert newest is not None
    assert newest.id == "10"


def test_what_is_not_there_is_not_unknown(db: Database) -> None:
    """A post that our reply answers and that X does not have is asked for no more."""
    with db.write() as tx:
        for own, above in (("21", "11"), ("22", "1"), ("23", "111")):
            posts.save_post(tx, a_post(own, author=ACCOUNT, in_reply_to_id=above))
        posts.not_there(tx, "1")
        posts.not_there(tx, "1")
        assert set(posts.unknown_above(tx, ACCOUNT.id, NOW, 9)) == {"11", "111"}


def test_a_forgotten_post_loses_its_words(db: Database) -> None:
    """A caught one stays without words for the record, as an example for nothing; others go."""
    with db.write() as tx:
        caught(tx, "1")
        approve(tx, "1")
        posts.save_post(tx, a_post("2"))
        assert forget_gone(tx, ["1"])
        assert forget_gone(tx, ["2"])
        assert not forget_gone(tx, ["3"])
        emptied = mentions.mention(tx, "1")
        assert emptied is not None
        assert emptied.post.text == ""
        assert emptied.post.author == ANN
        assert posts.post(tx, "2") is None
        row = tx.one("SELECT COUNT(*) AS answers FROM answers")
        assert row is not None
        assert row["answers"] == 0
        assert similar_answers.similar_answered(tx, a_post().text) == []


def test_the_answered_person_of_our_stub_is_known_from_the_post_above(db: Database) -> None:
    """Right after sending, only the id of the post above is at hand."""
    with db.write() as tx:
        posts.save_post(tx, a_post("1"))
        posts.save_post(
            tx, Post(id="2", text="Yes", author=ACCOUNT, created_at=NOW, in_reply_to_id="1")
        )
        own = posts.post(tx, "2")
    assert own is not None
    assert own.in_reply_to_author_id == ANN.id


def test_what_is_stored_already_is_not_written_again(db: Database) -> None:
    """Polls overlap: a post and its people that bring no news touch, and lock, no row."""
    post = a_post("3001", language="en", linked=True)
    with db.write() as tx:
        posts.save_post(tx, post)
        people.name_person(tx, ACCOUNT)
    # A read refuses every write.
    with db.read() as tx:
        assert posts.save_post(tx, post)
        assert posts.save_post(tx, replace(post, language=None, linked=False, mentioned_ids=()))
        assert posts.save_post(tx, replace(post, author=Person.unseen(ANN.id)))
        people.name_person(tx, ACCOUNT)
    for news in (
        replace(post, text="changed"),
        replace(post, language="fr"),
        replace(post, author=replace(ANN, followers=8)),
    ):
        with pytest.raises(StorageError), db.read() as tx:
            posts.save_post(tx, news)


def test_stored_posts_that_were_not_read_on_a_day(db: Database) -> None:
    """Ours since a time, by their ids; what X billed that day is not among them."""
    with db.write() as tx:
        for post_id, hours in (("9", 1), ("10", 2), ("11", 3), ("12", -1)):
            posts.save_post(tx, a_post(post_id, author=ACCOUNT, created_at=later(hours=hours)))
        posts.save_post(tx, a_post("13", author=ANN, created_at=later(hours=4)))
        for post_id, at in (("10", NOW), ("11", later(days=-1))):
            ledger.bill_reads(
                tx, kind="post", ids=[post_id], price_micro=1, purpose="timeline", at=at
            )
        today = NOW.date()
        assert posts.not_paid_for(tx, ACCOUNT.id, NOW, today, 9) == ["9", "11"]
        assert posts.not_paid_for(tx, ACCOUNT.id, NOW, today, 1) == ["9"]


def test_our_newest_answer_since_a_time(db: Database) -> None:
    """An answer from before does not count, nor does somebody else's."""
    with db.write() as tx:
        for post_id, hours, who in (("9", -1, ACCOUNT), ("10", 1, ACCOUNT), ("11", 2, ANN)):
            posts.save_post(
                tx, a_post(post_id, author=who, created_at=later(hours=hours), in_reply_to_id="5")
            )
        found = posts.reply_since(tx, ACCOUNT.id, "5", NOW)
        assert found is not None
        assert found.id == "10"
        assert posts.reply_since(tx, ACCOUNT.id, "5", later(hours=3)) is None
