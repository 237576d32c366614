"""Ready answers obey the team's own rules, as far as words alone can."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replies.learning import apply_rules, rule_for
from replies.learning.traits import has_emoji, has_exclamation
from replies.text.wording import words


def obeyed(text: str, *traits: str) -> str:
    """Return a text after the rules of these traits."""
    return apply_rules(text, [rule_for(trait) for trait in traits])


@pytest.mark.parametrize(
    ("trait", "text", "after"),
    [
        ("no_exclamation", "Yes, till five! See you!!", "Yes, till five. See you."),
        (
            "no_exclamation",
            "Really?! It is here: https://a.example/b!c",
            "Really? It is here: https://a.example/b!c",
        ),
        ("no_exclamation", "¡Hola! Hasta las cinco.", "Hola. Hasta las cinco."),
        ("no_emoji", "Thanks for coming 😊 See you Sunday ☕️", "Thanks for coming. See you Sunday"),
        ("no_emoji", "That 🥐 is ours 🇬🇧.", "That is ours."),
        ("no_greeting", "Hi Ann, we do. Oat and soy.", "We do. Oat and soy."),
        ("no_greeting", "Good morning! oat and soy.", "Oat and soy."),
        ("no_sign_off", "It opens at seven. Take care!", "It opens at seven."),
        ("no_question", "Seven to five. Will we see you?", "Seven to five."),
        ("no_apology", "Sorry about that. The next one is on us.", "The next one is on us."),
        ("drop_word:just", "It's just past the bridge.", "It's past the bridge."),
        ("drop_word:just", "Just past the bridge.", "Past the bridge."),
        ("drop_word:lovely", "Thank you for the lovely words.", "Thank you for the words."),
        ("drop_word:we're", "We’re open till five.", "Open till five."),
        ("drop_word:let us know", "Oat and soy. Let us know!", "Oat and soy."),
        (
            "swap:pastries→buns",
            "Pastries at eight. More pastries at ten.",
            "Buns at eight. More buns at ten.",
        ),
    ],
)
def test_a_rule_is_applied(trait: str, text: str, after: str) -> None:
    """What the team did by hand is done before they see it."""
    assert obeyed(text, trait) == after


@pytest.mark.parametrize(
    ("trait", "text"),
    [
        ("no_question", "Which cup was it?"),
        ("no_emoji", "☕️☕️"),
        ("no_exclamation", "!!!"),
        ("no_apology", "Sorry about the cold cup, the next one is on us."),
        ("drop_word:just", "It is not just a bun."),
        ("drop_word:lovely", "Your photo is lovely."),
        ("drop_word:lovely", "What a lovely evening that was."),
        ("drop_word:we're", "It is quiet because we're shut."),
        ("drop_word:art", "The party has started."),
        ("swap:bun→orange", "Have a bun with it."),
        ("added_question", "Seven to five."),
        ("no_greeting", "Hello  world of two  spaces"),
    ],
)
def test_what_would_break_is_left_alone(trait: str, text: str) -> None:
    """A broken or empty sentence is worse than a rule that is marked."""
    assert obeyed(text, trait) == text


ALL = [
    *("no_exclamation", "no_emoji", "no_greeting", "no_sign_off", "no_question", "no_apology"),
    *("shorter", "added_name", "added_question"),
    *("drop_word:just", "drop_word:we're", "drop_word:lovely", "drop_word:see you"),
    *("swap:open→here", "swap:we're→we are"),
]
PARTS = st.sampled_from(
    [
        "Hi Ann!",
        "we're",
        "We're",
        "open",
        "just",
        "a",
        "the lovely",
        "bun!",
        "😊",
        "See you!",
        "why?",
    ]
)
TEXTS = st.lists(PARTS, min_size=1, max_size=10).map(" ".join) | st.text(max_size=80)


@given(text=TEXTS, traits=st.lists(st.sampled_from(ALL), max_size=6))
def test_no_text_is_ever_emptied(text: str, traits: list[str]) -> None:
    """Whatever the rules, whoever had words keeps words."""
    assert bool(words(obeyed(text, *traits))) == bool(words(text))


@given(text=TEXTS)
def test_an_obeyed_rule_is_kept(text: str) -> None:
    """A text that has words has none of the marks afterwards, and a second time nothing happens."""
    calm, bare = obeyed(text, "no_exclamation"), obeyed(text, "no_emoji")
    assert obeyed(calm, "no_exclamation") == calm
    if words(text):
        assert not has_exclamation(calm)
        assert not has_emoji(bare)
