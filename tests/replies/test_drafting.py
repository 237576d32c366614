"""Drafting with a model over real HTTP, and without one."""

from collections.abc import Iterator
from typing import Any

import pytest

from domain import Advice, Fact, Source, Voice
from replies.drafting import NO_MODEL, NOTHING_USABLE, ModelUse, draft
from replies.model_drafts import tidy
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
    """With no key there is at least one draft that can be approved, and an honest note."""
    made = draft(context(QUESTION), None)
    assert made.drafts
    assert made.source_note == NO_MODEL == "From the playbook: no model is set up."
    assert made.cost is None
    assert all(not checks for _, checks in made.drafts)


def test_a_language_we_do_not_know_is_told() -> None:
    """The card says why the answer to a Japanese post is English."""
    note = draft(context("今日のコーヒーおいしい"), None).source_note
    assert note is not None
    assert note.endswith("so it answers in English.")


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
    """Quotes go, repeats and empties are dropped, three are the most."""
    model.says(
        ("answer", '"We do!"'),
        ("share something", "we do"),
        ("thank", ""),
        ("thank", "  "),
        ("ask back", "@annlee Which one?"),
        ("laugh along", "The oats insist."),
        ("thank", "Thanks for asking."),
    )
    assert texts(model) == ["We do!", "Which one?", "The oats insist."]


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


def test_better_not_to_reply_is_told(model: ModelServer) -> None:
    """The reason stands on the card, and whoever asked us nothing gets no idea."""
    model.says(better_not_to_reply=True, reason="It is a quarrel between two others.")
    made = draft(context("They never agree, those two @copperkettle"), model.door.ask)
    assert made.advice is Advice.BETTER_NOT
    assert made.why == "It is a quarrel between two others."
    assert made.drafts == ()


def test_a_question_has_ideas_even_where_it_is_better_not_to_reply(model: ModelServer) -> None:
    """The advice stands beside ideas of the playbook, which say where they come from."""
    model.says(better_not_to_reply=True, reason="It is a quarrel between two others.")
    made = draft(context(QUESTION), model.door.ask)
    assert made.advice is Advice.BETTER_NOT
    assert made.drafts
    assert all(each.source is Source.PLAYBOOK for each, _ in made.drafts)
    assert made.source_note == NOTHING_USABLE


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
    """Whatever is wrong with the model, there are drafts and a plain note."""
    model.status = status
    made = draft(context(QUESTION), model.door.ask)
    assert made.source_note == note
    assert made.drafts


def test_rubbish_is_paid_for_all_the_same(model: ModelServer) -> None:
    """An answer without sense costs its tokens, which the ledger must hear of."""
    model.answer = "I would rather sing."
    made = draft(context(QUESTION), model.door.ask)
    assert made.source_note == "From the playbook: the model's answer made no sense."
    assert made.cost == ModelUse("small", 900, 60)
    model.says()
    assert draft(context(QUESTION), model.door.ask).source_note == NOTHING_USABLE


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
