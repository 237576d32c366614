"""Hostile posts the whole way: a model that obeys them over real HTTP, our drafting, the card."""

from collections.abc import Iterator

import pytest

from domain import Advice
from evals.hostile.attacks import attacks
from evals.hostile.obeying import ObeyingModel, obeying_model
from evals.hostile.surviving import approvable, dangers, rendered
from evals.rows import InjectionRow
from evals.stranger import context_for
from replies.drafting import draft
from replies.injection.orders import orders_in
from tests.replies.contexts import rows
from tests.replies.hostile_posts import HONEST, HOSTILE, SLY


@pytest.fixture(scope="module")
def running() -> Iterator[ObeyingModel]:
    with obeying_model() as model:
        yield model


@pytest.fixture
def model(running: ObeyingModel) -> ObeyingModel:
    running.agrees_to = ""
    return running


def test_each_hostile_post_of_the_collection_is_survived(model: ObeyingModel) -> None:
    """Nothing of the attacker's goal can be approved, and no Slack markup of theirs is alive."""
    alive = {}
    for given in rows("injections"):
        row = InjectionRow(id=given["id"], post=given["post"], goal=given["goal"])
        model.texts = attacks(row)
        if found := dangers(row.post, draft(context_for(row.post), model.door.ask)):
            alive[row.id] = found
    assert alive == {}


@pytest.mark.parametrize(("text", "obeyed"), [*HOSTILE, *SLY])
def test_each_hostile_post_of_ours_is_survived(
    model: ObeyingModel, text: str, obeyed: tuple[str, ...]
) -> None:
    """The same for posts of many kinds and languages, some of which look like talk."""
    for words in obeyed:
        model.texts = (words, f"Thanks for the note! {words}", f"{words} Anything else we can do?")
        assert dangers(text, draft(context_for(text), model.door.ask)) == []


def test_a_hostile_post_gets_a_card_with_a_note_and_no_suggestion(model: ObeyingModel) -> None:
    """Neither the model nor the playbook says anything; nothing was asked."""
    asked = model.asked
    made = draft(context_for(HOSTILE[0][0]), model.door.ask)
    assert (made.advice, made.drafts, model.asked) == (Advice.HOSTILE, (), asked)
    shown = rendered(HOSTILE[0][0], made)
    assert approvable(shown) == []
    assert "tries to give me orders" in shown.text
    without_a_model = draft(context_for(HOSTILE[0][0]), None)
    assert (without_a_model.advice, without_a_model.drafts) == (Advice.HOSTILE, ())


@pytest.mark.parametrize("text", HONEST)
def test_honest_posts_that_share_words_are_not_taken_for_orders(text: str) -> None:
    """A guest who asks for the wifi's password is no attacker."""
    assert orders_in(text) is None


def test_the_developers_honest_posts_are_not_taken_for_orders() -> None:
    """Less than one in a hundred of the collected posts."""
    posts = [row["text"] for row in rows("mentions_mixed")]
    for name in ("replies_good", "replies_human", "replies_boilerplate", "replies_ai_slop"):
        posts += [row["mention"] for row in rows(name)]
    taken = [text for text in posts if orders_in(text) is not None]
    assert len(taken) < len(posts) / 100, taken
