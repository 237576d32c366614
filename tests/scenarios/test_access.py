"""Who may decide: approvers only; guests and other companies' people get a kind word."""

import pytest

from tests.stage import Stage, until


@pytest.mark.parametrize("who", ["guest", "outsider"])
def test_strangers_cannot_decide(stage: Stage, who: str) -> None:
    """Their press changes nothing and is answered in private."""
    post = stage.mention()
    card = stage.card_with(post, "Approve")
    member = getattr(stage, who)
    stage.do("click", ts=card["ts"], text="Approve", member=member)
    stage.answer_to(member, "decide")
    stage.press(card, "Skip", stage.maya)
    stage.card_with(post, "skipped")
    assert stage.replies_to(post) == []


def test_only_those_whom_the_settings_name_may_decide(empty_stage: Stage) -> None:
    """A full member of the channel who is not named gets a kind word."""
    empty_stage.open(SLACK_APPROVERS=empty_stage.tom)
    post = empty_stage.mention()
    card = empty_stage.card_with(post, "Approve")
    empty_stage.do("click", ts=card["ts"], text="Approve", member=empty_stage.maya)
    empty_stage.answer_to(empty_stage.maya, "approvers")
    empty_stage.press(card, "Approve", empty_stage.tom)
    empty_stage.reply_to(post)


def test_when_slack_does_not_say_who_somebody_is_nothing_is_done(stage: Stage) -> None:
    """Fail closed: not knowing is not allowing."""
    post = stage.mention()
    card = stage.card_with(post, "Approve")
    stage.trouble("slack", "500", times=3, on="users.info")
    stage.do("click", ts=card["ts"], text="Approve", member=stage.tom)
    stage.answer_to(stage.tom, "nothing was done")
    assert stage.calls("x", "post") == []


def test_a_guest_cannot_steer_edit_or_use_the_command(stage: Stage) -> None:
    """Every way in asks the same question."""
    post = stage.mention()
    card = stage.card_with(post, "Approve")
    for words in ("Edit…", "Other ideas…", "Skip", "Snooze"):
        stage.do("click", ts=card["ts"], text=words, member=stage.guest)
    stage.do("command", command="/greenroom", text="waiting", member=stage.guest)
    until(lambda: len(stage.whispers(stage.guest)) >= 5, "five private words")
    assert [v for v in stage.get("views") if v["member"] == stage.guest] == []
    stage.card_with(post, "Approve")
