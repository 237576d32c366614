"""The story of the practice room holds together, and a broken one says where it is broken."""

import copy
import dataclasses
import json
import re
from typing import Any

import pytest

from sandbox.story.story import STORIES, Story, StoryError, load_story, read_story


@pytest.fixture(scope="module")
def story() -> Story:
    return load_story("juniper")


@pytest.fixture
def written() -> dict[str, Any]:
    """The story as its file says it, free to be spoilt."""
    read: dict[str, Any] = json.loads((STORIES / "juniper.json").read_text(encoding="utf-8"))
    return copy.deepcopy(read)


def test_the_week_is_full_enough_to_believe(story: Story) -> None:
    """A newcomer meets a town: people, answered posts, open ones, and more to come."""
    assert len(story.people) >= 25
    assert sum(story.caught(p) for p in story.posts) >= 35
    assert 6 <= len(story.unanswered()) <= 10
    assert len(story.arrivals) >= 25
    assert {d.decision for d in story.decisions} == {"approve", "edit", "skip"}


def test_everything_older_than_half_a_day_was_decided(story: Story) -> None:
    """The open posts are the latest ones, as in a shop that looks at its posts every day."""
    assert all(p.hours_ago < 14 for p in story.unanswered())
    assert all(
        p.hours_ago > 14 for p in story.posts if p.key in {d.mention for d in story.decisions}
    )


def test_the_week_has_the_kinds_of_posts_that_a_shop_gets(story: Story) -> None:
    """Mentions, replies to us, quotes, keyword posts, talk among others, and our own posts."""
    ours = {p.key for p in story.posts if story.ours(p)}
    assert any(p.in_reply_to in ours for p in story.posts)
    assert any(p.quote in ours for p in story.posts)
    assert {p.watch for p in story.posts if p.watch} == {w.label for w in story.watches}
    assert any(not story.caught(p) and not story.ours(p) for p in story.posts)
    assert any(story.ours(p) and p.in_reply_to is None for p in story.posts)


def test_keyword_posts_have_every_word_of_their_watch_and_do_not_name_us(story: Story) -> None:
    """A watch in the room would really catch the posts that the story says it caught."""
    queries = {w.label: w.query for w in story.watches}
    caught = [p for p in story.told if p.watch is not None]
    assert caught
    for post in caught:
        assert post.watch is not None
        wanted = re.findall(r'"([^"]+)"', queries[post.watch])
        rest = re.sub(r'"[^"]+"', " ", queries[post.watch])
        wanted += [word for word in rest.split() if ":" not in word]
        assert all(word in post.text.lower() for word in wanted), post.key
        assert "@juniperstcoffee" not in post.text.lower()


def test_replies_to_us_name_us_as_they_do_on_x(story: Story) -> None:
    """X puts our handle into a reply to our post, so it is a mention there."""
    ours = {p.key for p in story.posts if story.ours(p)}
    for post in story.told:
        if post.in_reply_to in ours:
            assert "@juniperstcoffee" in post.text.lower(), post.key


def test_our_replies_are_plain(story: Story) -> None:
    """No hashtags, no shouting, no filler openings, no sales talk, and no text is used twice."""
    said = [p.text for p in story.posts if story.ours(p)]
    said += [s for d in story.decisions for s in d.suggestions if s not in said]
    said += [a for ready in story.playbook for a in ready.answers]
    assert len(said) == len(set(said))
    dull = re.compile(
        r"#|!!|check out|don't miss|follow us|special offer|we appreciate|happy to", re.IGNORECASE
    )
    assert [text for text in said if dull.search(text)] == []


def test_the_voice_and_the_playbook_say_enough_to_answer_without_a_model(story: Story) -> None:
    """Every common occasion has several answers and words that call for it; none fits any post."""
    occasions = {ready.occasion: ready for ready in story.playbook}
    assert all(len(set(ready.answers)) >= 3 for ready in story.playbook)
    assert all(ready.words for ready in occasions.values())
    for fact in ("hours", "address", "wifi", "milk", "dogs", "house_beans"):
        assert story.voice.facts[fact]
    assert story.voice.who.count(". ") == 2


def test_a_story_cannot_be_changed(story: Story) -> None:
    """Two rooms may play the same story at once."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        story.posts[0].text = "else"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda w: w["posts"][0].update(author="nobody_here"), "nobody introduced"),
        (lambda w: w["posts"][0].update(text="x" * 281), "281 characters"),
        (lambda w: w["posts"][1].update(text="See https://example.test"), "has a link"),
        (lambda w: w["posts"][1].update(text="All on juniper.coffee now"), "has a link"),
        (lambda w: w["posts"][1].update(in_reply_to="nothing"), "not an earlier post"),
        (lambda w: w["posts"][0].update(hours_ago=1.0), "not in order of time"),
        (lambda w: w["posts"][0].update(key="rack-r"), "told twice"),
        (lambda w: w["arrivals"][0].update(gap=0), "has no gap"),
        (lambda w: w["arrivals"][2].update(watch="Tea"), "unknown watch"),
        (lambda w: w["decisions"][0].update(member="Jo Halloran"), "no approver"),
        (lambda w: w["decisions"][0].update(mention="foghorn"), "no mention that was caught"),
        (lambda w: w["decisions"][0].update(reply="oat-r"), "not our reply to it"),
        (lambda w: w["decisions"][0].update(hours_ago=163.0), "before the post was there"),
        (lambda w: w["decisions"][0].update(hours_ago=1.0), "came after its reply"),
        (lambda w: w["decisions"][0].update(decision="edit"), "says otherwise"),
        (lambda w: w["decisions"].pop(0), "without a decision"),
        (lambda w: w["members"].pop(3), "role guest"),
        (lambda w: w["people"][0].update(handle="far too long for x"), "not one X allows"),
        (lambda w: w["playbook"][0]["answers"].append("Open {moon}."), "unknown facts: moon"),
        (lambda w: w.pop("voice"), "shape of a story"),
        (lambda w: w["posts"][0].update(mood="grumpy"), "shape of a story"),
    ],
)
def test_a_broken_story_says_what_is_wrong(written: dict[str, Any], spoil: Any, said: str) -> None:
    """Each way to break the file is named in a sentence for the person who wrote it."""
    spoil(written)
    with pytest.raises(StoryError, match=re.escape(said)):
        read_story(written)
