import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain import DecisionKind, MentionState
from storage.db.database import Database, Transaction
from storage.inbox import decisions, mentions
from storage.posts.similar_answers import similar_answered
from tests.storage.made import a_decision, a_post, caught

S = MentionState


def answered(
    tx: Transaction,
    post_id: str,
    theirs: str,
    ours: str,
    *,
    state: MentionState = S.ANSWERED,
    kind: DecisionKind = DecisionKind.APPROVE,
) -> None:
    caught(tx, post_id, post=a_post(post_id, text=theirs), state=state)
    decisions.record(tx, a_decision(post_id, kind, text=ours))


def test_the_most_similar_post_comes_first(db: Database) -> None:
    """Pairs of their words and the text that was approved for them."""
    with db.write() as tx:
        answered(tx, "1", "@BeanBarn are you open on Sunday morning?", "Yes, from nine.")
        answered(tx, "2", "@BeanBarn my beans arrived stale", "Sorry! Which bag was it?")
        answered(tx, "3", "Is the garden open?", "It is.")
        found = similar_answered(tx, "Hi @BeanBarn, open this SUNDAY?", 2)
        assert found == [
            ("@BeanBarn are you open on Sunday morning?", "Yes, from nine."),
            ("Is the garden open?", "It is."),
        ]
        assert similar_answered(tx, "stale beans", 1)[0][1] == "Sorry! Which bag was it?"
        assert similar_answered(tx, "nothing alike whatsoever") == []


@pytest.mark.parametrize(
    ("state", "serves"),
    [
        (S.ANSWERED, True),
        (S.APPROVED, True),
        (S.SENDING, True),
        (S.BY_HAND, True),
        (S.WAITING, False),
        (S.SKIPPED, False),
        (S.FAILED, False),
        (S.UNKNOWN, False),
    ],
)
def test_only_texts_that_still_stand_serve(db: Database, state: MentionState, serves: bool) -> None:
    """What failed or was given up is no example."""
    with db.write() as tx:
        answered(tx, "1", "open on Sunday", "Yes", state=state)
        assert bool(similar_answered(tx, "Sunday")) is serves


def test_the_last_taken_text_is_the_example_and_an_undo_takes_it_back(db: Database) -> None:
    """An edit replaces the approval before it; a skip takes no text."""
    with db.write() as tx:
        answered(tx, "1", "open on Sunday", "Yes")
        decisions.record(tx, a_decision("1", DecisionKind.EDIT, text="Yes, from nine"))
        decisions.record(tx, a_decision("1", DecisionKind.SNOOZE))
        assert similar_answered(tx, "sunday") == [("open on Sunday", "Yes, from nine")]
        decisions.record(tx, a_decision("1", DecisionKind.UNDO))
        assert similar_answered(tx, "sunday") == []
        decisions.record(tx, a_decision("1", DecisionKind.USE, text="By hand"))
        assert similar_answered(tx, "sunday") == [("open on Sunday", "By hand")]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "@BeanBarn https://x.co/abc",
        '"',
        "' OR 1=1 --",
        "sunday AND NOT (open)",
        "NEAR(sunday open)",
        "their_text:sunday*",
        "a & b | !c <-> 'd':*",
        "%s %(x)s :x ::text",
        "\x00sunday\x00",
        "\ud800 sunday",
        "x" * 10_000,
        "sunday " * 5_000,
        " ".join(f"word{n}" for n in range(3000)),
        "日曜日は開いていますか",
        "_ __ ___",
    ],
)
def test_hostile_words_only_search(db: Database, text: str) -> None:
    """Signs of either engine's query language mean nothing and break nothing."""
    with db.write() as tx:
        answered(tx, "1", "Open on Sunday?", "Yes")
        found = similar_answered(tx, text)
    assert found == ([("Open on Sunday?", "Yes")] if "sunday" in text else [])


@given(theirs=st.text(st.characters()), text=st.text(st.characters()))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_text_may_be_kept_and_looked_for(db: Database, theirs: str, text: str) -> None:
    """Whatever people write, nothing breaks."""
    with pytest.raises(KeyError), db.write() as tx:  # noqa: PT012
        answered(tx, "1", theirs, "Yes")
        assert [reply for _, reply in similar_answered(tx, text)] in ([], ["Yes"])
        similar_answered(tx, theirs + text)
        raise KeyError  # Every example begins with nothing stored.


def test_one_answer_of_many_is_found(db: Database) -> None:
    """Two thousand answers with the same common words are searched without trouble."""
    with db.write() as tx:
        for number in range(2000):
            answered(tx, str(number), f"open today please {number}", f"Yes {number}")
        found = similar_answered(tx, "please, open today 1234", 1)
        assert mentions.counts(tx) == {S.ANSWERED: 2000}
    assert found == [("open today please 1234", "Yes 1234")]
