"""Answers to questions, words about a brought post, and who waits: any text, any counts."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.views.cards import HOSTILE, assert_slack_takes, facts, seen
from tests.views.filling import message_taken, taken_by_slack
from tests.views.test_card_any import any_words, long_words
from views.listening import post_by_link
from views.listening.link_modal import link_modal
from views.talking import answers
from views.talking.command_answers import waiting_answer

MENTION = facts().mention
POST = MENTION.post
URL = "https://team.slack.com/archives/C1/p1"


@settings(max_examples=60, deadline=None)
@given(long_words, any_words, any_words, st.integers(0, 10**9), long_words)
def test_any_words_stay_within_slacks_limits(
    text: str, name: str, about: str, number: int, told: str
) -> None:
    """Whatever people wrote and asked, Slack takes the answer."""
    author = replace(POST.author, name=name)
    posts = [replace(POST, text=text, author=author, id=str(n)) for n in range(9)]
    links = {post.id: URL for post in posts}
    for said in (told, ""):
        shown = answers.posts_answer(
            about, "this week", posts, links, number=number, people=number, told=said
        )
        message_taken(shown.blocks)
        message_taken(
            answers.posts_answer(
                about,
                name,
                posts,
                links,
                number=number,
                people=1,
                told=said,
                by=author,
                aside=number,
            ).blocks
        )
    for more in (True, False):
        message_taken(answers.our_answers(author, name, posts, links, more=more).blocks)
    message_taken(answers.our_answers(author, "", [], {}, more=False).blocks)
    message_taken(answers.nothing_found(about, name, author).blocks)
    message_taken(answers.came_back_answer([author] * 40, "today").blocks)
    message_taken(answers.aside_answer(number, "today", URL).blocks)
    message_taken(answers.nobody_of_handle(name).blocks)
    message_taken(answers.nothing_found(about, "today").blocks)
    waiting = [replace(MENTION, id=post.id, post=post, assignee="U1") for post in posts]
    message_taken(waiting_answer(waiting, links, more=number, folded=number).blocks)
    message_taken(post_by_link.not_read(text, about).blocks)
    message_taken(post_by_link.there_already(URL, name).blocks)


def test_hostile_words_stay_words() -> None:
    """Neither a post nor what was asked becomes markup."""
    post = replace(POST, text=HOSTILE, author=replace(POST.author, name=HOSTILE))
    for shown in (
        answers.posts_answer(HOSTILE, "today", [post], {}, number=1, people=1),
        answers.posts_answer("x", "today", [post], {}, number=1, people=1, told=HOSTILE),
        answers.nothing_found(HOSTILE, "today"),
        answers.nothing_found(HOSTILE, "today", post.author),
        answers.our_answers(post.author, "today", [post], {}, more=True),
        answers.nobody_of_handle(HOSTILE),
    ):
        assert_slack_takes(shown.text, shown.blocks)


def test_the_small_answers_and_the_window_are_taken() -> None:
    """Each fixed sentence, once."""
    for small in (
        answers.unknown(),
        answers.can_do(),
        answers.set_up(),
        answers.welcome_back(),
        answers.reading(),
        post_by_link.brought(POST),
        post_by_link.brought_back(),
        post_by_link.gone(),
        post_by_link.our_own(),
        waiting_answer([], {}, more=0, folded=0),
    ):
        message_taken(small.blocks)
    taken_by_slack(link_modal())


def test_who_waits_is_counted_with_those_not_shown() -> None:
    """The head counts everybody; the rest stands below."""
    shown = waiting_answer([MENTION], {MENTION.id: URL}, more=4, folded=2)
    words = seen(shown.blocks)
    assert "5 people wait for us." in words
    assert "4 more wait behind them." in words
    assert "2 older mentions folded away." in words
    assert "Open the card" in words
