"""Posts found by their words, on both engines."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain import MentionState, Span
from storage.db.database import Database, Transaction
from storage.inbox import bursts, mentions
from storage.posts import people, posts
from storage.posts.search import find_posts
from storage.privacy.erase_words import forget_gone
from tests.storage.made import ACCOUNT, NOW, a_post, caught

SPAN = Span(NOW - timedelta(days=7), NOW + timedelta(seconds=1))


def wrote(tx: Transaction, post_id: str, text: str, **more: Any) -> None:
    posts.save_post(tx, replace(a_post(post_id), text=text, created_at=NOW, **more))


def found(tx: Transaction, *about: str, any_word: bool = False) -> list[str]:
    hits = find_posts(tx, about, SPAN, account_id=ACCOUNT.id, limit=10, any_word=any_word)
    assert hits.number == len(hits.posts)
    return [post.id for post in hits.posts]


def test_all_words_count_each_as_the_beginning_of_one(db: Database) -> None:
    """Plurals and capitals do not matter; a post that lacks a word is not found."""
    with db.write() as tx:
        wrote(tx, "1001", "The new Blends taste of plums")
        wrote(tx, "1002", "a new cup")
        wrote(tx, "1003", "Blend? New to me")
        assert found(tx, "new blends") == ["1003", "1001"]
        assert found(tx, "blend") == ["1003", "1001"]
        assert found(tx, "cup plums") == []
        assert found(tx, "cup plums", any_word=True) == ["1002", "1001"]
        assert found(tx) == ["1003", "1002", "1001"]


def test_what_is_ours_old_muted_or_a_repost_is_left_out(db: Database) -> None:
    """Only what others wrote in that time, themselves."""
    with db.write() as tx:
        wrote(tx, "1001", "blend", author=ACCOUNT)
        wrote(tx, "1002", "blend", repost=True)
        posts.save_post(
            tx, replace(a_post("1003"), text="blend", created_at=NOW - timedelta(days=9))
        )
        wrote(tx, "1004", "blend", author=replace(a_post("1").author, id="77", handle="muted"))
        people.mute_person(tx, "77")
        wrote(tx, "1005", "blend")
        assert found(tx, "blend") == ["1005"]


def test_one_persons_words_are_found_alone(db: Database) -> None:
    """Asked for by name, only they are found, even where they are muted."""
    nell = replace(a_post("1").author, id="77", handle="nell")
    with db.write() as tx:
        wrote(tx, "1001", "blend")
        wrote(tx, "1002", "blend", author=nell)
        wrote(tx, "1003", "a cup", author=nell)
        people.mute_person(tx, "77")
        hits = find_posts(tx, ["blend"], SPAN, account_id=ACCOUNT.id, limit=10, author_id="77")
        assert ([post.id for post in hits.posts], hits.number, hits.people) == (["1002"], 1, 1)
        hits = find_posts(tx, [], SPAN, account_id=ACCOUNT.id, limit=1, author_id="77")
        assert ([post.id for post in hits.posts], hits.number) == (["1003"], 2)


def test_what_was_set_aside_is_only_counted_but_a_pile_on_is_found(db: Database) -> None:
    """Spam is not what people said; two hundred who say the same are."""
    with db.write() as tx:
        caught(tx, "1001", post=replace(a_post("1001"), text="blend spam", created_at=NOW))
        caught(tx, "1002", post=replace(a_post("1002"), text="no blend again", created_at=NOW))
        for mention_id in ("1001", "1002"):
            mentions.move(tx, mention_id, to=MentionState.SET_ASIDE, at=NOW, reason="Why.")
        piled = mentions.mention(tx, "1002")
        assert piled is not None
        pile = bursts.start_burst(tx, piled, rule=bursts.WORDS, about_id="1002", shown=5, at=NOW)
        bursts.put_in(tx, pile, "1002", NOW)
        hits = find_posts(tx, ["blend"], SPAN, account_id=ACCOUNT.id, limit=10)
        assert [post.id for post in hits.posts] == ["1002"]
        assert (hits.number, hits.people, hits.aside) == (1, 1, 1)
        author = a_post("1").author.id
        hits = find_posts(tx, [], SPAN, account_id=ACCOUNT.id, limit=10, author_id=author)
        assert (hits.number, hits.aside) == (2, 0)


def test_a_changed_or_forgotten_post_is_found_no_more(db: Database) -> None:
    """The index follows the posts."""
    with db.write() as tx:
        wrote(tx, "1001", "blend")
        wrote(tx, "1001", "a cup instead")
        assert found(tx, "blend") == []
        assert found(tx, "cup") == ["1001"]
        forget_gone(tx, ["1001"])
        assert found(tx, "cup") == []


@pytest.mark.parametrize(
    "words", ['"', "' OR 1=1 --", "NEAR(a b)", "a:*", "text:x*", "a & b | !c", "\x00", "^a", "-"]
)
def test_signs_of_a_query_language_mean_nothing(db: Database, words: str) -> None:
    """Whatever is asked only searches."""
    with db.write() as tx:
        wrote(tx, "1001", "blend")
        find_posts(tx, [words], SPAN, account_id=ACCOUNT.id, limit=3)


@given(text=st.text(max_size=200), words=st.text(max_size=60))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_text_may_be_kept_and_any_words_looked_for(db: Database, text: str, words: str) -> None:
    """Nothing breaks, whatever people write."""
    with pytest.raises(KeyError), db.write() as tx:  # noqa: PT012
        wrote(tx, "1001", text)
        find_posts(tx, [words], SPAN, account_id=ACCOUNT.id, limit=3, any_word=True)
        raise KeyError  # Every example begins with nothing stored.
