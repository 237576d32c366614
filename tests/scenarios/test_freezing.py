"""Posts that froze Greenroom: long runs of signs, as on a form, at the end of a sentence."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
import requests

import patterns
from commands.health_port import WatchPort
from replies.drafting.hand_over import topics
from replies.steering.understanding import _SAID_WHOLE, _tables
from tests.scenarios.test_hostile import labels
from tests.stage import DEADLINE, Stage, shown, until

FORM = f"finish the sentence: {'_' * 45}and cake"
#: As long as X's practice takes; X's longest posts are held to their time in another test.
RUNS = {
    "_": FORM,
    "-": f"is this line long enough? {'-' * 200}or cake",
    "=": f"my order number is {'=' * 200}and tea",
    "#": f"lovely bread this morning {'#' * 200}thanks",
    "_ ": f"please fill in {'_ ' * 100}by friday",
    "\n": "when do you open" + "\n" * 200 + "tomorrow",
    "|": f"the bill was wrong {'|' * 200}again",
}
PATIENCE = DEADLINE
#: A row of a table as it must never be: repeats each of which may take the others' part.
ENDLESS = patterns.compile(r"(.)(.*)(.*)(.*)(.*)(.*)(.*)\1\1\1\1\Z")


@pytest.fixture
def port(stage: Stage) -> Iterator[str]:
    """Serve the port beside the stage's Greenroom; return its address."""
    assert stage.greenroom is not None
    served = WatchPort("127.0.0.1", 0, problem=stage.greenroom.problem, readings=list)
    yield f"http://127.0.0.1:{served.port}"
    served.close()


def test_a_form_with_blanks_gets_its_card_and_holds_nobody_up(stage: Stage, port: str) -> None:
    """All of them get cards, health answers meanwhile, and what comes after is handled."""
    # The very first look at X folds what is more than five.
    stage.card_with(stage.mention(), "Approve", PATIENCE)
    posts = [stage.mention(each, author="ruth") for each in RUNS.values()]
    assert requests.get(f"{port}/healthz", timeout=PATIENCE).text == "ok"
    for post, text in zip(posts, RUNS.values(), strict=True):
        card = stage.card_with(post, text[-4:], PATIENCE)
        assert "Skip" in labels(card)
        assert requests.get(f"{port}/healthz", timeout=PATIENCE).text == "ok"
    after = stage.mention("do you have oat milk?")
    stage.press(stage.card_with(after, "Approve", PATIENCE), "Approve")
    stage.reply_to(after, PATIENCE)


def test_what_takes_too_long_to_read_gets_a_card_without_drafts(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The card says what happened and what to do, under the log's id; nothing tries for ever."""
    first = next(iter(topics()))
    endless = replace(topics()[first], pattern=ENDLESS, unless=None)
    monkeypatch.setitem(topics(), first, endless)
    post = stage.mention(
        "we had 1 table, 2 coffees and a very long morning with you", author="ruth"
    )
    card = stage.card_with(post, "takes too long to read", PATIENCE)
    assert "Read it yourself and answer in your own words. (id " in shown(card)
    assert "Approve" not in labels(card)
    assert "Write a reply…" in labels(card)
    monkeypatch.undo()
    after = stage.mention("do you have oat milk?")
    stage.card_with(after, "Approve", PATIENCE)


@pytest.mark.parametrize("topic", ["self_harm", "safety", "harassment"])
def test_one_unreadable_post_holds_up_no_poll(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, topic: str
) -> None:
    """What a poll found beside it is caught as ever, and it has a card of its own."""
    stage.card_with(stage.mention(), "Approve", PATIENCE)
    monkeypatch.setitem(topics(), topic, replace(topics()[topic], pattern=ENDLESS, unless=None))
    endless = stage.mention("we had 1 table, 2 coffees and a long morning with you", author="ruth")
    beside = stage.mention("do you have oat milk?")
    stage.card_with(endless, "takes too long to read", PATIENCE)
    stage.card_with(beside, "oat milk", PATIENCE)


def test_a_member_whose_words_take_too_long_to_read_is_told(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Below a card, too: one sentence in private, and the thread goes on being heard."""
    card = stage.card_with(stage.mention(), "Approve", PATIENCE)
    monkeypatch.setitem(_tables(), next(iter(_SAID_WHOLE)), (ENDLESS,))
    stage.do("say", text=f"shorter {'ab' * 1500}", thread_ts=card["ts"], member=stage.maya)
    until(lambda: "takes too long" in " ".join(stage.whispers(stage.maya)), "Maya is told")
