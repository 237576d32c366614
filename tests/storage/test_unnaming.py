"""Others' posts are kept when somebody whom they name was forgotten since; the name is not."""

from dataclasses import replace

from domain import Person, Post
from storage.db import key_values
from storage.db.database import Database, Transaction
from storage.inbox import mentions
from storage.posts import people, posts
from storage.posts.erased_people import remember_forgotten
from storage.privacy.erase_person import forget_person
from tests.storage.made import ACCOUNT, ANN, NOW, a_mention, a_post, later

BEN = Person(id="12", handle="ben", name="Ben")
CAT = Person(id="13", handle="cat_c", name="Cat")
ASKS = a_post(
    "1002",
    author=BEN,
    text="@beanbarn @AnnReads @cat_c, see x.com/annreads: open on Sunday?",
    mentioned_ids=(ACCOUNT.id, ANN.id, CAT.id),
    in_reply_to_id="1001",
    in_reply_to_author_id=ANN.id,
    conversation_id="1001",
)


def forget_ann(tx: Transaction) -> None:
    """Forget Ann a while after everything here was written."""
    key_values.set_value(tx, key_values.ACCOUNT_ID, ACCOUNT.id)
    key_values.set_value(tx, key_values.ACCOUNT_HANDLE, ACCOUNT.handle)
    people.save_person(tx, CAT)
    people.save_person(tx, ANN)
    forget_person(tx, ANN, ACCOUNT.id)
    remember_forgotten(tx, ANN.id, later(hours=1))


def stored(tx: Transaction, post_id: str = "1002") -> Post:
    found = posts.post(tx, post_id)
    assert found is not None
    return found


def test_a_mention_that_names_a_forgotten_person_is_caught_without_the_name(db: Database) -> None:
    """No mention is lost; neither handle nor id nor the post that it answers stays."""
    with db.write() as tx:
        forget_ann(tx)
        assert mentions.catch(tx, a_mention("1002", post=ASKS))
        kept = stored(tx)
    assert kept.text == "@beanbarn @… @cat_c, see @…: open on Sunday?"
    assert kept.mentioned_ids == (ACCOUNT.id, CAT.id)
    assert (kept.in_reply_to_id, kept.in_reply_to_author_id) == (None, None)
    assert kept.conversation_id is None


def test_of_a_quoted_person_nothing_stays_either(db: Database) -> None:
    """Whose post is quoted is an id of theirs, too."""
    quotes = replace(ASKS, in_reply_to_author_id=None, quoted_id="77", quoted_author_id=ANN.id)
    with db.write() as tx:
        forget_ann(tx)
        assert posts.save_post(tx, replace(quotes, mentioned_ids=()))
        kept = stored(tx)
    assert (kept.quoted_id, kept.quoted_author_id) == (None, None)
    assert kept.in_reply_to_id == "1001", "whose post that is was not said"
    assert "nn" not in kept.text


def test_what_they_wrote_and_what_we_wrote_to_them_stays_away(db: Database) -> None:
    """The command removed both; the next look does not bring them back."""
    ours = a_post("1003", author=ACCOUNT, text="@annreads yes", in_reply_to_author_id=ANN.id)
    with db.write() as tx:
        forget_ann(tx)
        assert not posts.save_post(tx, a_post("1001"))
        assert not posts.save_post(tx, ours)
        assert not mentions.catch(tx, a_mention())
        assert people.person(tx, ANN.id) is None


def test_who_names_them_later_names_a_new_acquaintance(db: Database) -> None:
    """Forgotten is what was written until then."""
    with db.write() as tx:
        forget_ann(tx)
        assert posts.save_post(tx, replace(ASKS, created_at=later(hours=2)))
        assert stored(tx).text == ASKS.text


def test_where_they_are_known_again_older_words_still_lose_the_name(db: Database) -> None:
    """Their handle is stored once more, and belongs to the same id."""
    with db.write() as tx:
        forget_ann(tx)
        assert posts.save_post(tx, a_post("1009", created_at=later(hours=3)))
        assert posts.save_post(tx, replace(ASKS, created_at=NOW))
        assert "nn" not in stored(tx).text


def test_read_again_it_brings_no_news(db: Database) -> None:
    """What is blanked is compared blanked: nothing is written, or locked."""
    with db.write() as tx:
        forget_ann(tx)
        posts.save_post(tx, ASKS)
    with db.read() as tx:
        assert posts.save_post(tx, ASKS)
