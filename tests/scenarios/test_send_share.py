"""Strangers cannot spend the money that an approved reply needs."""

from tests.stage import Stage, until
from tests.streaming import told


def test_a_flood_of_mentions_leaves_the_money_for_an_approved_reply(empty_stage: Stage) -> None:
    """Reading stops before the share; the reply that was approved after it goes out."""
    stage = empty_stage
    stage.open(X_DAILY_BUDGET_USD="0.30")
    post = stage.mention()
    card = stage.card_with(post, "Approve")
    for number in range(320):
        stage.room.x.add_post(f"s{number}", f"{stage.room.account} free coffee for all, now!")
    until(lambda: told(stage, "Today's budget for X is used up."), "reading has stopped")
    spent = sum(stage.room.x.bill().values())
    assert spent <= 200_000, "a third is kept"
    stage.press(card, "Approve")
    stage.reply_to(post)
    stage.card_with(post, "replied")


def test_each_end_of_the_days_money_is_told_for_what_it_ends(empty_stage: Stage) -> None:
    """Keyword watches stop before mentions do: the same words twice would be untrue once."""
    stage = empty_stage
    stage.open(X_DAILY_BUDGET_USD="0.30", X_WATCHES="oat = oat milk")
    stage.card_with(stage.mention(), "Approve")
    for number in range(60):
        stage.room.x.add_post(f"k{number}", f"oat milk, number {number}")
    until(lambda: told(stage, "used up for keyword watches."), "keywords have stopped")
    assert told(stage, "Today's budget for X is used up.") == []
    stage.card_with(stage.mention("are dogs welcome inside?", author="ruth"), "dogs")


def test_the_budget_says_what_is_kept(empty_stage: Stage) -> None:
    """One line: how much, and who gives way first."""
    stage = empty_stage
    stage.open(X_DAILY_BUDGET_USD="1.00")
    stage.do("command", command="/greenroom", text="budget", member=stage.maya)

    def said() -> str:
        mine = [m for m in stage.messages() if m.get("ephemeral_to") == stage.maya]
        return " ".join(str(m["blocks"]) for m in mine)

    until(lambda: "kept for approved replies: $0.22 a day" in said(), "it is said")
