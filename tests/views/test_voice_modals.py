"""The voice's windows and its page: what is written comes back, and Slack takes it all."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import Fact, OfferOrigin, SavedVoice, Voice, VoiceOffer, VoiceRule
from replies.checks.check_names import silenceable
from replies.drafting.hand_over import topics
from tests.views.cards import HOSTILE, NOW, assert_slack_takes, labels, seen
from tests.views.filling import message_taken, sent_back, taken_by_slack
from views.modals import history_modal, meanwhile_notes, read_voice, voice_modal, voice_of
from views.voice.interview_modal import interview_errors, interview_modal, read_interview
from views.voice.voice_offer import offer_message, offer_modal
from views.voice.voice_page import voice_page
from views.voice.voice_texts import TOPIC_WORDS

TODAY = date(2026, 11, 24)
VOICE = Voice(
    who="A café.",
    how="Dry.\nKind.",
    facts=(Fact("8 to 5", "hours", date(2026, 11, 3)), Fact("Dogs are welcome")),
    avoid=("folks",),
    use=("flat white", "ta"),
    signs=("T", "Maya"),
    hand_over=("legal", "press"),
    refund_limit=Decimal("25.50"),
    rules=(VoiceRule("Fewer exclamation marks", "exclamations", ("!!",)),),
    silenced=("long-dash",),
    version=3,
)


def written(voice: Voice = VOICE, **answers: Any) -> tuple[Voice, dict[str, str]]:
    """Fill the window of a voice in, and read what was written."""
    view = voice_modal(voice, checks=silenceable())
    return voice_of(read_voice(sent_back(view, **answers)), voice, today=TODAY)


def test_a_voice_comes_back_as_it_was() -> None:
    """All of its parts survive their window; the version it was opened with comes along."""
    assert written() == (VOICE, {})
    values = read_voice(sent_back(voice_modal(VOICE, offer_id="o1")))
    assert (values.version, values.offer_id) == (3, "o1")


def test_every_topic_chosen_means_all_that_will_ever_be() -> None:
    """A voice that hands over everything does so with topics of later releases as well."""
    assert written(Voice())[0].hand_over is None
    assert written(Voice(), hand_over=["press"])[0].hand_over == ("press",)
    assert written(Voice(), hand_over=[])[0].hand_over == ()


def test_the_windows_topics_are_those_that_are_known() -> None:
    """Each topic of replies/drafting/hand_over.toml can be chosen, and no other."""
    assert set(TOPIC_WORDS) == set(topics())


@pytest.mark.parametrize(
    ("line", "fact"),
    [
        ("hours: 8 to 5 (checked 2026-11-03)", Fact("8 to 5", "hours", date(2026, 11, 3))),
        ("Dogs are welcome (checked today)", Fact("Dogs are welcome", "", TODAY)),
        ("- Dogs are welcome (Checked: 2026-11-24)", Fact("Dogs are welcome", "", TODAY)),
        ("Beans are checked twice (by Tom)", Fact("Beans are checked twice (by Tom)")),
    ],
)
def test_a_fact_is_read_with_its_day(line: str, fact: Fact) -> None:
    """The day stands at the line's end, in figures or as today."""
    assert written(facts=line)[0].facts == (fact,)


