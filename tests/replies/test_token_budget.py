"""The token budget: nothing beyond it, cut in the order that is stated, the post itself never."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import Person, Post
from replies.context import ReplyContext
from replies.drafting.asking import question_for
from replies.drafting.token_budget import MATERIAL_TOKENS, Material, tokens, within_budget
from tests.replies.contexts import NOW, context

LISTS = ("not_again", "approved_before", "said_before", "conversation_above")
#: Which end of a list is cut: the worst or the oldest.
CUT_AT_THE_END = {"not_again", "approved_before"}


def written(material: Material) -> str:
    return json.dumps(material, ensure_ascii=False)


def material_of(**counts: int) -> Material:
    """Make material with so many parts in each list, each with its own words."""
    lists = {key: [f"{key} {n} " + "word " * 9 for n in range(counts.get(key, 0))] for key in LISTS}
    return {"post": {"text": "the post itself"}, "history": {"their_posts_before": 2}, **lists}


def order_of(material: Material, left: Material) -> list[tuple[str, str]]:
    """Return what is missing in `left`, list by list, in the order of cutting within each."""
    gone = []
    for key in LISTS:
        missing = [part for part in material[key] if part not in left[key]]
        gone += [(key, part) for part in (missing[::-1] if key in CUT_AT_THE_END else missing)]
    return gone


MATERIALS = st.fixed_dictionaries(dict.fromkeys(LISTS, st.integers(0, 5)))


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), ("a", 1), ("four", 1), ("fives", 2), ("é", 1), ("日本語", 3), ("\ud800", 1)]
)  # fmt: skip
def test_tokens_are_counted_by_bytes(text: str, count: int) -> None:
    """Four bytes are a token, so that other scripts cost what they cost."""
    assert tokens(text) == count


def test_what_fits_is_left_as_it_is() -> None:
    """Nothing is cut without need."""
    material = material_of(**dict.fromkeys(LISTS, 3))
    assert within_budget(material, written, tokens(written(material))) == material


def test_parts_go_in_the_stated_order_one_by_one() -> None:
    """Each token less takes the next part, and no other."""
    material = material_of(not_again=2, approved_before=3, said_before=2, conversation_above=2)
    expected = [
        "not_again 1",
        "not_again 0",
        "approved_before 2",
        "approved_before 1",
        "said_before 0",
        "said_before 1",
        "approved_before 0",
        "conversation_above 0",
        "conversation_above 1",
    ]
    gone: list[str] = []
    left = material
    while any(left[key] for key in LISTS):
        less = within_budget(material, written, tokens(written(left)) - 1)
        step = order_of(left, less)
        assert len(step) == 1
        gone.append(" ".join(step[0][1].split()[:2]))
        left = less
    assert gone == expected


@given(counts=MATERIALS, budget=st.integers(0, 400))
def test_no_more_than_the_budget_and_no_more_cut_than_it_asks(
    counts: dict[str, int], budget: int
) -> None:
    """Either it fits, or nothing is left to cut; and a little more room brings something back."""
    material = material_of(**counts)
    left = within_budget(material, written, budget)
    assert tokens(written(left)) <= budget or not any(left[key] for key in LISTS)
    for key in LISTS:
        kept = len(left[key])
        rest = (
            material[key][:kept]
            if key in CUT_AT_THE_END
            else material[key][len(material[key]) - kept :]
        )
        assert left[key] == rest
    cut = len(order_of(material, left))
    for more in range(budget, budget + 400, 40):
        assert len(order_of(material, within_budget(material, written, more))) <= cut


@given(counts=MATERIALS, budget=st.integers(-10, 400))
def test_the_post_and_what_was_given_stay_as_they_are(counts: dict[str, int], budget: int) -> None:
    """The post and the counts are never cut, and the caller's lists are its own."""
    material, before = material_of(**counts), material_of(**counts)
    left = within_budget(material, written, budget)
    assert material == before
    assert (left["post"], left["history"]) == (before["post"], before["history"])


