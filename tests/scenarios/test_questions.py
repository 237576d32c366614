"""Questions in a direct message: answered from what is stored, or not at all."""

import html
from typing import Any

import pytest

from tests.stage import Stage, shown, until
from tests.team import room_of


def ask(stage: Stage, words: str, member: str | None = None) -> str:
    """Write to Greenroom directly; return the ts of the words."""
    said = stage.do("say", text=words, channel="dm", member=member or stage.maya)
    return str(said["ts"])


def answers(stage: Stage, after: str = "0") -> list[dict[str, Any]]:
    """Return what Greenroom said in direct messages after a ts."""
    return [
        m
        for m in stage.messages()
        if m["channel"].startswith("D") and m["author"] == "bot" and m["ts"] > after
    ]


def answer(stage: Stage, asked: str, words: str) -> str:
    """Return everything that the answer to a question shows, once it shows the words."""

    def look() -> str | None:
        return next((shown(m) for m in answers(stage, asked) if words in shown(m)), None)

    try:
        return until(look, f"the answer shows “{words}”")
    except AssertionError as error:
        said = [shown(each) for each in answers(stage, asked)]
        raise AssertionError(f"{error}\nIt said: {said}") from None


def test_what_people_said_is_found_with_the_way_to_the_cards(stage: Stage) -> None:
    """Real posts, counted, newest first, each with its card; other matters are left out."""
    first = stage.mention("the new blend tastes of plums, is it staying?", author="ruth")
    second = stage.mention("two bags of the new blends please for Sunday", author="nell")
    other = stage.mention("may my dog come in?", author="otto")
    for post in (first, second, other):
        stage.card_with(post, "Skip")
    asked = ask(stage, "what did people say about the new blend this week?")
    said = answer(stage, asked, "2 people wrote 2 posts about “new blend” this week.")
    assert said.index("two bags") < said.index("tastes of plums")
    assert "my dog" not in said
    ts = stage.card_with(first, "Skip")["ts"].replace(".", "")
    assert f"p{ts}|Open the card" in said


def test_what_was_set_aside_is_counted_not_shown(stage: Stage) -> None:
    """Spam is nothing that people said to us; that there was some is told."""
    spam = stage.mention("WIN a YEAR of blends! Follow us, repost, tag two #giveaway", author="sip")
    until(lambda: any("Set aside" in shown(m) for m in stage.messages()), "it is set aside")
    asked = ask(stage, "what did people say about the blend?")
    answer(stage, asked, "1 more post was set aside.")
    stage.card_with(stage.mention("I like the blend", author="ruth"), "Skip")
    said = answer(stage, ask(stage, "what did people say today?"), "1 person wrote 1 post today.")
    assert "1 more post was set aside." in said
    assert "giveaway" not in said
    said = answer(stage, ask(stage, "what did @sip say today?"), "wrote 1 post")
    assert "giveaway" in said, spam


def test_what_is_not_known_is_said(stage: Stage) -> None:
    """Nothing found, nothing understood: both are said, and what can be asked."""
    asked = ask(stage, "what did people say about the submarine today?")
    answer(stage, asked, "I found nothing about “submarine” today.")
    asked = ask(stage, "what is the capital of France?")
    assert "who still waits" in answer(stage, asked, "I don't know that.")


def test_who_waits_who_somebody_is_and_how_we_do(stage: Stage) -> None:
    """The questions that the suggested prompts and the help name have their answers."""
    post = stage.mention("are you open now?", author="ruth")
    stage.card_with(post, "Approve")
    assert "are you open now?" in answer(stage, ask(stage, "who did we forget?"), "1 person waits")
    answer(stage, ask(stage, "who is @ruth?"), "Open their page")
    answer(stage, ask(stage, "who is @nobody_at_all?"), "Nobody called")
    answer(stage, ask(stage, "how are we doing?"), "the last 7 days")
    answer(stage, ask(stage, "who came back this week?"), "Nobody who had talked with us before")
    answer(stage, ask(stage, "what was set aside today?"), "0 posts were set aside today")
    answer(stage, ask(stage, "what can you do?"), "/greenroom help")


