"""Whether we said nearly the same lately."""

import random
import statistics
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replies.text.similarity import Said


@pytest.mark.parametrize(
    ("earlier", "text"),
    [
        ("Thank you!", "thank you"),
        ("Thanks Tom, glad you liked the cake", "Thanks Ann, glad you liked the scone"),
        (
            "We open at 9 on Sundays and the kitchen starts at ten.",
            "On Sundays the kitchen starts at ten and we open at 9",
        ),
        (
            "Sorry about the wait this morning, we were one down at the till.",
            "@annlee Sorry about the wait this morning, we were two down at the bar. -Dan",
        ),
    ],
)
def test_copies_are_found(earlier: str, text: str) -> None:
    """The same words, the same in another order, and the same with another name are near."""
    assert (
        Said(["Something else entirely, with words of its own.", earlier]).nearest(text) == earlier
    )


@pytest.mark.parametrize(
    ("earlier", "text"),
    [
        ("Thank you so much!", "Thanks a lot, Ann"),
        ("Thanks Tom, lovely to hear", "Thanks Ann, means a lot to us"),
        ("Sorry to hear that, what time did you come in?", "Sorry to hear that, which branch?"),
        ("We open at 9 on Sundays.", "We shut at 4 on Saturdays."),
        ("That made my day, thank you", "You've made Dan's week"),
        ("", ""),
    ],
)
def test_others_are_not(earlier: str, text: str) -> None:
    """Short thanks in other words and answers to other questions are no copies."""
    assert Said([earlier]).nearest(text) is None


def test_the_nearest_is_quoted() -> None:
    """Of several near texts, the nearest comes back as it was sent."""
    near = "Sorry about the wait, we were one down at the till this morning"
    nearer = "Sorry about the wait, we were one down at the till today"
    assert Said([near, nearer]).nearest(f"{nearer}!") == nearer


def test_nothing_said_is_near_nothing() -> None:
    """An account without replies repeats nobody."""
    assert Said().nearest("Thanks a lot for the kind words today") is None


def test_five_thousand_texts_are_searched_quickly() -> None:
    """A question to two months of a busy account takes about a millisecond."""
    chance = random.Random(3)
    words = [f"word{number}" for number in range(3000)]
    weights = [1 / (place + 1) for place in range(3000)]
    texts = [" ".join(chance.choices(words, weights, k=chance.randint(6, 30))) for _ in range(5000)]
    said = Said(texts)
    assert said.nearest(texts[4000]) is not None
    times = []
    for _ in range(60):
        text = " ".join(chance.choices(words, weights, k=chance.randint(6, 30)))
        began = time.thread_time()
        said.nearest(text)
        times.append(time.thread_time() - began)
    # Ten times what it takes on a quiet machine.
    assert statistics.median(times) < 0.005


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=8), st.text(max_size=60))
def test_whatever_is_near_was_said(texts: list[str], text: str) -> None:
    """The answer is one of the texts, and any text with words is near itself."""
    said = Said(texts)
    assert said.nearest(text) in {None, *texts}
    for earlier in texts:
        found = said.nearest(earlier)
        assert found is not None or Said([earlier]).nearest(earlier) is None


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"]), min_size=8, max_size=14
    ),
    st.data(),
)
def test_one_changed_word_in_ten_is_still_found(spoken: list[str], drawn: st.DataObject) -> None:
    """Looking only where rare words stand misses no near copy."""
    distinct = list(dict.fromkeys(spoken))
    if len(distinct) < 8:
        return
    place = drawn.draw(st.integers(0, len(distinct) - 1))
    changed = [*distinct[:place], "other", *distinct[place + 1 :]]
    noise = [" ".join(distinct[:2] + ["noise"] * 6)] * 20
    assert Said([*noise, " ".join(distinct)]).nearest(" ".join(changed)) == " ".join(distinct)
