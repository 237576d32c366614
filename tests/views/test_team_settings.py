"""The settings window: what it shows, what it reads back, and what it says about slips."""

from dataclasses import replace
from datetime import time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import Hours, SettingChange, TeamSettings
from tests.views.cards import HOSTILE, NOW, assert_markup_is_ours, seen
from tests.views.filling import sent_back, taken_by_slack
from tests.views.test_card_any import any_words, long_words
from tests.views.test_home import TEAM
from views.team.settings_form import Wanted, read_team_settings
from views.team.settings_modal import team_settings_modal
from views.team.settings_texts import change_line, value_words
from views.voice.hours_text import read_week, week_lines

_NINE = Hours(time(9), time(18))
_TEN = Hours(time(10), time(14))


def read(settings_shown: TeamSettings = TEAM, **answers: Any) -> Wanted:
    """Return what is read when the window is submitted with some answers."""
    return read_team_settings(sent_back(team_settings_modal(settings_shown), **answers))


def test_left_alone_nothing_changes() -> None:
    """Who only looks and saves sets nothing, whatever is set."""
    quiet = replace(TEAM, quiet=Hours(time(22), time(7)), approvers=("U2", "U1", "S0GROUP1"))
    for shown in (TEAM, quiet):
        assert read(shown) == Wanted()


@pytest.mark.parametrize(
    ("answers", "values"),
    [
        ({"undo": "30"}, {"undo": timedelta(seconds=30)}),
        ({"digest_at": "18:00"}, {"digest_at": time(18)}),
        ({"timezone": "europe/madrid"}, {"timezone": ZoneInfo("Europe/Madrid")}),
        ({"poll_every": "60"}, {"poll_every": timedelta(minutes=1)}),
        ({"x_budget": "$2,50"}, {"x_budget_micro": 2_500_000}),
        ({"model_budget": "0"}, {"model_budget_micro": 0}),
        ({"remind_after": "45"}, {"remind_after": timedelta(minutes=45)}),
        ({"second_approver": ["on"]}, {"second_approver": True}),
        ({"escalate_to": "C0OFFICE1"}, {"escalate_to": "C0OFFICE1"}),
        ({"approvers": ["U2", "U1"]}, {"approvers": ("U1", "U2")}),
        ({"groups": "S0GROUP1, S0GROUP2"}, {"approvers": ("S0GROUP1", "S0GROUP2")}),
        ({"quiet_from": "22:00", "quiet_to": "07:00"}, {"quiet": Hours(time(22), time(7))}),
    ],
)
def test_what_was_changed_is_read(answers: dict[str, Any], values: dict[str, Any]) -> None:
    """Each input becomes the value of its setting, and only that."""
    assert read(**answers) == Wanted(values)


@pytest.mark.parametrize(
    ("answers", "block", "words"),
    [
        ({"undo": "soon"}, "undo", "seconds from 0 to 600"),
        ({"undo": "9000"}, "undo", "seconds from 0 to 600"),
        ({"timezone": "Leds"}, "timezone", "No time zone has that name"),
        ({"timezone": "Lundon"}, "timezone", "Did you mean Europe/London?"),
        ({"poll_every": "1"}, "poll_every", "from 10"),
        ({"x_budget": "lots"}, "x_budget", "US dollars"),
        ({"groups": "baristas"}, "groups", "begins with S"),
        ({"quiet_from": "22:00"}, "quiet_from", "a beginning and an end"),
        ({"business": "whenever"}, "business", "“whenever” cannot be read"),
        ({"remind_after": "0"}, "remind_after", "minutes from 1"),
    ],
)
def test_a_slip_is_one_clear_sentence_at_its_field(
    answers: dict[str, Any], block: str, words: str
) -> None:
    """The sentence says what it has to look like; Slack shows 150 characters."""
    wanted = read(**answers)
    assert list(wanted.errors) == [block]
    assert words in wanted.errors[block]
    assert len(wanted.errors[block]) <= 150


