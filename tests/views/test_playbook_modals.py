"""The playbook's windows: what is written comes back, and Slack takes it all."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from domain import Check, CheckLevel, PlaybookAnswer
from replies.playbook import default_playbook
from tests.views.cards import HOSTILE, NOW, assert_slack_takes, button, labels, seen
from tests.views.filling import sent_back, taken_by_slack
from views.modals import occasion_modal, occasions_of, playbook_modal, read_occasion
from views.voice.occasion_modal import (
    changed_meanwhile,
    mark_lines,
    occasion_blocks,
    occasion_errors,
)
from views.voice.playbook_modal import Occasion, read_pressed

GAPS = ("name", "day", "thing", "fact", "hours")
DOGS = Occasion("dogs", ("Dogs are welcome, {name}.", "Bring them!"), ("dog*", "puppy"))


def window(occasion: Occasion | None = DOGS, **more: Any) -> dict[str, Any]:
    return occasion_modal(occasion, gaps=GAPS, **{"seen": "s1", **more})


def test_an_occasion_comes_back_as_it_was() -> None:
    """Name, words and answers, and what it was opened with."""
    values = read_occasion(sent_back(window(warned="w1")))
    assert (values.name, values.cues, values.answers) == ("dogs", DOGS.cues, DOGS.answers)
    assert (values.before, values.seen, values.warned) == ("dogs", "s1", "w1")
    assert occasion_errors(values, unknown_gaps=[], gaps=GAPS) == {}


def test_the_default_playbook_survives_its_windows() -> None:
    """Nothing of what Greenroom comes with is cut when a team makes it its own."""
    for occasion in occasions_of(default_playbook(), ours=False):
        values = read_occasion(sent_back(window(occasion, before="")))
        assert values.answers == occasion.answers
        assert values.cues == tuple(cue.casefold() for cue in occasion.cues)
        assert values.before == ""


def test_gaps_are_explained_and_removing_is_offered_for_ours_alone() -> None:
    """The hint names each gap; a default cannot be removed, a new one neither."""
    assert "{hours}" in seen(window()["blocks"])
    assert "Remove this occasion" in labels(window()["blocks"])
    assert "Remove this occasion" not in labels(window(None)["blocks"])
    assert button(window()["blocks"], "Remove this occasion")["confirm"]


def test_what_is_missing_is_said_at_its_field() -> None:
    """A name, an answer, and only gaps that something fills; without words they are saved ones."""
    empty = read_occasion(
        {**window(None), "state": {"values": {}}},
    )
    errors = occasion_errors(empty, unknown_gaps=[], gaps=GAPS)
    assert set(errors) == {"name", "answers"}
    wrong = occasion_errors(read_occasion(sent_back(window())), unknown_gaps=["{prize}"], gaps=GAPS)
    assert "{prize}" in wrong["answers"]
    assert "{hours}" in wrong["answers"]
    assert occasion_blocks(window(draft="k"), wrong) == {"answers~k": wrong["answers"]}


def test_the_list_shows_ours_first_and_leads_to_each() -> None:
    """Who changed ours last; each occasion has its button."""
    default = occasions_of(default_playbook(), ours=False)
    view = playbook_modal([DOGS], default, saved=("Maya", NOW))
    taken_by_slack(view)
    words = seen(view["blocks"])
    assert words.index("*dogs*") < words.index("What Greenroom comes with")
    assert "by Maya" in words
    assert "2 answers" in words
    assert read_pressed(button(view["blocks"], "Edit")["value"]) == (True, "dogs")
    assert read_pressed(button(view["blocks"], "Change")["value"]) == (False, default[0].name)


def test_a_list_longer_than_slack_takes_says_what_is_left() -> None:
    """It is found by a word."""
    many = [Occasion(f"occasion {n}", ("Yes.",), ("yes",)) for n in range(150)]
    view = playbook_modal(many, [])
    taken_by_slack(view)
    assert "60 more occasions" in seen(view["blocks"])
    assert next(each for each in many if each.holds("OCCASION 14")).name == "occasion 14"


@settings(max_examples=40, deadline=None)
@given(words=st.one_of(st.text(max_size=400), st.just(HOSTILE * 30)))
def test_any_words_make_windows_that_slack_takes(words: str) -> None:
    """No text breaks a limit or smuggles markup in."""
    check = Check("sales", CheckLevel.MIND, words)
    there = [PlaybookAnswer("dogs", words)] * 30
    for view in (
        window(Occasion(words[:60], (words,), (words,)), marks=mark_lines([(words, check)] * 20)),
        window(marks=changed_meanwhile(words, there)),
        playbook_modal([Occasion(words, (words,), (words,))] * 120, [], saved=(words, NOW)),
    ):
        taken_by_slack(view)
        assert_slack_takes("a window", view["blocks"], most=100)
