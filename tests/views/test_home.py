"""The Home tab and the budget, under any words and any counts: Slack takes them."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from domain import (
    Fact,
    HomeFacts,
    MentionKind,
    MentionState,
    SavedVoice,
    ServiceHealth,
    SettingChange,
    Share,
    Spending,
    TeamSettings,
    Today,
    Voice,
    Watch,
)
from tests.views.cards import HOSTILE, NOW, assert_slack_takes, facts, labels, seen
from tests.views.filling import message_taken, taken_by_slack
from tests.views.test_card_any import any_words, long_words
from views.reports.budget import budget_answer
from views.team.home import closed_home, home

TEAM = TeamSettings(
    channel="C0GREEN01",
    timezone=ZoneInfo("Europe/London"),
    digest_at=time(17),
    undo=timedelta(seconds=10),
    poll_every=timedelta(minutes=2),
    x_budget_micro=1_000_000,
    model_budget_micro=1_000_000,
)
SPENT = Spending(1_000_000, (("watch:coffee", 120_000), ("send", 15_000)), 4_200_000)
VOICE = SavedVoice(Voice("A café.", "Warm.", (Fact("a"),)), "U1", "Maya", "first", NOW)
LINK = "https://practice.slack.com/archives/C0GREEN01/p1"


def full(words: str = "hello?", name: str = "Maya", many: int = 3, **more: Any) -> HomeFacts:
    """Return facts with `many` of everything."""
    mention = facts(words=words, handle=name).mention
    watches = [Watch("m", MentionKind.MENTION, "Mentions")]
    watches += [
        Watch(f"w{n}", MentionKind.KEYWORD, name, words or "q", 50, paused=bool(n % 2))
        for n in range(many)
    ]
    voice = Voice(words, words, tuple(Fact(f"{n}") for n in range(many)))
    made = HomeFacts(
        account_handle=name,
        settings=TEAM,
        counts=dict.fromkeys(MentionState, many),
        waiting=tuple((mention, LINK) for _ in range(min(many, 5))),
        watches=tuple(watches),
        caught_today={"m": many},
        saved=SavedVoice(voice, "U1", name, words, NOW),
        notices=tuple(f"{words}{n}" for n in range(many)),
        today=Today(many, many, Share(many // 2, many, None)),
        spent={"x": SPENT, "model": replace(SPENT, by_purpose=((words, many),))},
        health={
            "x": ServiceHealth(NOW, NOW + timedelta(minutes=1), words),
            "slack": ServiceHealth(NOW, None),
            "model": ServiceHealth(None, NOW, words),
        },
        changes=tuple(SettingChange("channel", words, words, "U1", name, NOW) for _ in range(many)),
        may_set=bool(many % 2),
        model_on=True,
        replied=True,
    )
    return replace(made, **more)


@settings(max_examples=60, deadline=None)
@given(words=long_words, name=any_words, many=st.integers(0, 400))
def test_slack_takes_any_home(words: str, name: str, many: int) -> None:
    """Whatever people wrote and however much there is, the tab is drawn."""
    made = home(full(words, name, many))
    taken_by_slack(made)
    assert len(made["blocks"]) <= 100


def test_hostile_words_stay_words() -> None:
    """Nobody is called and no link is made by what others wrote."""
    made = home(full(HOSTILE, HOSTILE))
    rest = [block for block in made["blocks"] if block.get("type") != "actions"]
    assert_slack_takes("home", rest, most=100)


def test_it_shows_what_waits_with_buttons_and_counts_the_rest() -> None:
    """The oldest stand there with a way to their card; the others are a number."""
    made = home(full(many=9))
    said = seen(made["blocks"])
    assert "9 waiting for a decision" in said
    assert labels(made["blocks"]).count("Open") == 5
    assert labels(made["blocks"]).count("Skip") == 5
    assert "40 more" in said


def test_what_is_by_hand_or_unconfirmed_cannot_be_skipped_here() -> None:
    """Only what nobody decided on yet is let go from Home."""
    mention = facts(MentionState.BY_HAND).mention
    assert "Skip" not in labels(home(full(waiting=((mention, None),)))["blocks"])


def test_a_quiet_day_is_kind_and_invents_no_figures() -> None:
    """Nothing waits, nothing happened: no zeros, no percentages."""
    calm = full(many=0, counts={}, notices=(), today=Today(0, 0, Share(0, 0, None)))
    said = seen(home(calm)["blocks"])
    assert "Nothing waits" in said
    assert "Quiet so far" in said
    assert "%" not in said


def test_the_first_visit_says_what_to_do_first() -> None:
    """A newcomer sees the steps and which are done; the words say it, not the colour."""
    fresh = HomeFacts("copperkettle", TEAM, watches=(Watch("m", MentionKind.MENTION, "Mentions"),))
    said = seen(home(fresh)["blocks"])
    assert "First steps" in said
    assert "✅ done: Cards come to <#C0GREEN01>" in said
    assert "◻️ next: Say how you talk" in said
    assert "First steps" not in seen(home(full())["blocks"])
    nowhere = replace(fresh, settings=replace(TEAM, channel=""))
    assert "No channel is chosen yet" in seen(home(nowhere)["blocks"])


def test_admins_have_a_settings_button_and_others_hear_who_can() -> None:
    """Who may not change settings is told who may."""
    assert "Settings" in labels(home(full(may_set=True))["blocks"])
    other = home(full(may_set=False))["blocks"]
    assert "Settings" not in labels(other)
    assert "Owners and admins" in seen(other)
    assert labels(closed_home("Not yet.", may_set=True)["blocks"]) == ["Settings"]
    assert labels(closed_home("Not yet.")["blocks"]) == []


def test_health_is_said_in_words() -> None:
    """A failing service stands there with its sentence, a working one with when it answered."""
    said = seen(
        home(full("X does not answer.", many=1, saved=VOICE, changes=()))["blocks"],
    )
    assert "❌ X: fails, last worked" in said
    assert "✅ Slack: works" in said
    assert "X does not answer." in said
    assert "❌ The model: fails." in said
    no_model = seen(home(full(model_on=False))["blocks"])
    assert "none is set up" in no_model


def test_while_paused_the_button_resumes() -> None:
    """What can be done next is what the button says."""
    assert "Resume" in labels(home(full(many=0, settings=replace(TEAM, paused_by="Ana")))["blocks"])
    assert "Pause" in labels(home(full(many=0))["blocks"])


@settings(max_examples=40, deadline=None)
@given(words=long_words, many=st.integers(0, 60), micro=st.integers(0, 10**12))
def test_slack_takes_any_budget(words: str, many: int, micro: int) -> None:
    """Any purposes and any sums fit a message."""
    spent = Spending(micro, tuple((f"watch:{words}", micro) for _ in range(many)), micro * many)
    for model_on in (True, False):
        made = budget_answer(
            {"x": spent, "model": spent},
            resets_at=datetime(2026, 11, 25, tzinfo=UTC),
            model_on=model_on,
        )
        message_taken(made.blocks)


def test_the_budget_names_purposes_and_what_is_left() -> None:
    """Hostile watch labels stay words; the sums add up."""
    spent = replace(SPENT, by_purpose=((f"watch:{HOSTILE}", 120_000), ("send", 15_000)))
    made = budget_answer(
        {"x": spent, "model": SPENT}, resets_at=datetime(2026, 11, 25, tzinfo=UTC), model_on=False
    )
    assert_slack_takes(made.text, made.blocks)
    said = seen(made.blocks)
    assert "X: $0.14 of $1.00 today" in said or "X: $0.13 of $1.00 today" in said
    assert "$4.20 this month" in said
    assert "replies: $0.01" in said or "replies: $0.02" in said
