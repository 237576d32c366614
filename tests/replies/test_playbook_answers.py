"""What may be wrong with an answer in the playbook, and which checks can be silenced."""

import re
from pathlib import Path

from domain import CheckLevel, Fact, PlaybookAnswer, Voice
from replies.checks import check_names
from replies.playbook import default_playbook
from replies.playbook.answers import (
    answer_checks,
    default_left,
    fillable_gaps,
    unknown_gaps,
    with_occasion,
)

VOICE = Voice(facts=(Fact("8 to 5", "Opening hours"), Fact("Dogs are welcome")))


def test_gaps_are_filled_from_the_post_and_from_named_facts() -> None:
    """A named fact is a gap of its own; what nothing can fill is named as it was written."""
    assert fillable_gaps(VOICE) == ("name", "day", "thing", "fact", "opening_hours")
    texts = ["We open {opening_hours}, {name}.", "{prize} and {name", "a } b"]
    assert unknown_gaps(texts, VOICE) == ["{prize}", "{name", "}"]
    assert unknown_gaps([answer.text for answer in default_playbook()], Voice()) == []


def test_an_answer_is_judged_as_it_would_go_out() -> None:
    """Its gaps are filled first; what the checks mind is marked."""
    assert answer_checks("We're open {opening_hours}.", cues=["open"], voice=VOICE) == ()
    marked = answer_checks("Check out our website, {name}!!!", cues=["bread"], voice=VOICE)
    assert marked
    too_long = answer_checks("far too long " * 40, cues=["bread"], voice=VOICE)
    assert any(check.level is CheckLevel.STOP for check in too_long)


def test_an_occasion_is_put_where_it_stood() -> None:
    """A changed one keeps its place, a new one goes last, an emptied one is gone."""
    a, b, c = (PlaybookAnswer(name, "Yes.") for name in ("a", "b", "c"))
    new = PlaybookAnswer("b", "No.")
    assert with_occasion([a, b, c], "b", [new]) == (a, new, c)
    assert with_occasion([a, c], "b", [new]) == (a, c, new)
    assert with_occasion([a, b, c], "b", []) == (a, c)


def test_what_is_ours_is_no_default_any_more() -> None:
    """An adopted occasion stands once in the list."""
    first = default_playbook()[0]
    left = default_left([PlaybookAnswer(first.occasion, "Our own words.")])
    assert first.occasion not in {answer.occasion for answer in left}
    assert len(left) < len(default_playbook())


def test_every_check_that_only_minds_can_be_silenced() -> None:
    """Each name that stands in the code with the level *mind* is offered in the window."""
    folder = Path(check_names.__file__).parent
    code = "\n".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    named = set(re.findall(r'Check\(\s*"([a-z-]+)",\s*CheckLevel\.MIND', code))
    assert named
    # What the team wrote into its own voice is taken out there, not silenced.
    from_the_voice = {"never-word", "own-rule", "team-rule"}
    assert named - from_the_voice <= set(check_names.silenceable())
