"""Each trouble that X, Slack and the model can make, and what a person sees of it."""

import pytest

from tests.stage import Stage, quick, shown, until
from tests.streaming import spend


@pytest.mark.parametrize("what", ["429", "429_no_reset", "402", "403_spend_cap", "401"])
def test_a_certain_no_is_tried_again_and_sent_once(empty_stage: Stage, what: str) -> None:
    """X said for certain that it took nothing: the approval holds and goes out later."""
    empty_stage.open(timings=quick())
    post = empty_stage.mention()
    card = empty_stage.card_with(post, "Approve")
    empty_stage.trouble("x", what, on="post")
    empty_stage.press(card, "Approve")
    empty_stage.reply_to(post)
    empty_stage.card_with(post, "replied")
    assert len(empty_stage.calls("x", "post")) == 2


@pytest.mark.parametrize("what", ["posted_but_lost", "cut_off"])
def test_a_lost_answer_is_looked_for_and_never_sent_again(stage: Stage, what: str) -> None:
    """The reply is found on the timeline; X received one request."""
    post = stage.mention()
    card = stage.card_with(post, "Approve")
    stage.trouble("x", what, on="post")
    stage.press(card, "Approve")
    stage.reply_to(post)
    stage.card_with(post, "replied")
    assert len(stage.calls("x", "post")) == 1


@pytest.mark.parametrize("what", ["500", "timeout"])
def test_an_unknown_outcome_asks_a_person(stage: Stage, what: str) -> None:
    """Not found after three looks, a member decides; then it goes out once."""
    post = stage.mention()
    card = stage.card_with(post, "Approve")
    stage.trouble("x", what, on="post")
    stage.press(card, "Approve")
    unsure = stage.card_with(post, "Send anyway")
    assert len(stage.calls("x", "post")) == 1
    stage.press(unsure, "Check again")
    stage.press(stage.card_with(post, "Send anyway"), "Send anyway", stage.tom)
    stage.reply_to(post)
    stage.card_with(post, "replied")
    assert len(stage.calls("x", "post")) == 2


def test_a_duplicate_refusal_that_nothing_explains_asks_for_an_edit(stage: Stage) -> None:
    """After X's duplicate refusal the timeline is looked at first; then other words are asked."""
    post = stage.mention()
    card = stage.card_with(post, "Approve")
    stage.trouble("x", "duplicate")
    stage.press(card, "Approve")
    failed = stage.card_with(post, "did not go out")
    assert "Send anyway" not in shown(failed)
    stage.press(failed, "Edit…")
    stage.submit(stage.view(), {"edit_text": "Eight on Sundays, a little later than the gulls."})
    stage.reply_to(post)


def test_a_post_that_is_gone_closes_its_card(stage: Stage) -> None:
    """There is nothing left to answer, and the card says so."""
    post = stage.mention()
    card = stage.card_with(post, "Approve")
    stage.trouble("x", "deleted")
    stage.press(card, "Approve")
    stage.card_with(post, "Gone from X")


def test_listening_pauses_when_the_money_is_gone_and_says_so_once(stage: Stage) -> None:
    """One sentence in the channel, nothing lost, and it goes on by itself."""
    stage.trouble("x", "402", times=3, on="mentions")
    until(lambda: credit_notices(stage), "the channel is told")
    post = stage.mention()
    stage.card_with(post, "Approve")
    until(
        lambda: any("answers again" in m["text"] for m in stage.messages()),
        "the channel hears that it is over",
    )
    assert len(credit_notices(stage)) == 1


def test_while_posting_is_held_up_a_working_poll_says_nothing(empty_stage: Stage) -> None:
    """Reading proves nothing about posting: one notice, until the reply itself goes out."""
    stage = empty_stage
    stage.open()
    post = stage.mention()
    card = stage.card_with(post, "Approve")
    stage.trouble("x", "402", times=4, on="post")
    stage.press(card, "Approve")
    stage.reply_to(post)
    until(
        lambda: any("takes replies again" in m["text"] for m in stage.messages()),
        "the channel hears that it is over",
    )
    assert len(credit_notices(stage)) == 1
    assert not any("is listening" in m["text"] for m in stage.messages())


def credit_notices(stage: Stage) -> list[str]:
    return [m["text"] for m in stage.messages() if "credit" in m["text"].lower()]


@pytest.mark.parametrize("what", ["500", "503", "timeout", "cut_off", "429", "429_no_reset"])
def test_a_poll_that_fails_is_made_up(empty_stage: Stage, what: str) -> None:
    """A mention that came while X was in trouble is caught afterwards."""
    empty_stage.open()
    empty_stage.trouble("x", what, times=2, on="mentions")
    post = empty_stage.mention()
    empty_stage.card_with(post, "Approve")


@pytest.mark.parametrize("what", ["500", "429", "timeout", "cut_off"])
def test_a_card_that_slack_refused_comes_later(stage: Stage, what: str) -> None:
    """Slack's trouble delays the card; it stands in the channel once."""
    stage.trouble("slack", what, on="chat.postMessage")
    post = stage.mention()
    stage.card_with(post, "Approve")
    assert cards_of(stage, post) == 1