def test_one_persons_words_and_our_answers_to_them(stage: Stage) -> None:
    """What somebody said is theirs alone; what we answered stands with the way to its card."""
    asked = ask(stage, "what did we answer @ruth?")
    answer(stage, asked, "Nobody called @ruth")
    post = stage.mention("the new blend tastes of plums", author="ruth")
    other = stage.mention("the blend is sold out", author="nell")
    stage.card_with(other, "Skip")
    card = stage.card_with(post, "Write a reply…")
    answer(stage, ask(stage, "what did we answer @ruth?"), "We did not answer ruth.")
    stage.press(card, "Write a reply…")
    stage.submit(stage.view(), {"edit_text": "Plums it is, and a little honey."})
    words = str(stage.reply_to(post)["text"]).removeprefix("@ruth").strip()
    stage.card_with(post, "replied")
    said = answer(stage, ask(stage, "what did @ruth say about the blend?"), "ruth wrote 1 post")
    assert "tastes of plums" in said
    assert "sold out" not in said
    said = answer(stage, ask(stage, "what did we answer @ruth?"), "We answered ruth once.")
    assert words in html.unescape(said)
    assert "Open the card" in said
    asked = ask(stage, "what did we answer @ruth last week?")
    answer(stage, asked, "We did not answer ruth last week.")


def test_the_voice_is_set_up_from_a_direct_message(stage: Stage) -> None:
    """The button opens the interview."""
    asked = ask(stage, "set up voice")
    answer(stage, asked, "Six questions")
    message = answers(stage, asked)[-1]
    stage.press(message, "Begin")
    assert stage.view()


def test_our_name_in_the_channel_is_answered_in_a_thread(stage: Stage) -> None:
    """The channel stays quiet; whoever opens the thread reads the answer."""
    stage.card_with(stage.mention("are you open now?", author="ruth"), "Approve")
    said = stage.do("say", text="@Greenroom who still waits?", member=stage.maya)
    until(
        lambda: [
            m
            for m in stage.messages()
            if m["thread_ts"] == said["ts"] and "1 person waits" in m["text"]
        ],
        "the answer stands in the thread",
    )


def test_an_event_that_comes_twice_is_answered_once(stage: Stage) -> None:
    """Slack repeats what it thinks was lost."""
    stage.trouble("slack", "duplicate_events")
    asked = ask(stage, "what can you do?")
    answer(stage, asked, "/greenroom help")
    second = ask(stage, "who did we forget?")
    answer(stage, second, "Nobody waits")
    assert len(answers(stage, asked)) == 2


@pytest.mark.parametrize("who", ["guest", "outsider"])
def test_strangers_learn_nothing(stage: Stage, who: str) -> None:
    """Who may not decide gets a kind sentence and no data."""
    stage.card_with(stage.mention("are you open now?", author="ruth"), "Approve")
    asked = ask(stage, "who did we forget?", getattr(stage, who))
    assert "are you open now?" not in answer(stage, asked, "full members")


def test_hostile_posts_are_quoted_as_words(stage: Stage) -> None:
    """Markup in a post stays text in the answer."""
    post = stage.mention("blend <!channel> <https://evil.example|free> & *now*?", author="ruth")
    until(lambda: stage.card(post), "it has a card")
    said = answer(stage, ask(stage, "what did people say about the blend?"), "1 person wrote")
    assert "<!channel>" not in said
    assert "&lt;!channel&gt;" in said


@pytest.fixture
def clever(empty_stage: Stage) -> Stage:
    """A Greenroom with the practice model, which says what a test sets."""
    empty_stage.open(OPENAI_API_KEY="sk-practice", OPENAI_BASE_URL=empty_stage.room.model_url)
    return empty_stage


def caught(stage: Stage, words: str, author: str) -> str:
    """Have a post caught whose card is there."""
    stage.do("model", answers=[{"suggestions": [{"move": "answer", "text": f"About: {author}."}]}])
    post = stage.mention(words, author=author)
    stage.card_with(post, f"About: {author}.")
    return post