@given(counts=MATERIALS, budget=st.integers(0, 400))
def test_what_matters_more_goes_later(counts: dict[str, int], budget: int) -> None:
    """A list is touched only when all that is cut before it has gone."""
    left = within_budget(material_of(**counts), written, budget)
    cut = {key: counts[key] - len(left[key]) for key in LISTS}
    if cut["approved_before"]:
        assert not left["not_again"]
    if cut["said_before"]:
        assert not left["not_again"]
        assert len(left["approved_before"]) <= 1
    if cut["conversation_above"]:
        assert not (left["not_again"])
        assert not (left["said_before"])
        assert not (left["approved_before"])


# --- the whole question ---------------------------------------------------------------------


def asked(about: ReplyContext) -> tuple[str, dict[str, Any]]:
    """Return the material of a question as it is written, and read."""
    content = question_for(about).messages[1]["content"]
    raw = re.split(r"(?m)^=== material [0-9a-f]{16} ===$", content)[1].strip()
    return raw, json.loads(raw)


def crowded(text: str, size: int, **more: Any) -> ReplyContext:
    """Make a context in which everything is there, each part with so many words."""
    talk = "quarry " * size
    bo = Person("5", "bo", "Bo")
    posts = [Post(f"{n}", f"n{n} {talk}", bo, NOW - timedelta(hours=9 - n)) for n in range(4)]
    given: dict[str, Any] = {
        "above": tuple(posts),
        "said_before": tuple(posts),
        "approved_before": tuple((f"q{n} {talk}", f"a{n} {talk}") for n in range(3)),
        "recent_texts": tuple(f"r{n} {talk}" for n in range(30)),
        **more,
    }
    return context(text, **given)


@pytest.mark.parametrize("size", [1, 30, 60, 150, 600])
def test_a_question_stays_within_the_budget_with_the_whole_post(size: int) -> None:
    """However much there is to tell, the post stands in it to its last word."""
    text = "where is the key? " + "and then " * 200 + "the end."
    raw, material = asked(crowded(text, size))
    assert tokens(raw) <= MATERIAL_TOKENS
    assert material["post"]["text"].count("^") == 2 * (len(text.split()) + 1)
    assert re.sub(r"\^[a-z]{3}\^", " ", material["post"]["text"]).split() == text.split()


def test_with_room_enough_all_of_it_is_told() -> None:
    """Small talk is not cut."""
    _, material = asked(crowded("where is the key?", 2))
    lengths = {key: len(material[key]) for key in LISTS}
    assert lengths == {
        "not_again": 12, "approved_before": 3, "said_before": 4, "conversation_above": 4
    }  # fmt: skip


def test_of_a_long_talk_the_newest_words_stay() -> None:
    """What stands right above the post is worth more than how it began, and than other days."""
    _, material = asked(crowded("where is the key?", 300))
    above = [post["text"].split("^")[2] for post in material["conversation_above"]]
    assert above
    assert above == [f"n{n}" for n in range(4 - len(above), 4)]
    assert len(above) < 4
    assert not (material["said_before"])
    assert not (material["approved_before"])
    assert not (material["not_again"])


def test_a_post_that_fills_the_budget_alone_stands_alone() -> None:
    """A script whose letters cost three bytes each: everything else goes, the post stays."""
    text = "鍵はどこですか。" * 450
    raw, material = asked(crowded(text, 30))
    assert tokens(raw) > MATERIAL_TOKENS
    assert re.sub(r"\^[a-z]{3}\^", "", material["post"]["text"]) == text
    assert not any(material[key] for key in LISTS)


def test_the_ideas_shown_last_are_those_not_to_be_repeated() -> None:
    """After many rounds the newest are told first, and before what was said to others."""
    shown = tuple(f"idea {n}" for n in range(15))
    _, material = asked(context("hi", earlier_texts=shown, recent_texts=("to others",)))
    assert material["not_again"] == [f"idea {n}" for n in range(14, 2, -1)]
    _, material = asked(context("hi", earlier_texts=shown[:2], recent_texts=("to others",)))
    assert material["not_again"] == ["idea 1", "idea 0", "to others"]
