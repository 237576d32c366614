"""A pile-on's card and window, whatever was written and however many there are."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from domain import Pile
from tests.views.cards import NOW, facts, labels, seen
from tests.views.filling import message_taken, taken_by_slack
from tests.views.test_card_any import any_words, long_words
from views.blocks.message import Message
from views.triage.burst import LISTED, pile_message, pile_modal

MENTION = facts().mention
PILE = Pile("p1", "9", False, 5, 29, 0, 29, NOW - timedelta(hours=1), NOW, (MENTION,) * 3)
OURS = replace(
    MENTION.post, id="9", author=replace(MENTION.post.author, id="900"), text="We moved!"
)


def card(pile: Pile) -> Message:
    return pile_message(pile, account_id="900")


def test_the_card_counts_everybody_once() -> None:
    """Those with cards of their own and those kept here are told apart."""
    shown = card(PILE)
    assert "34 people say nearly the same" in seen(shown.blocks)
    assert "The first 5 have cards of their own; 29 more are kept here" in seen(shown.blocks)
    assert labels(shown.blocks) == ["Show them…", "Let them be"]
    taken_out = seen(card(replace(PILE, number=27, left=2)).blocks)
    assert "34 people" in taken_out
    assert "27 more are kept here" in taken_out
    assert "2 were brought back or gone since" in taken_out


def test_one_person_who_repeats_is_not_many_people() -> None:
    """Then the card counts posts."""
    assert card(replace(PILE, people=3)).text == "A pile-on: 34 posts say nearly the same"


def test_answers_lead_to_the_post_that_they_answer() -> None:
    """Ours is called ours; one that Greenroom never read is named without a link."""
    answers = replace(PILE, replies=True)
    assert card(answers).text == "A pile-on: 34 people answer one and the same post"
    ours = card(replace(answers, answered=OURS))
    assert ours.text == "A pile-on: 34 people answer your post"
    assert "/status/9|" in seen(ours.blocks)
    assert "|We moved!>" in seen(ours.blocks)
    theirs = card(replace(answers, answered=MENTION.post))
    assert "one and the same post" in theirs.text


def test_let_be_it_says_who_and_can_still_be_looked_at() -> None:
    """Nothing in it is lost."""
    shown = card(replace(PILE, closed_by="Maya"))
    assert "Maya let them be" in seen(shown.blocks)
    assert labels(shown.blocks) == ["Show them…"]


def test_the_window_offers_each_of_them_a_card() -> None:
    """One *Bring back* for each that is listed, and a word about the others."""
    view = pile_modal(replace(PILE, number=300, newest=(MENTION,) * LISTED))
    assert labels(view["blocks"]) == ["Bring back"] * LISTED
    assert "255 older ones" in seen(view["blocks"])
    taken_by_slack(view)
    assert "None of them is kept here any more" in seen(
        pile_modal(replace(PILE, newest=()))["blocks"]
    )


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
        left=shown,
        people=number,
        closed_by=closed_by or None,
        answered=mention.post if replies else None,
    )
    message_taken(pile_message(pile, account_id=author.id, practice=True).blocks)
    taken_by_slack(pile_modal(pile))
