"""The rules as data: that all of them compile, say why, and are refused when malformed."""

from typing import Any

import pytest

from domain import CheckLevel
from replies.checks.promo_score import ENOUGH
from replies.rules import rule_from, rules, tell_from, tells, topics


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


def test_a_family_stands_for_each_of_its_words() -> None:
    """A phrase may name a family of words; one that is not known is told at once."""
    rule = rule_from({"name": "x", "why": "Says {found}", "phrases": ["<we_are> <elated>"]}, "t")
    found = rule.judge("Well, We Are Thrilled.", frozenset())
    assert found is not None
    assert found.why == "Says “We Are Thrilled”"
    assert rule.judge("we are open", frozenset()) is None
    with pytest.raises(ValueError, match="nosuch"):
        rule_from({"name": "x", "why": "y", "phrases": ["<nosuch> day"]}, "t")


def test_every_tell_weighs_too_little_to_be_minded_alone() -> None:
    """A weak sign stays weak, however often it may count; a slip in the file is told."""
    for tell in tells():
        assert tell.weight * tell.most < ENOUGH
    with pytest.raises(ValueError, match="malformed"):
        tell_from({"phrases": ["joy"]}, "t")
    with pytest.raises(ValueError, match="neither"):
        tell_from({"weight": 1}, "t")
