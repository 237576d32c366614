"""The page about a person and the list of people."""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from domain import Conversation, Met, OptOut, Person, PersonLine, PersonNote, PersonPage, Post
from insights.people import talks
from tests.views.cards import HOSTILE, NOW, assert_slack_takes, labels, seen
from tests.views.filling import message_taken, sent_back, taken_by_slack
from tests.views.test_card_any import any_words, long_words
from views.blocks.form import answer
from views.people.people import people_message
from views.people.person_modal import note_modal, person_modal

NELL = Person("12", "nell_bakes", "Nell Baker", "https://p/nell.png", 214)
US = Person("900", "copperkettle", "The Copper Kettle")


def said(post_id: str, author: Person, text: str, at: datetime, talk: str | None = "1") -> Post:
    return Post(post_id, text, author, at, conversation_id=talk)


PAGE = PersonPage(
    person=NELL,
    met=Met(NOW - timedelta(days=20), NOW, 3, 2, connection=True),
    talks=(
        Conversation(
            (
                said("1", NELL, "@copperkettle do you do decaf?", NOW),
                said("2", US, "@nell_bakes We do, all day.", NOW),
            )
        ),
    ),
    notes=(PersonNote("n1", "12", "Nurse, works nights.", "U1", "Maya", NOW),),
)


def test_a_page_tells_who_they_are_to_us_before_anything_else() -> None:
    """Connection, first met, notes, then words; followers are the small print they deserve."""
    view = person_modal(PAGE, account_id=US.id)
    words = seen(view["blocks"])
    for part in (
        "Nell Baker",
        "A connection",
        "First met",
        "Nurse, works nights.",
        "do you do decaf?",
    ):
        assert part in words
    assert words.index("A connection") < words.index("Nurse") < words.index("decaf")
    assert "We" in words
    assert "We do, all day." in words
    assert labels(view["blocks"]) == ["Add a note…", "Remove", "Mute…"]
    taken_by_slack(view)


def test_who_asked_not_to_be_answered_is_shown_with_the_way_to_lift_it() -> None:
    """The request stands on the page; lifting asks whether one is sure."""
    view = person_modal(replace(PAGE, opt_out=OptOut("12", "1", NOW)), account_id=US.id)
    assert "asked not to be answered" in seen(view["blocks"])
    assert "Lift it…" in labels(view["blocks"])


def test_a_muted_person_can_be_unmuted_here() -> None:
    """Muting has its way back."""
    view = person_modal(replace(PAGE, person=replace(NELL, muted=True)), account_id=US.id)
    assert "Unmute" in labels(view["blocks"])


def test_the_list_names_connections_and_what_makes_one() -> None:
    """The figure says what it counts and over what time."""
    lines = [PersonLine(NELL, PAGE.met), PersonLine(replace(NELL, id="13"), Met(), waits=True)]
    made = people_message(lines, [], connections=1)
    assert "1 person you really talk with in the last 90 days" in made.text
    assert "waits for an answer" in seen(made.blocks)
    assert "went back and forth twice" in seen(made.blocks)


def test_an_empty_list_says_how_it_begins() -> None:
    """No people yet is no error."""
    made = people_message([], [], connections=0)
    assert "Answer one person today" in made.text


def test_a_note_comes_back_as_it_was_written() -> None:
    """What a member wrote is what is kept."""
    view = sent_back(note_modal("12", HOSTILE), note="Likes <!channel> jokes")
    assert answer(view, "note", "words") == "Likes <!channel> jokes"


def test_posts_become_conversations_newest_first() -> None:
    """A reply that knows only what it answers joins that post's conversation."""
    ours = Post("3", "yes", US, NOW + timedelta(hours=2), in_reply_to_id="2")
    found = talks(
        [
            said("1", NELL, "a", NOW, "t1"),
            said("2", NELL, "b", NOW + timedelta(hours=1), "t2"),
            ours,
        ]
    )
    assert [[post.id for post in talk.posts] for talk in found] == [["2", "3"], ["1"]]


@settings(max_examples=60, deadline=None)
@given(
    words=long_words,
    name=long_words,
    handle=any_words,
    numbers=st.tuples(*[st.integers(0, 10**9)] * 3),
    many=st.tuples(*[st.integers(0, 40)] * 3),
    flags=st.tuples(*[st.booleans()] * 4),
)
def test_any_words_and_counts_make_screens_that_slack_takes(
    words: str,
    name: str,
    handle: str,
    numbers: tuple[int, ...],
    many: tuple[int, ...],
    flags: tuple[bool, ...],
) -> None:
    """Names, posts and notes are anybody's words, in any number."""
    person = Person("12", handle, name, None, numbers[0], muted=flags[0])
    talk = Conversation((said("1", person, words, NOW), said("2", US, words, NOW)) * many[0])
    page = PersonPage(
        person=person,
        met=Met(NOW, NOW, numbers[1], numbers[2], connection=flags[1]),
        talks=(talk,) * many[1] if many[0] else (),
        more_talks=numbers[0],
        notes=(PersonNote("n", "12", words, "U1", name, NOW),) * many[2],
        opt_out=OptOut("12", "1", NOW) if flags[2] else None,
        waiting_since=NOW if flags[3] else None,
    )
    view = person_modal(page, account_id=US.id)
    taken_by_slack(view)
    assert_slack_takes("-", view["blocks"], most=100)
    taken_by_slack(note_modal("12", name))
    lines = [PersonLine(person, page.met, flags[3])] * many[1]
    made = people_message(lines, lines, connections=numbers[0])
    assert_slack_takes(made.text, made.blocks)
    message_taken(made.blocks)
