"""Before a day's budget ends the channel hears of it, once."""

from storage.money import ledger
from tests.stage import Stage, until
from tests.team import room_of


def nearly(stage: Stage, service: str) -> list[str]:
    return [
        m["text"]
        for m in stage.messages()
        if f"Today's budget for {service} is nearly spent" in m["text"]
    ]


def spend(stage: Stage, service: str, micro: int) -> None:
    """Write into the ledger what something cost today."""
    room = room_of(stage)
    with room.db.write() as tx:
        ledger.note_cost(
            tx,
            service=service,
            kind="post",
            purpose="test",
            units=1,
            micro_dollars=micro,
            at=room.now(),
        )


def test_at_four_fifths_of_what_reading_may_cost_one_word_is_said(empty_stage: Stage) -> None:
    """With the sum, and what happens at the end; the next polls say nothing more."""
    stage = empty_stage
    stage.open(X_DAILY_BUDGET_USD="1.00")
    stage.card_with(stage.mention("do you have oat milk?"), "Approve")
    assert nearly(stage, "X") == []
    spend(stage, "x", 640_000)
    until(lambda: nearly(stage, "X"), "the word is said")
    assert "of $1.00" in nearly(stage, "X")[0]
    second = stage.mention("and are you open on Sundays?", author="ruth")
    stage.card_with(second, "Approve")
    assert len(nearly(stage, "X")) == 1


def test_the_models_budget_is_told_alike(empty_stage: Stage) -> None:
    """Suggestions go on from the playbook then, and the word says so."""
    stage = empty_stage
    stage.open(
        OPENAI_API_KEY="sk-practice",
        OPENAI_BASE_URL=stage.room.model_url,
        MODEL_DAILY_BUDGET_USD="1.00",
    )
    spend(stage, "model", 850_000)
    stage.do("model", answers=[{"suggestions": [{"move": "answer", "text": "We do, all day."}]}])
    stage.card_with(stage.mention("do you have oat milk?"), "We do, all day.")
    until(lambda: nearly(stage, "the model"), "the word is said")
    assert len(nearly(stage, "the model")) == 1
