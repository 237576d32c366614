"""Drafting with a model over real HTTP, and without one."""

from collections.abc import Iterator
from typing import Any

import pytest

from domain import Advice, Fact, Source, Voice
from replies.drafting import NOTHING_USABLE, ModelUse, draft
from replies.drafting.model_drafts import tidy
from tests.replies.contexts import context
from tests.replies.model_server import ModelServer, model_server

QUESTION = "@copperkettle do you have oat milk?"
OAT = Voice(facts=(Fact("We have oat milk, barista and plain, but no soy"),))


@pytest.fixture(scope="module")
def running() -> Iterator[ModelServer]:
    with model_server() as server:
        yield server


@pytest.fixture
def model(running: ModelServer) -> ModelServer:
    running.asked.clear()
    running.status = 200
    running.says("We do. Barista oat or the plain one?")
    return running


def texts(model: ModelServer, **more: Any) -> list[str]:
    made = draft(context(QUESTION, voice=OAT, **more), model.door.ask)
    return [each.text for each, _ in made.drafts]


def test_without_a_model_the_playbook_answers_and_says_so() -> None:
    """With no key a fact that answers the whole question is offered, with an honest note."""
    made = draft(context(QUESTION, voice=OAT), None)
    assert made.drafts
    assert made.source_note == "From the playbook: no model is set up."
    assert made.cost is None
    assert all(not checks for _, checks in made.drafts)
    nothing = draft(context(QUESTION), None)
    assert (nothing.drafts, nothing.advice) == ((), None)
    assert nothing.source_note == "No model is set up."


def test_the_models_suggestions_come_with_version_and_cost(model: ModelServer) -> None:
    """Drafts of the model carry the prompts' version, and the tokens are told."""
    model.says(("answer", "We do. Barista oat or the plain one?"))
    made = draft(context(QUESTION, voice=OAT), model.door.ask)
    (only, checks), *rest = made.drafts
    assert (only.text, only.source, only.move) == (
        "We do. Barista oat or the plain one?",
        Source.MODEL,
        "answer",
    )
    assert (checks, rest, made.source_note, made.advice) == ((), [], None, None)
    assert only.prompt_version is not None
    assert made.cost == ModelUse("small", 900, 60)
    assert len(model.asked) == 1


def test_suggestions_are_tidied_and_different(model: ModelServer) -> None:
    """Quotes go, repeats and empties are dropped, no two make the same move, three are the most."""
    model.says(
        ("answer", '"We do!"'),
        ("share something", "we do"),
        ("thank", ""),
        ("ask back", "@annlee Which one?"),
        ("answer", "Only the plain one."),
        ("laugh along", "Oat, because cows talk too much."),
        ("share something", "A fifth thing about the fridge."),
    )
    assert texts(model) == ["We do!", "Which one?", "Oat, because cows talk too much."]


def test_what_the_account_said_lately_is_not_suggested_again(model: ModelServer) -> None:
    """Nearly the same words to somebody else within 60 days are left out."""
    model.says(
        ("answer", "We do, oat and soy, both at the same price as cow."),
        ("ask back", "Which one are you after?"),
    )
    recent = ("@bo We do, oat and soy, both at the same price as cow!",)
    assert texts(model, recent_texts=recent) == ["Which one are you after?"]


def test_a_draft_in_another_language_is_left_out(model: ModelServer) -> None:
    """The language is the post's own."""
    model.says(
        ("answer", "Sí, claro, tenemos leche de avena y también de soja."),
        ("ask back", "We do. Which one are you after?"),
    )
    assert texts(model) == ["We do. Which one are you after?"]


def test_what_no_fact_covers_is_left_out_while_there_is_another(model: ModelServer) -> None:
    """An invented price goes when another draft needs none, and is marked when it is alone."""
    model.says(("answer", "Oat is 40p more."), ("ask back", "Which one are you after?"))
    assert texts(model) == ["Which one are you after?"]
    model.says(("answer", "Oat is 40p more."))
    ((_, checks),) = draft(context(QUESTION), model.door.ask).drafts
    assert [check.name for check in checks] == ["fact"]
    known = Voice(facts=(Fact("oat milk is 40p more"),))
    ((_, checks),) = draft(context(QUESTION, voice=known), model.door.ask).drafts
    assert checks == ()


def test_what_was_shown_is_not_shown_again(model: ModelServer) -> None:
    """Other ideas are other ideas."""
    model.says("We do!", "Only oat, no soy.")
    assert texts(model, earlier_texts=("We do.",)) == ["Only oat, no soy."]