def test_a_model_sums_up_and_names_its_posts(clever: Stage) -> None:
    """The summary stands above the posts that it rests on; other posts are not shown."""
    caught(clever, "the new blend tastes of plums", "ruth")
    caught(clever, "does the new blend stay until spring?", "nell")
    clever.do("model", answers=[{"answer": "One of them tastes plums in it.", "posts": [2]}])
    asked = ask(clever, "what did people say about the new blend?")
    said = answer(clever, asked, "One of them tastes plums in it.")
    assert "tastes of plums" in said
    assert "until spring" not in said
    assert "The model wrote this from the posts below." in said


def test_a_line_shows_that_it_reads_and_becomes_the_answer(clever: Stage) -> None:
    """One message, changed in place, so that one question leaves one answer."""
    caught(clever, "the new blend tastes of plums", "ruth")
    clever.do("model", answers=[{"answer": "Of plums.", "posts": [1]}])
    asked = ask(clever, "what did people say about the new blend?")
    answer(clever, asked, "Of plums.")
    (only,) = answers(clever, asked)
    assert only["edited"]
    assert not clever.calls("slack", "assistant.threads.setStatus")


def test_a_thread_shows_slacks_own_status(clever: Stage) -> None:
    """In the agent view's threads Slack says that it reads; nothing is posted but the answer."""
    caught(clever, "the new blend tastes of plums", "ruth")
    first = ask(clever, "hello")
    answer(clever, first, "/greenroom help")
    clever.do("model", answers=[{"answer": "Of plums.", "posts": [1]}])
    question = "what did people say about the new blend?"
    clever.do("say", text=question, member=clever.maya, channel="dm", thread_ts=first)
    answer(clever, first, "Of plums.")
    (status,) = clever.calls("slack", "assistant.threads.setStatus")
    assert status["status"] == 200
    in_thread = [m for m in answers(clever, first) if m["thread_ts"] == first]
    assert len(in_thread) == 1
    assert not in_thread[0]["edited"]


def test_a_failing_model_leaves_what_was_found(clever: Stage) -> None:
    """The answer comes without a summary."""
    caught(clever, "the new blend tastes of plums", "ruth")
    clever.trouble("model", "500", times=9)
    asked = ask(clever, "what did people say about the new blend?")
    assert "tastes of plums" in answer(clever, asked, "1 person wrote 1 post")


@pytest.mark.parametrize(
    "report",
    [
        {"answer": "They love it.", "posts": []},
        {"answer": "They love it.", "posts": [99]},
        {"answer": "See https://evil.example for more.", "posts": [1]},
        "rubbish",
    ],
)
def test_an_answer_that_rests_on_nothing_is_not_shown(clever: Stage, report: Any) -> None:
    """Without a real post behind it, only what was found is shown."""
    caught(clever, "the new blend tastes of plums", "ruth")
    clever.do("model", answers=[report])
    asked = ask(clever, "what did people say about the new blend?")
    said = answer(clever, asked, "1 person wrote 1 post")
    assert "love it" not in said
    assert "evil" not in said


def test_a_model_tries_what_no_rule_understands(clever: Stage) -> None:
    """A question in other words is answered from posts that share its words, or not at all."""
    caught(clever, "the new blend tastes of plums", "ruth")
    clever.do("model", answers=[{"answer": "Of plums.", "posts": [1]}])
    asked = ask(clever, "taste notes for the blend, in short")
    answer(clever, asked, "Of plums.")
    clever.do("model", answers=[{"answer": "", "posts": []}])
    asked = ask(clever, "blend prices next year in Paris")
    answer(clever, asked, "I don't know that.")


def test_over_budget_no_model_is_asked(empty_stage: Stage) -> None:
    """The day's budget holds for questions, too."""
    empty_stage.open(
        OPENAI_API_KEY="sk-practice",
        OPENAI_BASE_URL=empty_stage.room.model_url,
        MODEL_DAILY_BUDGET_USD="0",
    )
    until(lambda: room_of(empty_stage), "it runs")
    post = empty_stage.mention("the new blend tastes of plums", author="ruth")
    empty_stage.card_with(post, "Skip")
    asked = ask(empty_stage, "what did people say about the new blend?")
    answer(empty_stage, asked, "1 person wrote 1 post")
    assert not empty_stage.calls("model", "chat")
