"""A pile-on's card and window, whatever was written and however many there are."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from domain import Pile
from tests.views.cards import NOW, facts, labels, seen
from tests.views.filling import message_taken, taken_by_slack
from tests.views.test_card_any import any_words, long_words
from views.pile import LISTED, pile_message, pile_modal

MENTION = facts().mention
PILE = Pile("p1", "9", "boycott", False, 5, 29, NOW - timedelta(hours=1), NOW, (MENTION,) * 3)


def test_the_card_counts_everybody_once() -> None:
    """Those with cards of their own and those kept here are told apart."""
    shown = pile_message(PILE)
    assert "34 people say nearly the same" in seen(shown.blocks)
    assert "The first 5 have cards of their own; 29 more are kept here" in seen(shown.blocks)
    assert labels(shown.blocks) == ["Show them…", "Let them be"]
    assert "answer one and the same post" in pile_message(replace(PILE, replies=True)).text


def test_let_be_it_says_who_and_can_still_be_looked_at() -> None:
    """Nothing in it is lost."""
    shown = pile_message(replace(PILE, closed_by="Maya"))
    assert "Maya let them be" in seen(shown.blocks)
    assert labels(shown.blocks) == ["Show them…"]


def test_the_window_offers_each_of_them_a_card() -> None:
    """One *Bring back* for each that is listed, and a word about the others."""
    view = pile_modal(replace(PILE, number=300, newest=(MENTION,) * LISTED))
    assert labels(view["blocks"]) == ["Bring back"] * LISTED
    assert "255 older ones" in seen(view["blocks"])
    taken_by_slack(view)
    assert "All of them were brought back" in seen(pile_modal(replace(PILE, newest=()))["blocks"])


@settings(max_examples=60, deadline=None)
@given(
    long_words, any_words, any_words, st.integers(0, 10**7), st.integers(0, 10**4), st.booleans()
)
def test_any_words_and_counts_stay_within_slacks_limits(
    text: str, name: str, closed_by: str, number: int, shown: int, replies: bool
) -> None:
    """Whatever people write, Slack takes the card and the window."""
    author = replace(MENTION.post.author, name=name)
    mention = replace(MENTION, post=replace(MENTION.post, text=text, author=author))
    pile = replace(
        PILE,
        newest=(mention,) * LISTED,
        number=number,
        shown=shown,
        replies=replies,
        closed_by=closed_by or None,
    )
    message_taken(pile_message(pile, practice=True).blocks)
    taken_by_slack(pile_modal(pile))