def test_what_the_environment_sets_is_shown_and_cannot_be_changed() -> None:
    """Its value stands there with the reason; there is no input for it."""
    forced = replace(TEAM, forced=frozenset({"channel", "digest_at", "approvers", "business"}))
    made = team_settings_modal(forced)
    taken_by_slack(made)
    said = seen(made["blocks"])
    assert "*The channel:* <#C0GREEN01> · set in `.env`" in said
    assert "*The daily summary:* 17:00 · set in `.env`" in said
    assert "every full member of the channel · set in `.env`" in said
    names = {block["block_id"] for block in made["blocks"] if block["type"] == "input"}
    assert not names & {"channel", "digest_at", "approvers", "groups", "business"}


@settings(max_examples=50, deadline=None)
@given(words=long_words, name=any_words, many=st.integers(0, 40))
def test_slack_takes_the_window_with_any_changes(words: str, name: str, many: int) -> None:
    """Whatever was set before, by whomever: the window opens."""
    names = ("channel", "approvers", "digest_at", "paused_by", "second_approver", words)
    changes = [SettingChange(n, words, words, "U1", name, NOW) for n in names] * many
    taken_by_slack(team_settings_modal(TEAM, changes))


@settings(max_examples=80, deadline=None)
@given(words=long_words)
def test_any_words_are_read_or_refused(words: str) -> None:
    """Nothing that somebody types breaks the window."""
    view = team_settings_modal(TEAM)
    for block in ("undo", "business", "timezone", "poll_every", "x_budget", "groups"):
        values = {block: {"given": {"type": "plain_text_input", "value": words}}}
        wanted = read_team_settings({**view, "state": {"values": values}})
        assert len(wanted.values) + len(wanted.errors) <= 1
        assert all(len(sentence) <= 150 for sentence in wanted.errors.values())


def test_changes_are_told_as_people_would() -> None:
    """Who set what to what; hostile names and values stay words."""

    def line(name: str, value: Any) -> str:
        return change_line(SettingChange(name, "", value_words(name, value), "U1", "Ana", NOW))

    assert line("digest_at", time(18)).startswith("*Ana* set the daily summary to 18:00 · ")
    assert "set the undo window to 2 minutes" in line("undo", timedelta(minutes=2))
    assert "set the undo window to 1 second ·" in line("undo", timedelta(seconds=1))
    assert "set who may approve to <@U07TOM> and the group S0GROUP1" in line(
        "approvers", ("U07TOM", "S0GROUP1")
    )
    assert "set who may approve to every full member" in line("approvers", ())
    assert "set the channel to <#C0OFFICE1>" in line("channel", "C0OFFICE1")
    assert "set quiet hours to 22:00–07:00" in line("quiet", Hours(time(22), time(7)))
    assert "set quiet hours to none" in line("quiet", None)
    assert "turned two-person approval on" in line("second_approver", value=True)
    assert "set X's daily budget to $2.50" in line("x_budget_micro", 2_500_000)
    for name in ("channel", "approvers", "timezone", "no_such", "second_approver"):
        told = change_line(SettingChange(name, HOSTILE, HOSTILE, HOSTILE, HOSTILE, NOW))
        assert_markup_is_ours(told)


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("Mon–Sun 09:00–18:00", (_NINE,) * 7),
        ("mon-fri 9-18\nsaturday: 10 to 14", (*(_NINE,) * 5, _TEN, None)),
        ("Mon–Fri 09:00–18:00; Sat 10:00-14:00; Sun closed", (*(_NINE,) * 5, _TEN, None)),
        ("Sat–Mon 10-14", (_TEN, None, None, None, None, _TEN, _TEN)),
        ("Fri 18:00–24:00", (*(None,) * 4, Hours(time(18), time(0)), None, None)),
        ("", (None,) * 7),
    ],
)
def test_business_hours_are_read_as_people_write_them(text: str, week: tuple[Any, ...]) -> None:
    """Short and long names, dashes of both kinds, and spans over the weekend."""
    assert read_week(text) == week


@given(
    st.lists(st.sampled_from([_NINE, _TEN, None, Hours(time(0), time(0))]), min_size=7, max_size=7)
)
def test_a_written_week_is_read_back(days: list[Hours | None]) -> None:
    """What the window shows is what it reads."""
    assert read_week(week_lines(tuple(days))) == tuple(days)
