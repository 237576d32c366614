"""The team's own rules mark drafts and people's edits alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import CheckLevel, VoiceRule
from replies.checks.own_rules import rule_checks
from replies.learning import apply_rules, rule_for
from replies.text.wording import words


def whys(text: str, *rules: VoiceRule, person: str = "Ann Lee") -> list[str]:
    """Return what the rules mind about a text."""
    checks = list(rule_checks(text, rules, person=person))
    assert all(check.level is CheckLevel.MIND for check in checks)
    return [check.why for check in checks]


@pytest.mark.parametrize(
    ("trait", "broken", "kept", "quoted"),
    [
        ("no_exclamation", "Yes, till five!", "Yes. https://a.example/b!c", "five!"),
        ("no_emoji", "Glad 😊", "Glad.", "😊"),
        ("no_greeting", "@ann Hi Ann, we do.", "@ann We do.", "Hi"),
        ("no_sign_off", "At seven. Cheers, Maya", "At seven.", "Cheers, Maya"),
        ("no_question", "At seven. Coming?", "Which cup? Ours is blue.", "Coming?"),
        ("no_apology", "We are sorry.", "That is on us.", "sorry"),
        ("added_name", "Oat and soy.", "Oat and soy, Ann.", None),
        ("added_question", "Oat and soy.", "Oat and soy. Which one?", None),
        ("shorter", "One cup. Two cups. Three cups.", "One cup. Two cups.", None),
        ("drop_word:we're", "Yes, we’re open.", "Yes, open. Were you in?", "we're"),
        ("swap:pastries→buns", "Pastries at eight.", "Buns at eight.", "pastries"),
    ],
)
def test_a_broken_rule_is_named_with_the_words(
    trait: str, broken: str, kept: str, quoted: str | None
) -> None:
    """The rule as the team reads it, and what breaks it; a text that keeps it is fine."""
    rule = rule_for(trait)
    (why,) = whys(broken, rule)
    assert rule.text.rstrip(".") in why
    assert quoted is None or f"“{quoted}”" in why
    assert whys(kept, rule) == []


def test_a_rule_somebody_wrote_minds_its_phrases() -> None:
    """Words in any case, and signs; a rule of words alone is for the model to read."""
    written = VoiceRule("No “Come on in” and no “#”.", "", ("Come on in", "#"))
    assert len(whys("come on in, it is warm", written)) == 1
    assert len(whys("Warm. #coffee", written)) == 1
    assert whys("Come in, it is warm.", written, VoiceRule("Be kind.")) == []


def test_a_rule_about_names_needs_a_name() -> None:
    """Nobody can be called by a name that is none."""
    assert whys("Oat and soy.", rule_for("added_name"), person="🔥☕") == []
    assert whys("Oat and soy.", rule_for("added_name"), person="") == []


@given(st.text(max_size=80), st.text(max_size=20))
def test_any_text_may_be_judged(text: str, phrase: str) -> None:
    """Whatever is written; and what was calmed is calm to the check, too."""
    rules = [
        rule_for(t) for t in ("no_emoji", "no_question", "no_sign_off", "no_greeting", "shorter")
    ]
    phrases = (phrase,) if phrase else ()
    list(rule_checks(text, [*rules, VoiceRule("Mine.", "", phrases)], person=phrase))
    calm = rule_for("no_exclamation")
    if words(text):
        assert whys(apply_rules(text, [calm]), calm) == []
