"""What people ask in a direct message, and when they mean."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replies.questions import Topic, read_question

#: A Tuesday.
NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("words", "topic", "about"),
    [
        ("what did people say about the new blend this week?", Topic.SAID, "new blend"),
        ("Did anybody complain about the queue?", Topic.SAID, "queue"),
        ("what do people think of our oat milk?", Topic.SAID, "oat milk"),
        ("who asked about opening hours since Monday", Topic.SAID, "opening hours"),
        ("what are people saying today?", Topic.SAID, ""),
        ("who did we forget?", Topic.WAITING, ""),
        ("who still waits?", Topic.WAITING, ""),
        ("what is open?", Topic.WAITING, ""),
        ("who came back this week?", Topic.CAME_BACK, ""),
        ("what did people say about spam this week?", Topic.SAID, "spam"),
        ("what are people saying about the regulars' table?", Topic.SAID, "regulars table"),
        ("how many people asked about oat milk?", Topic.SAID, "oat milk"),
        ("what happened today?", Topic.SAID, ""),
        ("anything new?", Topic.SAID, ""),
        ("great, who still waits?", Topic.WAITING, ""),
        ("ok who came back?", Topic.CAME_BACK, ""),
        ("who did we talk to this week?", Topic.CAME_BACK, ""),
        ("how did last week go?", Topic.HOW, ""),
        ("how are we doing?", Topic.HOW, ""),
        ("what was set aside?", Topic.ASIDE, ""),
        ("what can you do?", Topic.HELP, ""),
        ("hi", Topic.HELP, ""),
        ("set up voice", Topic.SET_UP, ""),
        ("thanks!", Topic.THANKS, ""),
        ("what is the capital of France?", Topic.UNKNOWN, ""),
        ("write me a poem", Topic.UNKNOWN, ""),
        ("mail bob@example.com", Topic.UNKNOWN, ""),
        ("what did we post today?", Topic.UNKNOWN, ""),
    ],
)
def test_questions_are_understood(words: str, topic: Topic, about: str) -> None:
    """Common questions are told apart; what no rule knows is not guessed."""
    question = read_question(words, NOW, BERLIN)
    assert (question.topic, question.about) == (topic, about)


@pytest.mark.parametrize(
    ("words", "topic", "about", "handle"),
    [
        ("who is @nell_bakes?", Topic.WHO, "", "nell_bakes"),
        ("who is nell_bakes?", Topic.WHO, "", "nell_bakes"),
        ("<https://x.com/nell_bakes>", Topic.WHO, "", "nell_bakes"),
        ("what did we answer @nell_bakes", Topic.ANSWERED, "", "nell_bakes"),
        ("our last reply to @nell_bakes", Topic.ANSWERED, "", "nell_bakes"),
        ("what did @nell_bakes say today?", Topic.SAID, "", "nell_bakes"),
        ("what did @nell_bakes say about the new blend?", Topic.SAID, "new blend", "nell_bakes"),
        ("what did people say about @nell_bakes?", Topic.SAID, "nell_bakes", ""),
    ],
)
def test_a_handle_says_whom_it_is_about(words: str, topic: Topic, about: str, handle: str) -> None:
    """Who they are, what they said and what we answered are three questions."""
    question = read_question(words, NOW, BERLIN)
    assert (question.topic, question.about, question.handle) == (topic, about, handle)


@pytest.mark.parametrize(
    ("words", "begin", "end"),
    [
        ("today", "2026-11-23T23:00", "2026-11-24T15:00"),
        ("yesterday", "2026-11-22T23:00", "2026-11-23T23:00"),
        ("this week", "2026-11-22T23:00", "2026-11-24T15:00"),
        ("last week", "2026-11-15T23:00", "2026-11-22T23:00"),
        ("since Friday", "2026-11-19T23:00", "2026-11-24T15:00"),
        ("since Tuesday", "2026-11-16T23:00", "2026-11-24T15:00"),
        ("on Sunday", "2026-11-21T23:00", "2026-11-22T23:00"),
        ("in the last 3 days", "2026-11-21T23:00", "2026-11-24T15:00"),
        ("last month", "2026-09-30T22:00", "2026-10-31T23:00"),
        ("", "2026-10-25T23:00", "2026-11-24T15:00"),
    ],
)
def test_spans_begin_at_the_businesss_midnight(words: str, begin: str, end: str) -> None:
    """Days are the business's own, daylight saving and all."""
    span = read_question(f"what did people say about tea {words}", NOW, BERLIN).span
    assert span.begin == datetime.fromisoformat(f"{begin}+00:00")
    assert span.end == datetime.fromisoformat(f"{end}+00:00")


@given(st.text(max_size=300))
def test_any_words_are_read(words: str) -> None:
    """Whatever is typed has a topic and a span that ends by now."""
    question = read_question(words, NOW, BERLIN)
    assert question.span.begin < question.span.end <= NOW
