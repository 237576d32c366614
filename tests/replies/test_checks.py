"""The checks: what they mind, what they leave alone, and that they never fail."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import Check, CheckLevel
from replies.checks import asked_topics, check_text, has_hard_stop, weighted_length, worst
from tests.replies.contexts import conformance


def names(text: str, post_text: str = "lovely day") -> set[str]:
    return {check.name for check in check_text(text, post_text=post_text)}


def test_a_plain_human_reply_has_nothing_said_about_it() -> None:
    """What a person would write passes in silence."""
    assert check_text("9 on Sundays. Are you bringing the dog?", post_text="open sunday?") == ()


def test_length_counts_as_x_does() -> None:
    """A link counts 23, an emoji 2, Japanese 2 a character, whatever it is made of."""
    assert weighted_length("a" * 280) == 280
    assert weighted_length("https://example.com/" + "x" * 200) == 23
    assert weighted_length("👩‍👩‍👧‍👦") == 2
    assert weighted_length("日本") == 4


@pytest.mark.parametrize("text", ["", "  \n", "@annlee ", "\u200b\u2060"])
def test_nothing_to_say_stops(text: str) -> None:
    """A reply without words may not go out."""
    assert has_hard_stop(check_text(text, post_text="hi")) is not None


def test_too_long_stops_and_says_by_how_much() -> None:
    """281 is refused, 280 is not; a giant text is refused at once."""
    assert has_hard_stop(check_text("word " * 56 + "x", post_text="")) is not None
    assert "length" not in names("a" * 280)
    stop = has_hard_stop(check_text("a" * 50_000, post_text=""))
    assert stop is not None
    assert "50,000" in stop.why


@pytest.mark.parametrize(
    "secret",
    [
        "sk-abcdefghijklmnop1234",
        "xoxb-1234567890-abc",
        "password: hunter2go",
        "-----BEGIN PRIVATE KEY",
    ],
)
def test_secrets_stop_and_are_not_repeated(secret: str) -> None:
    """A key or password may not go out, and the reason does not spell it again."""
    stop = has_hard_stop(check_text(f"Sure: {secret}", post_text="what is it?"))
    assert stop is not None
    assert secret not in stop.why


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("See https://evil.example/x", "link"),
        ("Have a look at copperkettle.example", "link"),
        ("Ask @someoneelse about it", "handle"),
        ("Lovely #coffee", "hashtag"),
        ("Great question! It depends.", "stock-opener"),
        ("Hi Ann! Thanks for reaching out, it depends.", "stock-opener"),
        ("Sorry for any inconvenience", "corporate-empathy"),
        ("Please DM us so we can look", "sent-elsewhere"),
        ("Check out our new beans", "sales"),
        ("Come in, it is 20% off", "price-unasked"),
        ("We guarantee it tastes", "promise"),
        ("Hello [name], yes we do", "placeholder"),
        ("Hello {first_name}, yes", "placeholder"),
        ("Yes! Yes! Come! ", "exclamations"),
        ("Nice ☕✨🎉", "emoji"),
        ("WE ARE OPEN TODAY", "shouting"),
        ("As an AI, I cannot say", "machine-named"),
        ("Good coffee — every day", "long-dash"),
    ],
)
def test_each_kind_of_fault_is_named_with_its_words(text: str, name: str) -> None:
    """Every rule of the first set sees its fault and minds it without forbidding."""
    assert name in names(text)
    assert worst(check_text(text, post_text="lovely day")) is CheckLevel.MIND


def test_whoever_asks_for_the_price_is_not_sold_to() -> None:
    """A direct question makes the plain answer to it fine."""
    assert "price-unasked" in names("It is 20% off today", "what a day")
    assert "price-unasked" not in names("It is 20% off today", "any discount on beans?")
    assert "sales" not in names("Yes, our collection has it", "do you sell ferns?")
    assert "link" not in names("copperkettle.example/menu", "have you got a link to the menu?")
    assert "sent-elsewhere" not in names("Email us and we look", "can i email you a photo?")
    assert asked_topics("I love the price") == frozenset()


def test_handles_of_the_conversation_are_fine() -> None:
    """Answering people who are already there is no naming of strangers."""
    assert "handle" not in names("You and @bo both", "@copperkettle with @Bo today")
    assert "handle" not in names("@annlee @bo See you then", "hi")


@pytest.mark.parametrize("sign", [" -Becky", " ^SL", " /RA", " *ABN", " -- Mat", "\n- Ceri"])
def test_handles_in_front_and_signatures_are_not_judged(sign: str) -> None:
    """How a team signs is no part of what is judged."""
    assert check_text(f"@annlee See you on Sunday{sign}", post_text="hi") == ()


def test_the_same_words_again_are_minded() -> None:
    """X refuses the very same text, and people notice nearly the same."""
    said = ["That's too long for a latte, sorry about it."]
    again = check_text("That's too long for a latte, sorry!", post_text="", recent_texts=said)
    assert "said-before" in {check.name for check in again}
    other = check_text("Twenty minutes is a lot.", post_text="", recent_texts=said)
    assert other == ()


def test_gravest_first() -> None:
    """What forbids sending stands before what is minded."""
    levels = [check.level for check in check_text("Great question! " + "a " * 300, post_text="")]
    assert levels[0] is CheckLevel.STOP
    assert levels == sorted(levels, key=[CheckLevel.STOP, CheckLevel.MIND].index)
    assert worst(()) is CheckLevel.FINE
    assert has_hard_stop((Check("x", CheckLevel.MIND, "y"),)) is None


@pytest.mark.parametrize(
    "part", [" ", "!", "a.", "a-", "- B", "@a ", "[", "✅", "sk-", "www.", "\n"]
)
def test_hostile_texts_are_judged_quickly(part: str) -> None:
    """No text makes a rule or the counting run away: 40,000 characters take well under a second."""
    text = "a" + (part * 40_000)[:40_000] + "b"
    began = time.thread_time()
    check_text(text, post_text=text, recent_texts=(text,))
    assert time.thread_time() - began < 1


def test_a_secret_behind_a_long_address_is_seen() -> None:
    """An address counts 23 however long it is; what follows it is still looked at."""
    text = f"https://example.com/{'x' * 900} password: hunter2go"
    assert weighted_length(text) < 60
    assert "secret" in names(text)


def test_length_agrees_with_twitter_text() -> None:
    """The counts of twitter-text's own conformance cases are ours."""
    cases = conformance()
    assert cases
    for case in cases:
        expected = case["expected"]["weightedLength"]
        counted = weighted_length(case["text"])
        too_long_both = min(counted, expected) > 280
        assert counted == expected or too_long_both, case["description"]


@settings(max_examples=250, deadline=None)
@given(
    text=st.one_of(
        st.text(max_size=400),
        st.lists(
            st.sampled_from(
                ["@a", "#", "!", "\u202e", "\ud800", "[", "{{", "https://", "☕", "-B", "\x00", " "]
            )
        ).map("".join),
        st.builds(lambda part, times: part * times, st.text(max_size=8), st.integers(0, 900)),
    ),
    post_text=st.text(max_size=200),
)
def test_checks_never_fail(text: str, post_text: str) -> None:
    """Any text can be checked against any post; every verdict has a name and a sentence."""
    for check in check_text(text, post_text=post_text, recent_texts=(post_text,)):
        assert check.name
        assert check.why
        assert check.level is not CheckLevel.FINE
