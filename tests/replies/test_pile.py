"""When many at once become a pile-on: pure counting, with the reason told."""

import pytest

from replies.triage import burst_rule, crowd
from replies.triage.burst import ANSWERS_SHOWN, QUESTIONS_SHOWN, RULE, SHOWN

STORM = "boycott this place, they sold the old piano"


@pytest.mark.parametrize(
    ("before", "asks", "piled"),
    [
        (SHOWN - 1, False, False),
        (SHOWN, False, True),
        (SHOWN, True, False),
        (QUESTIONS_SHOWN - 1, True, False),
        (QUESTIONS_SHOWN, True, True),
    ],
)
def test_the_same_words_pile_from_the_sixth_on_the_same_question_from_the_twenty_first(
    before: int, asks: bool, piled: bool
) -> None:
    """A question is worth an own card for longer; no question is worth two hundred."""
    verdict = burst_rule(STORM, [f"{STORM}!"] * before, asks=asks)
    assert (verdict is not None) is piled
    if verdict is not None:
        assert (verdict.worth_answering, verdict.rule) == (False, RULE)
        assert f"number {before + 1} of the same words" in verdict.why


def test_small_changes_do_not_hide_the_same_words() -> None:
    """A handle, a mark, an emoji or a word more is still the same."""
    before = [
        f"@BeanBarn {STORM}",
        f"{STORM.upper()}!!!",
        f"{STORM} 😡",
        f"{STORM} today",
        "boycott this place they sold the piano",
    ]
    assert burst_rule(STORM, before) is not None


@pytest.mark.parametrize("text", ["", "🎉", "   ", "@BeanBarn"])
def test_posts_without_words_are_not_the_same_words(text: str) -> None:
    """Nothing is like nothing: what they mean is in their pictures."""
    assert burst_rule(text, [text] * 200) is None


@pytest.mark.parametrize(
    ("before", "asks", "piled"),
    [
        (ANSWERS_SHOWN - 1, False, False),
        (ANSWERS_SHOWN, False, True),
        (ANSWERS_SHOWN, True, False),
        (QUESTIONS_SHOWN, True, True),
    ],
)
def test_answers_to_one_post_pile_from_the_eleventh_on(
    before: int, asks: bool, piled: bool
) -> None:
    """Whatever their words; questions from the twenty-first on."""
    verdict = crowd(before, asks=asks)
    assert (verdict is not None) is piled
    if verdict is not None:
        assert verdict.rule == RULE
        assert "same post" in verdict.why
