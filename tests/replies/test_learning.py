"""What the team's edits have in common becomes at most one proposed rule."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import TakenText, Voice, VoiceRule
from replies.learning import Habit, changes, habits, rule_for, strongest_habit, traits

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
LONG = "The kettle goes on at seven and the last cup leaves us at five."


def taken(before: str, after: str | None = None, person: str = "Ann Lee") -> TakenText:
    """Return a decided suggestion, kept as it was unless another text is given."""
    text = before if after is None else after
    return TakenText(before, text, NOW, person, traits(before, text, person=person))


@pytest.mark.parametrize(
    ("trait", "before", "after"),
    [
        ("no_exclamation", "Yes, till five!", "Yes, till five."),
        ("no_exclamation", "Oh no! Which cup was it!", "Oh no. Which cup was it"),
        ("no_emoji", "Glad it was good 😊", "Glad it was good."),
        ("no_greeting", "Hi Ann, oat and soy.", "Oat and soy."),
        ("no_greeting", "Good morning! Oat and soy.", "Oat and soy."),
        ("no_greeting", "@ann hey there – oat and soy.", "@ann oat and soy."),
        ("no_sign_off", "It opens at seven. Cheers, Maya", "It opens at seven."),
        ("no_sign_off", "It opens at seven. ^MK", "It opens at seven."),
        ("no_sign_off", "It opens at seven. The kettle team.", "It opens at seven."),
        ("no_question", "Seven to five. Will we see you?", "Seven to five."),
        ("no_apology", "Sorry about that, which cup was it?", "Which cup was it?"),
        ("shorter", LONG, "On at seven, out by five."),
        ("added_question", "That was the Kenya.", "That was the Kenya. Did you like it?"),
        ("added_name", "Oat and soy, always.", "Oat and soy, Ann, always."),
        ("drop_word:we're", "Yes, we're open till five.", "Yes, open till five."),
        ("drop_word:we're", "Yes, we’re open till five.", "Yes, we are open till five."),
        ("drop_word:just", "It is just past the bridge.", "It is past the bridge."),
        ("drop_word:let us know", "It is past the bridge. Let us know.", "It is past the bridge."),
        ("swap:pastries→buns", "Our pastries come at eight.", "Our buns come at eight."),
        ("swap:we're→we are", "Yes, we're open till five.", "Yes, we are open till five."),
    ],
)
def test_an_edit_shows_its_trait(trait: str, before: str, after: str) -> None:
    """Each kind of change is seen for what it is."""
    assert trait in traits(before, after, person="Ann Lee")


@pytest.mark.parametrize(
    ("trait", "before", "after"),
    [
        ("no_exclamation", "Yes! Till five!", "Yes! Till five."),
        ("no_exclamation", "See https://a.example/b!c now", "See the page now"),
        ("no_emoji", "Glad it was good 😊", "Glad 😊"),
        ("no_greeting", "Hi Ann, oat and soy.", "Hello Ann, oat and soy."),
        ("no_greeting", "High tea is at four.", "Tea is at four."),
        ("no_sign_off", "That is on us. The oat flat white.", "That is on us."),
        ("no_question", "Which cup? Ours?", "Was it ours, which cup?"),
        ("shorter", "Seven to five, daily.", "Seven to five."),
        ("added_name", "Ann, oat and soy.", "Oat and soy, Ann."),
        ("drop_word:we're", "We're open, we're warm.", "We're open and warm."),
        ("drop_word:the", "It is past the bridge.", "It is past bridge."),
        ("drop_word:sunday", "Yes, open Sunday from eight.", "Yes, open from eight."),
        ("swap:5→6", "Yes, open until 5 today.", "Yes, open until 6 today."),
        ("swap:sunday→monday", "We open Sunday at eight.", "We open Monday at eight."),
    ],
)
def test_what_is_no_habit_of_style_is_none(trait: str, before: str, after: str) -> None:
    """Half a change, corrected facts, names and words everybody needs count for nothing."""
    assert trait not in traits(before, after, person="Ann Lee")


def test_a_text_written_anew_tells_nothing_about_single_words() -> None:
    """Words that went because everything went are no habit."""
    found = traits(
        "Our lovely pastries are just out!", "Which bag was it, and when did you buy it?"
    )
    assert not {trait for trait in found if trait.startswith(("drop_word", "swap"))}
    assert "no_exclamation" in found


def test_three_edits_of_five_are_a_habit_and_kept_texts_count_against() -> None:
    """At least three, and at least 60 % of the suggestions that had the thing."""
    edits = [taken(f"Cup {n} is yours!", f"Cup {n} is yours.") for n in range(3)]
    without = [taken(f"Cup {n} is ready.") for n in range(20)]
    kept = [taken(f"Plate {n} is yours!") for n in range(2)]
    assert habits(edits[:2]) == []
    (habit,) = habits([*without, *kept, *edits])
    assert (habit.trait, habit.shown, habit.chances) == ("no_exclamation", 3, 5)
    assert habit.rule == VoiceRule("No exclamation marks.", "no_exclamation")
    assert "3 of the last 5 suggestions" in habit.told
    assert habits([*kept, *edits, taken("Spoon is yours!")]) == []


def test_the_evidence_is_the_newest_three_pairs_without_repeats() -> None:
    """What people are shown is what they did, newest first."""
    edits = [taken(f"Cup {n} is yours!", f"Cup {n} is yours.") for n in (1, 2, 3, 4, 4)]
    (habit,) = habits(edits)
    assert habit.pairs == tuple((f"Cup {n} is yours!", f"Cup {n} is yours.") for n in (4, 3, 2))


WE_ARE = [
    taken("Yes, we're open till five.", "Yes, open till five."),
    taken("We're glad you liked the Kenya so much.", "Glad you liked the Kenya so much."),
    taken("That's on us, we're sorry it was cold.", "That's on us, sorry it was cold."),
]
CALM = [taken(f"Cup {n} is yours!", f"Cup {n} is yours.") for n in range(4)]


def test_a_dropped_word_is_a_rule_with_that_word() -> None:
    """The check that minds it gets the word as people type it."""
    habit = strongest_habit(WE_ARE, voice=Voice())
    assert habit is not None
    assert habit.rule == VoiceRule("Do not write “we’re”.", "drop_word", ("we're",))
    assert habit.told == "You took “we're” out of 3 of the last 3 suggestions that had it."


def test_a_swapped_word_is_a_rule_with_both() -> None:
    """The same replacement three times is one rule, not the dropping of a word."""
    edits = [
        taken(
            f"Our pastries come at {n}, hot and buttery.", f"Our buns come at {n}, hot and buttery."
        )
        for n in ("eight", "nine", "ten")
    ]
    habit = strongest_habit(edits, voice=Voice())
    assert habit is not None
    assert habit.rule == VoiceRule(
        "Write “buns”, not “pastries”.", "swap:pastries→buns", ("pastries",)
    )


def test_the_strongest_comes_first_and_what_is_ruled_or_dropped_never_again() -> None:
    """One at a time: the most edits; then the next; then nothing."""
    both = [*WE_ARE, *CALM]
    first = strongest_habit(both, voice=Voice())
    assert first is not None
    assert first.trait == "no_exclamation"
    ruled = strongest_habit(both, voice=Voice(rules=(first.rule,)))
    dropped = strongest_habit(both, voice=Voice(), not_again={first.trait})
    assert ruled == dropped
    assert ruled is not None
    assert ruled.trait == "drop_word:we're"
    both_ruled = Voice(rules=(first.rule, ruled.rule))
    assert strongest_habit(both, voice=both_ruled) is None
    avoided = Voice(avoid=("We're",), rules=(first.rule,))
    assert strongest_habit(both, voice=avoided) is None
    parts = {"no_exclamation", "drop_word:so we're"}
    assert strongest_habit(both, voice=Voice(), not_again=parts) is None


def test_a_rule_against_the_voices_own_is_not_proposed() -> None:
    """Who wants no closing question is not asked to close with one."""
    edits = [taken(f"Cup {n} is yours.", f"Cup {n} is yours. Which one?") for n in range(3)]
    assert strongest_habit(edits, voice=Voice()) is not None
    quiet = Voice(rules=(rule_for("no_question"),))
    assert strongest_habit(edits, voice=quiet) is None


WORDS = st.sampled_from(
    [
        "we're",
        "just",
        "Hi",
        "Ann,",
        "open",
        "lovely!",
        "😊",
        "Sunday?",
        "5",
        "the",
        "sorry",
        "Cheers",
    ]
)
TEXTS = st.lists(WORDS, max_size=12).map(" ".join) | st.text(max_size=60)


@given(before=TEXTS, after=TEXTS, person=st.text(max_size=12))
def test_any_two_texts_have_their_traits(before: str, after: str, person: str) -> None:
    """Nothing breaks, the same text has none, and the steps lead from one to the other."""
    assert traits(before, before, person=person) == frozenset()
    shown = traits(before, after, person=person)
    for trait in shown:
        habit = Habit(trait, rule_for(trait), 3, 3, ())
        assert habit.told
        assert rule_for(trait).text
    gone = " ".join(step[1] for step in changes(before, after)).split()
    assert all(word in before.split() for word in gone)


@given(st.lists(st.tuples(TEXTS, TEXTS | st.none()), max_size=12))
def test_every_habit_repeats(pairs: list[tuple[str, str | None]]) -> None:
    """Never fewer than three edits, never under 60 %, never more shown than possible."""
    for habit in habits([taken(before, after) for before, after in pairs]):
        assert 3 <= habit.shown <= habit.chances
        assert habit.shown >= 0.6 * habit.chances
        assert 1 <= len(habit.pairs) <= 3
