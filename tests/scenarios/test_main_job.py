"""The main job: a mention becomes a card, an approval becomes exactly one reply."""

from concurrent.futures import ThreadPoolExecutor

from tests.stage import Stage, shown, until
from tests.team import end_undo


def test_a_mention_becomes_a_card_and_an_approval_one_reply(stage: Stage) -> None:
    """The approved text, word for word, stands on X once, in reply to the post."""
    post = stage.mention("do you have oat milk?")
    card = stage.card_with(post, "Approve")
    assert "do you have oat milk?" in shown(card)
    assert "@nell" in shown(card)

    stage.press(card, "Approve")
    reply = stage.reply_to(post)
    assert reply["text"] in shown(card)
    answered = stage.card_with(post, "replied")
    assert "Approve" not in shown(answered)
    assert any(
        m["thread_ts"] == card["ts"]
        for m in until(
            lambda: [m for m in stage.messages() if m.get("thread_ts") and "On X now" in m["text"]],
            "a note stands in the thread",
        )
    )


def test_ten_presses_at_once_send_one_reply(stage: Stage) -> None:
    """However often and by whomever Approve is pressed, X receives one post."""
    post = stage.mention()
    card = stage.card_with(post, "Approve")
    with ThreadPoolExecutor(10) as crowd:
        members = [stage.maya, stage.tom] * 5
        answers = list(
            crowd.map(lambda m: stage.do("click", ts=card["ts"], text="Approve", member=m), members)
        )
    assert all(answer["ok"] for answer in answers)
    stage.reply_to(post)
    stage.card_with(post, "replied")
    assert len(stage.calls("x", "post")) == 1


def test_two_people_press_and_the_second_is_told_who_was_first(stage: Stage) -> None:
    """One wins; the other gets a private word with the winner's name."""
    post = stage.mention()
    card = stage.card_with(post, "Approve")
    names = {m["id"]: m["name"] for m in stage.get("members")}
    both = (stage.maya, stage.tom)
    with ThreadPoolExecutor(2) as pair:
        list(pair.map(lambda m: stage.do("click", ts=card["ts"], text="Approve", member=m), both))
    stage.reply_to(post)
    told = until(lambda: [m for m in both if stage.whispers(m)], "the second is told")
    winner = next(member for member in both if member not in told)
    assert names[winner] in stage.whispers(told[0])[0]
    stage.card_with(post, names[winner])


def test_undo_takes_the_approval_back(empty_stage: Stage) -> None:
    """Nothing goes out after Undo, and the card can be decided again."""
    empty_stage.open(UNDO_SECONDS="600")
    post = empty_stage.mention()
    empty_stage.press(empty_stage.card_with(post, "Approve"), "Approve")
    empty_stage.press(empty_stage.card_with(post, "Undo"), "Undo")
    card = empty_stage.card_with(post, "Approve")
    assert empty_stage.replies_to(post) == []
    empty_stage.press(card, "Approve")
    empty_stage.card_with(post, "Undo")
    end_undo(empty_stage, post)
    empty_stage.reply_to(post)


def test_skip_and_bring_back(stage: Stage) -> None:
    """A skipped card says who skipped it, and can come back."""
    post = stage.mention()
    stage.press(stage.card_with(post, "Approve"), "Skip")
    skipped = stage.card_with(post, "skipped")
    stage.press(skipped, "Bring back")
    stage.card_with(post, "Approve")
    assert stage.replies_to(post) == []