@pytest.mark.parametrize(
    ("part", "text", "says"),
    [
        ("facts", "Open late (checked last week)", "last week"),
        ("facts", "Open late (checked 2026-02-30)", "2026-02-30"),
        ("facts", "Open late (checked 2027-01-01)", "yet to come"),
        ("facts", "(checked today)", "no fact before"),
        ("signs", "T, M@ya", "M@ya"),
        ("refund", "a lot", "25"),
        ("refund", "-5", "25"),
        ("avoid", "a very long sentence that is certainly no word and no phrase at all", "few"),
        ("rules", "x" * 400, "long for a rule"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(part: str, text: str, says: str) -> None:
    """One kind sentence at the field, short enough for Slack."""
    answers: dict[str, Any] = {part: text}
    _, errors = written(**answers)
    assert set(errors) == {part}
    assert says in errors[part]
    assert len(errors[part]) <= 150


@pytest.mark.parametrize(
    ("text", "amount"), [("£25", "25"), ("19,50", "19.50"), ("$1,200", "1200"), ("", None)]
)
def test_a_sum_is_read_as_people_write_it(text: str, amount: str | None) -> None:
    """With or without its sign; empty means that refunds are answered like anything else."""
    assert written(refund=text)[0].refund_limit == (Decimal(amount) if amount else None)


def test_words_may_stand_between_commas_and_rules_mind_their_quotes() -> None:
    """Each word once; a rule that was adopted keeps its habit, a new one gets its phrases."""
    voice, _ = written(
        avoid="folks, “super excited”\nFolks",
        rules='Fewer exclamation marks\nNever “literally” or "to be honest"',
    )
    assert voice.avoid == ("folks", "super excited")
    assert voice.rules == (
        *VOICE.rules,
        VoiceRule('Never “literally” or "to be honest"', "", ("literally", "to be honest")),
    )


def test_more_facts_than_one_input_takes_are_all_kept() -> None:
    """Nothing is cut: a second field holds what the first has no room for."""
    many = tuple(Fact(f"Fact number {n} about the shop and its opening") for n in range(200))
    voice, errors = written(replace(VOICE, facts=many), **{"facts+4": "One more"})
    assert errors == {}
    assert voice.facts[: len(many)][:3] == many[:3]
    assert len(voice.facts) > len(many) * 0.9


def test_a_new_key_shows_the_merged_voice_and_who_was_first() -> None:
    """Slack keeps what was typed as long as a block keeps its id."""
    notes = meanwhile_notes("Tom", "added 1 fact", VOICE, ["how", "facts", "refund_limit"])
    view = voice_modal(VOICE, draft="k1", notes=notes)
    assert "Tom changed this while you wrote" in seen(view["blocks"])
    assert "Dry. Kind." in seen(view["blocks"])
    assert voice_of(read_voice(sent_back(view)), VOICE, today=TODAY) == (VOICE, {})
    _, errors = voice_of(read_voice(sent_back(view, **{"refund~k1": "many"})), VOICE, today=TODAY)
    assert set(errors) == {"refund~k1"}


def saved(voice: Voice = VOICE, **more: Any) -> SavedVoice:
    return SavedVoice(voice, "U1", "Maya", "added 2 facts", NOW, **more)


def test_the_page_shows_everything_and_marks_stale_facts_gently() -> None:
    """Who changed it last, each part, and which facts are worth checking."""
    old = replace(VOICE, facts=(Fact("8 to 5", "hours", TODAY - timedelta(days=181)),))
    page = voice_page(saved(old), today=TODAY)
    words = seen(page.blocks)
    for expected in (
        "Version 3, changed by Maya",
        "added 2 facts",
        "A café.",
        "flat white, ta",
        "folks",
        "-T, -Maya",
        "Legal questions, Press",
        "Fewer exclamation marks",
        "Long dashes",
        "worth checking",
        "1 fact last checked more than half a year ago",
    ):
        assert expected in words
    fresh = replace(VOICE, facts=(Fact("8 to 5", "hours", TODAY - timedelta(days=180)),))
    assert "orth checking" not in seen(voice_page(saved(fresh), today=TODAY).blocks)


def test_an_empty_page_says_how_to_begin() -> None:
    """Before anybody said anything there is no history, but three ways in."""
    page = voice_page(None, today=TODAY)
    assert "six questions" in seen(page.blocks)
    assert "History" not in labels(page.blocks)
    assert {"Edit", "Set up by six questions", "From our past replies"} <= set(labels(page.blocks))


def test_the_interview_reads_six_answers() -> None:
    """Six questions; one answer is enough, none is not."""
    view = interview_modal()
    assert sum(block["type"] == "input" for block in view["blocks"]) == 6
    values = read_interview(sent_back(view, greeting="Morning!"))
    assert values.greeting == "Morning!"
    assert interview_errors(values) == {}
    assert interview_errors(read_interview(sent_back(view)))


def test_the_history_can_bring_back_all_but_the_newest() -> None:
    """Each version with who, when and what; only the older ones have a button."""
    versions = [saved(replace(VOICE, version=n)) for n in (3, 2, 1)]
    view = history_modal(versions)
    taken_by_slack(view)
    assert labels(view["blocks"]).count("Bring back this version") == 2
    assert seen(view["blocks"]).count("Maya") == 3


@settings(max_examples=40, deadline=None)
@given(words=st.one_of(st.text(max_size=400), st.just(HOSTILE * 40)))
def test_any_words_make_screens_that_slack_takes(words: str) -> None:
    """No text breaks a limit or smuggles markup in, however much of it there is."""
    voice = Voice(
        who=words,
        how=words,
        facts=tuple(Fact(f"{words}{n}", words, TODAY) for n in range(30)),
        avoid=(words,) * 30,
        use=(words,),
        signs=(words,),
        rules=tuple(VoiceRule(f"{n} {words}") for n in range(30)),
        silenced=(words[:100] or "x",),
        version=1,
    )
    one = SavedVoice(voice, words, words, words, NOW)
    offer = VoiceOffer("o1", OfferOrigin.PAST_REPLIES, voice, (words,) * 12, "U1", NOW)
    notes = meanwhile_notes(words, words, voice, ["who", "facts", "rules", "hand_over"])
    for view in (
        voice_modal(voice, checks=silenceable(), notes=notes),
        offer_modal(offer, Voice()),
        history_modal([one] * 30),
    ):
        taken_by_slack(view)
        assert_slack_takes("a window", view["blocks"], most=100)
    for message in (
        voice_page(one, today=TODAY, offers=[offer, offer]),
        offer_message(offer, Voice()),
    ):
        message_taken(message.blocks)
        assert_slack_takes(message.text, message.blocks)
