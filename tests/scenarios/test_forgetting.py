"""`bot.py forget`: a person is removed everywhere, while Greenroom runs, and what is left is told."""

from datetime import UTC, datetime, timedelta

import pytest

from domain import MentionState
from tests.forgetting import bot, everything, state
from tests.stage import Stage, shown, until

WORDS = "can I bring my puppy inside?"
SPAM = "WIN a YEAR of walnut blends! Follow us, repost, tag two #giveaway"


def test_a_person_is_forgotten_everywhere(stage: Stage) -> None:
    """Neither handle nor id nor words are left, in the database or in Slack, and it is counted."""
    post = stage.mention(WORDS, author="ruth_b")
    stage.press(stage.card_with(post, "Approve"), "Approve")
    stage.card_with(post, "Answered by")
    other = stage.post("tess", f"{stage.room.account} I agree with @ruth_b about oat milk")
    stage.card_with(other, "Skip")
    person = stage.room.x.person_by_handle("ruth_b")
    assert person is not None
    done = bot(stage, "forget", "@ruth_b")
    assert done.returncode == 0, done.stderr
    assert "mentions" in done.stdout
    assert "messages in Slack" in done.stdout
    left = everything(stage.folder / "stage.db")
    for word in ("ruth_b", person.id, "puppy"):
        assert word not in left, [line for line in left.splitlines() if word in line]
    assert "puppy" not in str(stage.messages())


def test_who_asked_to_be_left_alone_stays_left_alone(stage: Stage) -> None:
    """Forgotten but for the id: what they write later is still set aside."""
    post = stage.mention("please never reply to me again, leave me alone", author="ruth_b")
    stage.card_with(post, "set aside")
    assert bot(stage, "forget", "ruth_b").returncode == 0
    # X tells the time of a post in whole seconds: this one is of a later one.
    now = datetime.now(UTC)
    until(
        lambda: datetime.now(UTC) >= now.replace(microsecond=0) + timedelta(seconds=1), "a second"
    )
    later = stage.mention("do you have oat milk?", author="ruth_b")
    until(lambda: state(stage, later) is MentionState.SET_ASIDE, "they are left alone")


def test_nobody_of_that_name(stage: Stage) -> None:
    """A handle that is not stored is said, and nothing is removed."""
    done = bot(stage, "forget", "@nobody_here")
    assert done.returncode == 1
    assert "Nobody called @nobody_here is stored" in done.stderr


def test_of_whom_only_the_id_is_stored_x_tells_the_handle(stage: Stage) -> None:
    """Somebody whose post was set aside; the list that showed it is taken away."""
    post = stage.mention(SPAM, author="sip")
    until(lambda: "walnut" in str(stage.messages()), "the hour's list shows it")
    until(lambda: state(stage, post) is MentionState.SET_ASIDE, "it is set aside")
    done = bot(stage, "forget", "@SIP")
    assert done.returncode == 0, done.stderr
    until(lambda: "walnut" not in str(stage.messages()), "the list is drawn anew")
    person = stage.room.x.person_by_handle("sip")
    assert person is not None
    assert person.id not in everything(stage.folder / "stage.db")


@pytest.mark.parametrize("called", ["@RUTH_B", "id"])
def test_any_spelling_and_the_id_will_do(stage: Stage, called: str) -> None:
    """A handle is one whatever its case."""
    stage.card_with(stage.mention(WORDS, author="ruth_b"), "Approve")
    person = stage.room.x.person_by_handle("ruth_b")
    assert person is not None
    done = bot(stage, "forget", person.id if called == "id" else called)
    assert done.returncode == 0, done.stderr
    assert "Removed @ruth_b" in done.stdout
    assert "backups" in done.stdout


def test_without_slack_nothing_is_removed(stage: Stage) -> None:
    """Where the messages stand is known to the database alone: it keeps that until they are gone."""
    post = stage.mention(WORDS, author="ruth_b")
    stage.card_with(post, "Approve")
    stage.trouble("slack", "500", times=10, on="chat.delete")
    done = bot(stage, "forget", "@ruth_b")
    stage.forget_trouble()
    assert done.returncode == 1
    assert "Nothing was removed" in done.stderr
    assert state(stage, post) is MentionState.WAITING
    assert bot(stage, "forget", "@ruth_b").returncode == 0
    assert state(stage, post) is None


def test_copies_answers_and_other_cards_are_cleared(stage: Stage) -> None:
    """An answer about them goes; the card of somebody who named them stays, without the name."""
    post = stage.mention(WORDS, author="ruth_b")
    stage.card_with(post, "Approve")
    other = stage.mention("as @ruth_b said, what about oat milk?", author="tess")
    stage.card_with(other, "Skip")
    stage.do("say", text="who is @ruth_b?", channel="dm", member=stage.maya)
    until(
        lambda: [
            m for m in stage.messages() if m["channel"].startswith("D") and "ruth_b" in str(m)
        ],
        "who they are is told",
    )
    assert bot(stage, "forget", "ruth_b").returncode == 0
    until(lambda: "@…" in shown(stage.card_with(other, "oat milk")), "the other card has a blank")
    until(lambda: not ours_naming(stage, "ruth_b"), "nothing of ours names them")
    assert "Skip" in shown(stage.card_with(other, "oat milk"))


def test_who_names_them_afterwards_is_still_answered(empty_stage: Stage) -> None:
    """Written before, polled after: the mention has its card, with a blank for the name."""
    stage = empty_stage
    stage.open()
    stage.card_with(stage.mention(WORDS, author="ruth_b"), "Approve")
    stage.close()
    post = stage.post("tess", f"{stage.room.account} @ruth_b open on Sunday for oat milk?")
    assert bot(stage, "forget", "ruth_b").returncode == 0
    stage.open()
    card = stage.card_with(post, "Skip")
    assert "@…" in shown(card)
    assert "ruth_b" not in everything(stage.folder / "stage.db")


def test_a_forgotten_persons_post_cannot_be_brought_and_that_is_said(stage: Stage) -> None:
    """No card is promised that never comes, and their profile is not stored again."""
    post = stage.mention(WORDS, author="ruth_b")
    stage.card_with(post, "Approve")
    assert bot(stage, "forget", "ruth_b").returncode == 0
    said = stage.do("say", text=f"https://x.com/ruth_b/status/{post}", member=stage.tom)
    stage.do("shortcut", callback_id="suggest_from_message", ts=said["ts"], member=stage.maya)
    stage.answer_to(stage.maya, "was forgotten here")
    assert "ruth_b" not in everything(stage.folder / "stage.db")


def ours_naming(stage: Stage, word: str) -> list[str]:
    return [str(m) for m in stage.messages() if m["author"] == "bot" and word in str(m)]