def test_faults_are_marked_and_too_long_ones_left_out(model: ModelServer) -> None:
    """A draft that may not go out is left out when there is another; minded ones are marked."""
    model.says("word " * 80, "Great question! We do.")
    made = draft(context(QUESTION, voice=OAT), model.door.ask)
    ((only, checks),) = made.drafts
    assert only.text == "Great question! We do."
    assert [check.name for check in checks] == ["stock-opener"]
    model.says("word " * 80)
    ((_, stopped),) = draft(context(QUESTION), model.door.ask).drafts
    assert stopped[0].name == "length"


def test_better_not_to_reply_is_a_suggestion_with_its_reason(model: ModelServer) -> None:
    """The model's reason stands as advice, and the playbook puts nothing in its place."""
    model.says(better_not_to_reply=True, reason="It is a quarrel between two others.")
    made = draft(context("@copperkettle you are both wrong about it"), model.door.ask)
    assert (made.advice, made.why) == (Advice.BETTER_NOT, "It is a quarrel between two others.")
    assert made.drafts == ()
    for steer in (None, "", "shorter"):
        asked = draft(context(QUESTION, voice=OAT, steer=steer), model.door.ask)
        assert (asked.advice, asked.drafts) == (Advice.BETTER_NOT, ())


def test_what_needs_a_person_is_not_drafted(model: ModelServer) -> None:
    """Told by the post's own words before a model is asked, or by the model itself."""
    made = draft(context("my son is allergic to nuts, is the cake safe?"), model.door.ask)
    assert made.advice is Advice.NEEDS_PERSON
    assert (made.drafts, model.asked) == ((), [])
    model.says("We never heard of it.", needs_person="legal")
    made = draft(context("what do you make of the thing next door?"), model.door.ask)
    assert made.advice is Advice.NEEDS_PERSON
    assert made.drafts == ()


def test_a_member_who_asks_gets_ideas_all_the_same(model: ModelServer) -> None:
    """Handing over is advice: whoever asks for ideas gets them, with a line that says what it is."""
    model.says("I'd have to ask Ruth what is in it. How bad is it when he has some?")
    grave = context("my son is allergic to nuts, is the cake safe?", steer="short please")
    made = draft(grave, model.door.ask)
    assert made.drafts
    assert "Drafted because you asked" in (made.source_note or "")


def test_who_wants_to_be_left_alone_is(model: ModelServer) -> None:
    """An opt-out is honoured without a draft."""
    made = draft(context("@copperkettle please stop replying to me"), model.door.ask)
    assert (made.advice, made.drafts) == (Advice.BETTER_NOT, ())
    assert made.why == "They asked not to be contacted."
    assert model.asked == []


@pytest.mark.parametrize(
    ("status", "note"),
    [
        (401, "From the playbook: the model's server does not know our key."),
        (402, "From the playbook: the model is over its budget."),
        (500, "From the playbook: the model did not answer."),
    ],
)
def test_when_the_model_fails_the_playbook_answers(
    model: ModelServer, status: int, note: str
) -> None:
    """Whatever is wrong with the model, the playbook stands in, by its own narrow rules."""
    model.status = status
    made = draft(context(QUESTION, voice=OAT), model.door.ask)
    assert made.source_note == note
    assert made.drafts
    nothing = draft(context("@copperkettle thank you and goodbye"), model.door.ask)
    assert nothing.drafts == ()


def test_rubbish_is_paid_for_all_the_same(model: ModelServer) -> None:
    """An answer without sense costs its tokens, which the ledger must hear of."""
    model.answer = "I would rather sing."
    made = draft(context(QUESTION, voice=OAT), model.door.ask)
    assert made.source_note == "From the playbook: the model's answer made no sense."
    assert made.cost == ModelUse("small", 900, 60)
    model.says()
    nothing = draft(context(QUESTION, voice=OAT), model.door.ask)
    assert (nothing.source_note, nothing.drafts) == (NOTHING_USABLE, ())


@pytest.mark.parametrize(
    ("raw", "tidied"),
    [
        ("  “Yes.” ", "Yes."),
        ('Reply: "Yes."', "Yes."),
        ("1. Yes.", "Yes."),
        ('"Yes" and "no"', '"Yes" and "no"'),
        ("@AnnLee, yes", "yes"),
        ("a\u200bb\u202e", "ab"),
        ("e\u0301", "é"),
        ("a\n\n\n\nb", "a\n\nb"),
        ("9 on Sundays", "9 on Sundays"),
    ],
)
def test_a_models_text_is_made_what_a_person_would_post(raw: str, tidied: str) -> None:
    """Labels, quotes, hidden marks and the author's handle go; words stay."""
    assert tidy(raw, "annlee") == tidied
