"""The rules as data: that all of them compile, say why, and are refused when malformed."""

from typing import Any

import pytest

from domain import CheckLevel
from replies.rules import rule_from, rules, topics


def test_every_rule_has_a_name_a_reason_and_known_topics() -> None:
    """Each rule can be told to a person, and refers only to topics that exist."""
    assert len(rules()) >= 12
    assert len({rule.name for rule in rules()}) == len(rules())
    for rule in rules():
        assert rule.why[0].isupper()
        assert rule.fine_when_asked <= topics().keys()


def test_only_secrets_forbid() -> None:
    """Words alone never forbid sending, apart from secrets."""
    assert {rule.name for rule in rules() if rule.level is CheckLevel.STOP} == {"secret"}


def test_a_phrase_stands_on_whole_words() -> None:
    """A phrase is found across line breaks, and not inside other words."""
    rule = rule_from({"name": "x", "why": "Says {found}", "phrases": ["dm us", "delve*"]}, "t")
    assert rule.judge("please DM\nus", frozenset()) is not None
    assert rule.judge("delves into", frozenset()) is not None
    assert rule.judge("admin use", frozenset()) is None
    found = rule.judge("so dm us now", frozenset())
    assert found is not None
    assert found.why == "Says “dm us”"


@pytest.mark.parametrize(
    "row",
    [
        {"name": "x", "why": "y"},
        {"why": "y", "phrases": ["a"]},
        {"name": "x", "phrases": ["a"]},
        {"name": "x", "why": "y", "phrases": ["a"], "colour": "red"},
        {"name": "x", "why": "y", "patterns": ["("]},
        {"name": "x", "why": "y", "phrases": ["a"], "where": "end"},
        {"name": "x", "why": "y", "phrases": ["a"], "level": "shout"},
    ],
)
def test_malformed_rules_are_refused(row: dict[str, Any]) -> None:
    """A slip in a rule file is told at once."""
    with pytest.raises(ValueError, match=r"t: |shout"):
        rule_from(row, "t")
