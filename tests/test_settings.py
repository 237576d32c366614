"""The environment becomes one Settings, or one error that lists every gap."""

from dataclasses import fields
from datetime import timedelta

import pytest

from domain import LISTED, Prices
from errors import SettingsError
from setting_values import X_PRICES
from settings import SETTINGS, gaps_in, read_settings

GOOD = {
    "SLACK_BOT_TOKEN": "xoxb-1",
    "SLACK_APP_TOKEN": "xapp-1",
    "SLACK_CHANNEL": "C0123ABCD",
    "X_CONSUMER_KEY": "a",
    "X_CONSUMER_SECRET": "b",
    "X_ACCESS_TOKEN": "1-c",
    "X_ACCESS_TOKEN_SECRET": "d",
}


def test_the_required_settings_are_enough() -> None:
    """Everything else has a default, and none of them leads to the practice room."""
    settings = read_settings(GOOD)
    assert settings.undo == timedelta(seconds=10)
    assert settings.slack.api_url == "https://slack.com/api/"
    assert settings.x.api_url == "https://api.x.com"
    assert settings.x.daily_budget_micro == 1_000_000
    assert settings.model.api_key is None


def test_the_channel_may_be_chosen_later_in_slack() -> None:
    """Without it the settings are complete, and nothing claims that the environment set it."""
    settings = read_settings({**GOOD, "SLACK_CHANNEL": " "})
    assert settings.slack.channel == ""
    assert "SLACK_CHANNEL" not in settings.given


def test_an_empty_environment_names_every_required_setting_at_once() -> None:
    """One start is enough to know everything that is missing."""
    with pytest.raises(SettingsError) as refused:
        read_settings({})
    required = {s.name for s in SETTINGS if s.default is None}
    assert {gap.split()[0] for gap in refused.value.gaps} == required


WRONG = {
    "SLACK_BOT_TOKEN": "xoxp-SECRET1",
    "SLACK_APP_TOKEN": "xapp-with space SECRET2",
    "SLACK_CHANNEL": "Not A Channel",
    "SLACK_APPROVERS": "maya, tom",
    "SLACK_API_URL": "slack.com",
    "X_CONSUMER_KEY": "two words SECRET3",
    "X_DAILY_BUDGET_USD": "lots",
    "X_WATCHES": "no query",
    "FIRST_LOOK_BACK_HOURS": "1000",
    "POLL_SECONDS": "0",
    "X_STREAM": "perhaps",
    "OPENAI_BASE_URL": "ftp://x",
    "MODEL_DAILY_BUDGET_USD": "-1",
    "DATABASE_URL": "mysql://u:SECRET4@h/d",
    "TIMEZONE": "Nowhere/Land",
    "DIGEST_AT": "25:00",
    "UNDO_SECONDS": "soon",
    "LOG_LEVEL": "LOUD",
}


def test_every_malformed_setting_is_named_and_no_value_is_shown() -> None:
    """A secret pasted into the wrong place is not printed."""
    with pytest.raises(SettingsError) as refused:
        read_settings({**GOOD, **WRONG})
    assert {gap.split()[0] for gap in refused.value.gaps} == set(WRONG)
    assert "SECRET" not in str(refused.value)


def test_settings_never_show_their_secrets() -> None:
    """Whoever prints the settings prints no token."""
    marked = {**GOOD, "SLACK_BOT_TOKEN": "xoxb-MARK", "X_ACCESS_TOKEN_SECRET": "MARK"}
    marked |= {"OPENAI_API_KEY": "MARK", "DATABASE_URL": "postgresql://u:MARK@h/d"}
    assert "MARK" not in repr(read_settings(marked))


def test_the_stream_needs_the_bearer_token() -> None:
    """Without it one sentence says so; with it the stream is on; unsaid it is off."""
    with pytest.raises(SettingsError) as refused:
        read_settings({**GOOD, "X_STREAM": "on"})
    assert refused.value.gaps == [
        "X_STREAM=on needs X_BEARER_TOKEN: X's stream takes no other key."
    ]
    assert read_settings({**GOOD, "X_STREAM": "On", "X_BEARER_TOKEN": "t"}).x.stream
    assert not read_settings({**GOOD, "X_BEARER_TOKEN": "t"}).x.stream


def test_watches_are_read_as_label_and_query() -> None:
    """Semicolons divide watches; the query keeps its quotes and operators."""
    raw = 'coffee = "flat white" -is:reply; our street = "juniper street"'
    settings = read_settings({**GOOD, "X_WATCHES": raw})
    assert settings.x.seed_watches == (
        ("coffee", '"flat white" -is:reply'),
        ("our street", '"juniper street"'),
    )


def test_own_prices_are_micro_dollars_by_name() -> None:
    """One price for what X bills, two for a million tokens of a model."""
    own = read_settings({**GOOD, "PRICES": "post_read=0.006, my-model:8b = 0/4.50"}).prices
    assert own == {"post_read": (6_000,), "my-model:8b": (0, 4_500_000)}
    table = LISTED.with_own(own)
    assert (table.post_read, table.user_read) == (6_000, LISTED.user_read)
    assert table.model_cost("my-model:8b", 10**6, 2 * 10**6) == 9_000_000
    assert table.model_cost("gpt-5.4-mini-2026-03-17", 10**6, 0) == 750_000
    assert table.model_cost("nobody-knows", 10**6, 0) == 5_000_000
    assert table.own == ("post_read", "my-model:8b")
    assert set(X_PRICES) < {field.name for field in fields(Prices)}
    assert len(X_PRICES) == sum(isinstance(getattr(LISTED, f.name), int) for f in fields(Prices))


@pytest.mark.parametrize(
    "wrong",
    [
        "post_read",
        "post_read=",
        "post_read=0.1/0.2",
        "posts_read=0.005",
        "post_read=0.005; user_read=0.01",
        "post_read=-1",
        "post_read=1e3",
        "post_read=0,005",
        "post_read=0.1, post_read=0.2",
        "gpt-5.4-mini=0.75",
        "gpt-5.4-mini=0.75/4.5/9",
        "=0.1",
        "post_read=0.0000001",
        "post_read=١",
    ],
)
def test_prices_that_are_unclear_are_refused_with_how_they_look(wrong: str) -> None:
    """A price that is not understood must not be guessed: the budget rests on it."""
    gap = gaps_in({**GOOD, "PRICES": wrong})
    assert list(gap) == ["PRICES"]
    assert "post_read=0.006" in gap["PRICES"]
    assert "gpt-5.4-mini=0.75/4.50" in gap["PRICES"]
