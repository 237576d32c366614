"""What changed between two voices, and how two members' changes come together."""

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from domain import Fact, Voice, VoiceRule
from replies.voice.changes import merge_voices, voice_change

BASE = Voice(
    who="A café",
    how="Dry",
    facts=(Fact("8 to 5", "hours"), Fact("Dogs are welcome")),
    avoid=("folks",),
    version=1,
)


def test_a_change_is_said_in_a_few_words() -> None:
    """What was added, changed and removed, with its number; nothing where nothing changed."""
    facts = (Fact("8 to 6", "hours"), Fact("Dogs are welcome"), Fact("Oat milk is free"))
    after = replace(BASE, facts=facts, how="Kind", avoid=(), refund_limit=Decimal(25))
    assert voice_change(BASE, after) == (
        "added 1 fact, changed 1 fact, removed 1 word we never use, changed how we talk, "
        "changed the refund limit"
    )
    assert voice_change(BASE, replace(BASE, version=9)) == ""


def test_making_sure_of_a_fact_is_a_change_of_its_own() -> None:
    """A fact that was only checked is neither added nor removed."""
    checked = tuple(replace(fact, checked_on=date(2026, 11, 3)) for fact in BASE.facts)
    assert voice_change(BASE, replace(BASE, facts=checked)) == "checked 2 facts"
    assert voice_change(BASE, replace(BASE, facts=BASE.facts[::-1])) == "put it in another order"


def test_changes_of_different_parts_and_lines_come_together() -> None:
    """Both members' words stand; what one removed stays removed."""
    theirs = replace(
        BASE,
        facts=(Fact("8 to 5", "hours"), Fact("We roast on Mondays")),
        who="A tea shop",
        version=2,
    )
    mine = replace(BASE, facts=(*BASE.facts, Fact("Oat milk is free")), avoid=("folks", "super"))
    merged, both = merge_voices(BASE, theirs, mine)
    assert both == ()
    assert merged == replace(
        BASE,
        who="A tea shop",
        facts=(Fact("8 to 5", "hours"), Fact("Oat milk is free"), Fact("We roast on Mondays")),
        avoid=("folks", "super"),
        version=2,
    )


def test_the_same_part_changed_by_both_is_named() -> None:
    """Mine stands in the window, and the person is told to look."""
    theirs = replace(BASE, how="Warm", facts=(Fact("8 to 6", "hours"), BASE.facts[1]), version=2)
    mine = replace(BASE, how="Loud", facts=(Fact("9 to 5", "hours"), BASE.facts[1]))
    merged, both = merge_voices(BASE, theirs, mine)
    assert both == ("how", "facts")
    assert merged.how == "Loud"
    assert {fact.text for fact in merged.facts} >= {"8 to 6", "9 to 5"}


def test_a_check_of_a_fact_survives_the_others_edit() -> None:
    """Somebody made sure of a fact while somebody else wrote elsewhere."""
    day = date(2026, 11, 3)
    theirs = replace(BASE, facts=(replace(BASE.facts[0], checked_on=day), BASE.facts[1]), version=2)
    merged, _ = merge_voices(BASE, theirs, replace(BASE, how="Kind"))
    assert merged.facts[0].checked_on == day


_words = st.text(alphabet="abc", max_size=2)
_lines = st.lists(_words, max_size=4, unique=True).map(tuple)
_voices = st.builds(
    Voice,
    who=_words,
    how=_words,
    facts=st.lists(_words.map(Fact), max_size=4, unique=True).map(tuple),
    avoid=_lines,
    rules=st.lists(_words.map(VoiceRule), max_size=3, unique=True).map(tuple),
    hand_over=st.none() | _lines,
)


@given(base=_voices, theirs=_voices, mine=_voices)
def test_merging_loses_nothing_that_anybody_added(base: Voice, theirs: Voice, mine: Voice) -> None:
    """Of lists every line that one of both added stands; alone, each side's change stands."""
    merged, both = merge_voices(base, theirs, mine)
    added: Any
    for part in ("facts", "avoid", "rules"):
        old = set(getattr(base, part))
        added = (set(getattr(theirs, part)) | set(getattr(mine, part))) - old
        assert added <= set(getattr(merged, part))
    assert set(both) <= {part.name for part in fields(Voice)} - {"version"}
    assert merge_voices(base, base, mine) == (mine, ())
    assert merge_voices(base, theirs, base) == (theirs, ())