def test_a_card_whose_answer_was_lost_is_found_by_its_metadata(stage: Stage) -> None:
    """Slack posted it and the answer was lost: no second card."""
    stage.trouble("slack", "posted_but_lost")
    post = stage.mention()
    card = stage.card_with(post, "Approve")
    stage.press(card, "Skip")
    stage.card_with(post, "skipped")
    assert cards_of(stage, post) == 1


def cards_of(stage: Stage, post: str) -> int:
    keys = [
        ((m.get("metadata") or {}).get("event_payload") or {}).get("key") for m in stage.messages()
    ]
    return keys.count(f"card:{post}")


def test_after_slacks_disconnect_presses_work_again(stage: Stage) -> None:
    """Slack closes connections now and then; the client comes back by itself."""
    post = stage.mention()
    card = stage.card_with(post, "Approve")
    stage.trouble("slack", "disconnect")
    until(lambda: len(stage.calls("slack", "apps.connections.open")) >= 2, "it reconnects")

    def pressed() -> bool:
        answer = stage.do("click", ts=card["ts"], text="Approve", member=stage.maya)
        return bool(answer.get("acked"))

    until(pressed, "a press is acknowledged")
    stage.reply_to(post)


@pytest.mark.parametrize(
    "what", ["500", "429", "401", "rubbish", "half_json", "cut_off", "empty", "huge"]
)
def test_when_the_model_fails_the_playbook_serves_and_says_so(
    empty_stage: Stage, what: str
) -> None:
    """A mention always gets a card with something to approve, honest about its source."""
    stage = empty_stage
    stage.open(OPENAI_API_KEY="sk-practice", OPENAI_BASE_URL=stage.room.model_url)
    stage.trouble("model", what, times=5)
    post = stage.mention()
    card = stage.card_with(post, "Approve")
    assert "playbook" in shown(card)


def test_what_the_model_refuses_is_handed_to_a_person(empty_stage: Stage) -> None:
    """A refusal is no outage: the card has nothing to approve, and a person writes the reply."""
    stage = empty_stage
    stage.open(OPENAI_API_KEY="sk-practice", OPENAI_BASE_URL=stage.room.model_url)
    stage.trouble("model", "refusal", times=5)
    post = stage.mention()
    card = stage.card_with(post, "Write a reply…")
    assert "Approve" not in shown(card)
    assert "playbook" not in shown(card)
    stage.press(card, "Write a reply…")
    stage.submit(stage.view(), {"edit_text": "Come by any time."})
    stage.reply_to(post)


def test_over_the_models_budget_the_playbook_serves_and_the_channel_is_told(
    empty_stage: Stage,
) -> None:
    """The cap is a plain message, once, and nothing more is asked of the model."""
    stage = empty_stage
    stage.open(
        OPENAI_API_KEY="sk-practice",
        OPENAI_BASE_URL=stage.room.model_url,
        MODEL_DAILY_BUDGET_USD="0",
    )
    for author in ("nell", "ruth"):
        card = stage.card_with(stage.mention(author=author), "Approve")
        assert "playbook" in shown(card)
    until(lambda: budget_words(stage), "the channel is told")
    assert len(budget_words(stage)) == 1
    assert stage.calls("model", "chat") == []


def budget_words(stage: Stage) -> list[str]:
    return [m["text"] for m in stage.messages() if "budget for the model" in m["text"]]


def test_over_xs_budget_listening_stops_with_one_message(empty_stage: Stage) -> None:
    """X is not asked any more today."""
    empty_stage.open(X_DAILY_BUDGET_USD="0")
    until(
        lambda: [m for m in empty_stage.messages() if "budget for X is used up" in m["text"]],
        "the channel is told",
    )
    assert empty_stage.calls("x", "mentions") == []


def test_the_models_suggestions_are_on_the_card(empty_stage: Stage) -> None:
    """With a key, the model's texts are suggested, checked, and approved like any other."""
    stage = empty_stage
    stage.open(OPENAI_API_KEY="sk-practice", OPENAI_BASE_URL=stage.room.model_url)
    post = stage.mention()
    card = stage.card_with(post, "practice answer")
    stage.press(card, "Approve")
    assert "practice answer" in stage.reply_to(post)["text"]


def test_over_xs_budget_an_approval_holds_and_nothing_is_sent(empty_stage: Stage) -> None:
    """Its share is spent too: a reply does not fit any more."""
    empty_stage.open(X_DAILY_BUDGET_USD="1.00")
    post = empty_stage.mention()
    card = empty_stage.card_with(post, "Approve")
    spend(empty_stage, 970_000)
    empty_stage.press(card, "Approve")
    waiting = empty_stage.card_with(post, "budget for X is used up")
    assert "Undo" in shown(waiting)
    assert empty_stage.calls("x", "post") == []
    empty_stage.press(waiting, "Undo")
    empty_stage.card_with(post, "Approve")
