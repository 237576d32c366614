"""What is booked, at which price, and what `/greenroom budget` says of it."""

from storage.money import ledger
from tests.scenarios.test_reserving import held
from tests.stage import Stage, until
from tests.team import room_of


def booked(stage: Stage, kind: str) -> int:
    """Return the micro-dollars in today's ledger for a kind of thing on X."""
    room = room_of(stage)
    with room.db.read() as tx:
        row = tx.one(
            "SELECT CAST(COALESCE(SUM(micro_dollars), 0) AS bigint) AS spent FROM costs"
            " WHERE service = 'x' AND kind = :kind",
            {"kind": kind},
        )
    return int(row["spent"]) if row else 0


def budget(stage: Stage) -> str:
    """Return what `/greenroom budget` answers, whole."""
    stage.do("command", command="/greenroom", text="budget", member=stage.maya)
    return str(stage.answer_to(stage.maya, "Greenroom's own count")["blocks"])


def test_a_reply_with_a_link_is_booked_at_its_own_price(stage: Stage) -> None:
    """X takes twenty times as much; the ledger says what the bill does."""
    plain = stage.mention("do you have oat milk?")
    stage.press(stage.card_with(plain, "Approve"), "Approve")
    stage.reply_to(plain)
    linked = stage.mention("where is your menu?", author="ruth")
    stage.press(stage.card_with(linked, "Approve"), "Edit…")
    stage.submit(stage.view(), {"edit_text": "Here it is: tillory.example.com/menu"})
    stage.reply_to(linked)
    until(lambda: booked(stage, "reply") >= 210_000, "both are booked")
    costs = stage.room.x.costs.by_kind()
    assert booked(stage, "reply") == costs["reply_created"] + costs["post_created_with_url"]
    until(lambda: held(room_of(stage)) == 0, "nothing stays set aside")


def test_a_reply_whose_link_the_budget_does_not_pay_waits(empty_stage: Stage) -> None:
    """It stays approved and is told; one without a link still goes out."""
    stage = empty_stage
    stage.open(X_DAILY_BUDGET_USD="0.20")
    linked = stage.mention("where is your menu?")
    stage.press(stage.card_with(linked, "Approve"), "Edit…")
    stage.submit(stage.view(), {"edit_text": "Here it is: tillory.example.com/menu"})
    until(
        lambda: [m for m in stage.messages() if "an approved reply waits for it" in m["text"]],
        "the channel hears of it",
    )
    plain = stage.mention("do you have oat milk?", author="ruth")
    stage.press(stage.card_with(plain, "Approve"), "Approve")
    stage.reply_to(plain)
    assert stage.replies_to(linked) == []
    with room_of(stage).db.read() as tx:
        assert ledger.spent(tx, "x", room_of(stage).now().date()) < 200_000


def test_own_prices_are_counted_and_said(empty_stage: Stage) -> None:
    """PRICES overrides the table wherever something is counted."""
    stage = empty_stage
    stage.open(PRICES="owned_read=0.005, reply_created=0.02")
    asked = stage.mention("do you have oat milk?")
    stage.press(stage.card_with(asked, "Approve"), "Approve")
    stage.reply_to(asked)
    until(lambda: booked(stage, "reply") == 20_000, "the reply is booked at our price")
    assert booked(stage, "post") % 5_000 == 0
    shown = budget(stage)
    assert "with your own prices for owned_read, reply_created" in shown


def test_the_list_prices_are_said_with_their_date(stage: Stage) -> None:
    """Nobody wonders which prices the figures rest on."""
    assert "at X's list prices of 2026-08-22" in budget(stage)
